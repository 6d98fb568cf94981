import { array, assert, integer, property, string, tuple } from "fast-check";
import { describe, expect, test } from "vitest";

import { painter, printable, withoutStyle } from "../../src/support/style.js";
import { cut, pad, table, visibleWidth, wrap } from "../../src/support/table.js";

const line = string({ unit: "grapheme", maxLength: 60 }).map(printable);

describe("visible width", () => {
  test("counts columns, not code units", () => {
    expect(visibleWidth("abc")).toBe(3);
    expect(visibleWidth(painter(true)("bad", "abc"))).toBe(3);
    expect(visibleWidth("e\u0301")).toBe(1);
    expect(visibleWidth("日本")).toBe(4);
    expect(visibleWidth("✔ → µs")).toBe(6);
  });
});

describe("cutting", () => {
  test("keeps what fits", () => expect(cut("abc", 3)).toBe("abc"));
  test("ends what does not fit with an ellipsis", () => expect(cut("abcdef", 4)).toBe("abc…"));
  test("keeps the style of what is cut", () => {
    const painted = cut(painter(true)("good", "abcdef"), 4);
    expect(withoutStyle(painted)).toBe("abc…");
    expect(painted.endsWith("\u001b[39m")).toBe(true);
  });
  test("never gives more than the width", () => {
    assert(
      property(line, integer({ min: 2, max: 40 }), (text, width) => void expect(visibleWidth(cut(text, width))).toBeLessThanOrEqual(width)),
    );
  });
});

describe("wrapping", () => {
  test("breaks at blanks", () => expect(wrap("one two three", 7)).toEqual(["one two", "three"]));
  test("breaks a long path after a slash", () => {
    expect(wrap("modules/audio_processing/high_pass_filter.cc", 30)).toEqual(["modules/audio_processing/", "high_pass_filter.cc"]);
  });
  test("loses no character but blanks, and keeps the width", () => {
    assert(
      property(line, integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
        for (const part of lines) expect(visibleWidth(part)).toBeLessThanOrEqual(width);
      }),
    );
  });
  test("each line is styled by itself", () => {
    const [first, second] = wrap(painter(true)("good", "one two"), 4);
    expect(first).toBe("\u001b[32mone\u001b[0m");
    expect(second).toBe("\u001b[32mtwo\u001b[39m");
  });
});

describe("a table", () => {
  const columns = [{ head: "name" }, { head: "size", align: "right" }] as const;

  test("stands in columns", () => {
    const rows = [
      ["a", "1"],
      ["long", "1,000"],
    ];
    expect(table(columns, rows, { width: 80, indent: 2 })).toEqual(["  name   size", "  a         1", "  long  1,000"]);
  });

  test("has no head line when no column has a head", () => {
    expect(table([{ head: "" }, { head: "" }], [["a", "b"]], { width: 80 })).toEqual(["a  b"]);
  });

  test("a cell of several lines stands beside the others", () => {
    const rows = [["a", "1\n2"]];
    expect(table(columns, rows, { width: 80 })).toEqual(["name  size", "a        1", "         2"]);
  });

  test("narrow columns give way, the others keep their width", () => {
    const wide = [{ head: "name", narrow: "cut" }, { head: "why", narrow: "wrap" }, { head: "kept" }] as const;
    const lines = table(wide, [["a name that is far too long", "some reason of many words", "kept whole"]], { width: 40 });
    for (const text of lines) expect(visibleWidth(text)).toBeLessThanOrEqual(40);
    expect(lines.join("\n")).toContain("kept whole");
  });

  test("keeps within its width whatever the cells hold", () => {
    const giving = [
      { head: "a", narrow: "cut", least: 4 },
      { head: "b", narrow: "wrap", least: 4 },
    ] as const;
    assert(
      property(array(tuple(line, line), { minLength: 1, maxLength: 5 }), integer({ min: 12, max: 60 }), (rows, width) => {
        for (const text of table(giving, rows, { width })) expect(visibleWidth(text)).toBeLessThanOrEqual(width);
      }),
    );
  });

  test("when nothing else gives way, columns that should keep their width are cut", () => {
    expect(table(columns, [["a very long name", "1"]], { width: 12 })).toEqual(["name    size", "a ver…     1"]);
  });

  test("pads to the left or to the right", () => {
    expect(pad("a", 3)).toBe("a  ");
    expect(pad("a", 3, "right")).toBe("  a");
  });
});
