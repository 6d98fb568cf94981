/** Ed scripts are read with good errors, written as they were read, and do to bytes what they say. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Edit } from "../../src/model/feature.js";
import { applyEdScript, linesOf } from "../../src/patches/ed-apply.js";
import { type EdScript, formatEdScript, parseEdScript } from "../../src/patches/ed-script.js";

const WHERE = { script: "x.ed", path: "x.cc" };

function apply(content: string, script: string): string {
  return applyEdScript(Buffer.from(content, "latin1"), parseEdScript(Buffer.from(script, "latin1"), "x.ed"), WHERE).toString("latin1");
}

describe("an ed script", () => {
  it("appends, changes and deletes, counting in the old file", () => {
    expect(apply("1\n2\n3\n4\n5\n", "5a\nend\n.\n3,4d\n1c\nONE\nUNO\n.\n0a\nstart\n.\n")).toBe("start\nONE\nUNO\n2\n5\nend\n");
  });

  it("holds a line that is a dot alone, as diff -e writes it", () => {
    expect(apply("1\n2\n", "1a\nbefore\n..\n.\ns/.//\na\nafter\n.\n")).toBe("1\nbefore\n.\nafter\n2\n");
    expect(apply("1\n2\n", "2c\n..\n.\ns/.//\n")).toBe("1\n.\n");
  });

  it("leaves a last line without newline as it is, unless something comes after it", () => {
    expect(apply("1\n2\nend", "1d\n")).toBe("2\nend");
    expect(apply("1\n2\nend", "3a\nmore\n.\n")).toBe("1\n2\nend\nmore\n");
  });

  it("can end the file without a newline", () => {
    expect(apply("1\n2\n", "2c\nlast\n.\n\\ No newline at end of file\n")).toBe("1\nlast");
  });

  it("keeps CRLF and bytes that are not UTF-8", () => {
    expect(apply("a\xe9\r\nb\r\n", "2c\n\xff\r\n.\n")).toBe("a\xe9\r\n\xff\r\n");
  });

  it.each([
    ["1c\ntext\n", "x.ed:1: the text after this command has no closing '.'"],
    ["2d\n1x\n", "x.ed:2: '1x' is no command; expected <line>a, <line>[,<line>]c or <line>[,<line>]d"],
    ["5,3d\n", "x.ed:1: the range 5,3 runs backwards"],
    ["0c\nx\n.\n", "x.ed:1: lines are numbered from 1; only 'a' may name line 0"],
    ["1,2a\nx\n.\n", "x.ed:1: 'a' takes one line number"],
    ["1a\n.\n", "x.ed:1: this command has no text; use 'd' to delete"],
    ["1d\n3d\n", "x.ed:2: line 3 does not lie above the command before it (line 1); commands run from the bottom up"],
    ["3d\n3a\nx\n.\n", "x.ed:2: line 3 does not lie above the command before it (line 3); commands run from the bottom up"],
    ["1d\r\n", "x.ed:1: the script has CRLF line ends; store it with LF"],
    ["1d", "x.ed:1: the last line has no newline; the script may be cut short"],
    ["1a\nx\n.\ns/.//\n", "x.ed:4: 's/.//' may only follow a text that ends in a line '..'"],
    [
      "9d\n1a\nx\n.\n\\ No newline at end of file\n",
      "x.ed:5: only the first command, the last of the file, can leave out the newline at the end",
    ],
    ["!rm -rf /\n", "x.ed:1: '!rm -rf /' is no command; expected <line>a, <line>[,<line>]c or <line>[,<line>]d"],
  ])("%j is refused with its line", (script, message) => {
    expect(() => parseEdScript(Buffer.from(script), "x.ed")).toThrow(message);
  });

  it("that names a line the file does not have is refused", () => {
    expect(() => apply("1\n2\n", "3d\n")).toThrow("x.ed: names line 3, but x.cc has 2 lines");
  });
});

/** Any line, also awkward ones. */
const line = fc.oneof(
  fc.constantFrom(".", "..", "", "a", "s/.//", "1,2d", "\\ No newline at end of file", "\r"),
  fc.string({
    unit: fc
      .integer({ min: 1, max: 255 })
      .filter((code) => code !== 10)
      .map((code) => String.fromCodePoint(code)),
    maxLength: 6,
  }),
);

/** Per old line: kept, gone or replaced, and what is put in before it; the same said as a script. */
const change = fc.array(fc.record({ old: line, keep: fc.boolean(), before: fc.array(line, { maxLength: 2 }) }), { maxLength: 12 });

function scriptOf(steps: readonly { keep: boolean; before: readonly string[] }[]): EdScript {
  const edits = steps.flatMap((step, index): Edit[] => {
    const at = index + 1;
    if (!step.keep && step.before.length > 0) return [{ op: "change", from: at, to: at, lines: [...step.before] }];
    if (!step.keep) return [{ op: "delete", from: at, to: at, lines: [] }];
    return step.before.length > 0 ? [{ op: "append", from: index, to: index, lines: [...step.before] }] : [];
  });
  return { edits: edits.toReversed(), unterminated: false };
}

describe("any ed script", () => {
  it("gives the file it describes, and reads back as it was written", () => {
    fc.assert(
      fc.property(change, (steps) => {
        const script = scriptOf(steps);
        const old = steps.map((step) => `${step.old}\n`).join("");
        const wanted = steps.flatMap((step) => [...step.before, ...(step.keep ? [step.old] : [])]).map((text) => `${text}\n`);
        expect(parseEdScript(formatEdScript(script), "x.ed")).toEqual(script);
        expect(applyEdScript(Buffer.from(old, "latin1"), script, WHERE).toString("latin1")).toBe(wanted.join(""));
      }),
    );
  });

  it("splits content into lines that join to the same bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(Buffer.from(linesOf(Buffer.from(bytes)).join(""), "latin1")).toEqual(Buffer.from(bytes));
      }),
    );
  });
});
