import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { compileErrors } from "../../src/build/errors/compile-errors.js";
import { originalColumn, withoutSuffix } from "../../src/build/errors/original-place.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeFiles } from "./small-library.js";

const word = fc.stringMatching(/^[a-z]{1,6}$/);
const gap = fc.stringMatching(/^[ ().,;<>:&*+]{1,4}$/);

describe("the column in the original line", () => {
  it("is where the same character stands before renaming", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, gap, fc.boolean()), { minLength: 1, maxLength: 8 }), fc.nat(), (parts, pick) => {
        const original = parts.map(([name, mark]) => name + mark).join("");
        const renamed = parts.map(([name, mark, changed]) => name + (changed ? "_legacy" : "") + mark).join("");
        const index = pick % parts.length;
        const before = (suffix: boolean) =>
          parts.slice(0, index).reduce((sum, [name, mark, changed]) => sum + name.length + mark.length + (suffix && changed ? 7 : 0), 0);
        expect(originalColumn(renamed, original, before(true) + 1)).toBe(before(false) + 1);
      }),
    );
  });

  it("stays within a word when the compiler points into the suffix", () => {
    expect(originalColumn("tone_legacy::x", "tone::x", 9)).toBe(4);
  });

  it("is left alone when the lines do not have the same words", () => {
    expect(originalColumn("a b c", "a b", 5)).toBe(5);
    expect(originalColumn(undefined, "a", 5)).toBe(5);
  });
});

describe("names in a message", () => {
  it("lose the flavor's suffix", () => {
    expect(withoutSuffix("no 'tone_legacy::open_legacy(my_legacy_file)'", "legacy", "")).toBe("no 'tone::open(my_legacy_file)'");
  });

  it("keep a suffix that the original source itself writes", () => {
    expect(withoutSuffix("no 'codec_legacy' in 'tone_legacy'", "legacy", "class codec_legacy;")).toBe("no 'codec_legacy' in 'tone'");
  });

  it("keep the other flavor's suffix", () => {
    expect(withoutSuffix("no 'tone_latest'", "legacy", "")).toBe("no 'tone_latest'");
  });
});

async function errorsOf(text: string) {
  const root = temporaryFolder();
  const place = { tree: join(root, "isolated"), originalTree: join(root, "original") };
  await writeFiles(place.tree, { "a.h": "int tone_legacy;\n" });
  await writeFiles(place.originalTree, { "a.h": "int tone;\n" });
  const context = { folder: join(root, "out"), root, trees: [["legacy", place] as const] };
  const failed = ["x.o", "y.o"].map((name) => ({ command: `g++ ${name}`, text, source: `../isolated/${name}` }));
  return compileErrors(failed, context);
}

describe("compile errors", () => {
  it("tell the same mistake in a header once, however many files include it", async () => {
    const errors = await errorsOf("../isolated/a.h:1:5: error: bad 'tone_legacy'");
    expect(errors.map(({ file, line, column, message }) => [file, line, column, message])).toEqual([["original/a.h", 1, 5, "bad 'tone'"]]);
  });

  it("give a compiler's last words when it dies without an error we can read", async () => {
    const errors = await errorsOf("free(): invalid pointer\nAborted");
    expect(errors.map(({ file, message }) => [file, message])).toEqual([
      ["original/x.o", "free(): invalid pointer\nAborted"],
      ["original/y.o", "free(): invalid pointer\nAborted"],
    ]);
  });

  it("name a file outside the project as it is", async () => {
    expect((await errorsOf("/usr/include/c++/12/bits/a.h:3:1: error: no"))[0]?.file).toBe("/usr/include/c++/12/bits/a.h");
  });
});
