/** What git writes is read byte by byte: trees, merge reports, hunks, odd names. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseHunks } from "../../src/git/diff.js";
import { quotePath } from "../../src/git/import-tree.js";
import { parseMergeOutput } from "../../src/git/merge.js";
import { formatTree, parseTree } from "../../src/git/tree.js";

const ID = "1234567890".repeat(4);

describe("a tree object", () => {
  it("reads back as it was written, whatever the names", () => {
    const byte = fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code));
    const name = fc.string({ unit: byte, minLength: 1, maxLength: 8 }).filter((bytes) => !bytes.includes("/"));
    const mode = fc.constantFrom("100644", "100755", "120000", "40000");
    const entry = fc.record({ mode, id: fc.stringMatching(/^[0-9a-f]{40}$/) }, { noNullPrototype: true });
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, entry), { maxLength: 8, selector: ([text]) => text }), (entries) => {
        const read = parseTree(formatTree(new Map(entries)));
        expect(Object.fromEntries(read)).toEqual(Object.fromEntries(entries));
        expect(formatTree(read)).toEqual(formatTree(new Map(entries.toReversed())));
      }),
    );
  });

  it("sorts a folder as if its name ended in a slash", () => {
    const entries = new Map(["a-b", "a.c", "a", "a0"].map((name) => [name, { mode: name === "a" ? "40000" : "100644", id: ID }]));
    expect([...parseTree(formatTree(entries)).keys()]).toEqual(["a-b", "a.c", "a", "a0"]);
  });

  it("that is cut short is refused", () => {
    const bytes = formatTree(new Map([["a", { mode: "100644", id: ID }]]));
    expect(() => parseTree(bytes.subarray(0, bytes.length - 1))).toThrow("cut short");
  });
});

describe("a merge report", () => {
  it("of a clean merge is a tree", () => {
    expect(parseMergeOutput(Buffer.from(`${ID}\0\0`))).toEqual({ tree: ID, conflicts: [], messages: [] });
  });

  it("names the three sides of every conflicted path, and what git says", () => {
    const sides = [`100644 ${ID} 1\ta b`, `100755 ${ID} 2\ta b`, `100644 ${ID} 3\tc\n`];
    const messages = ["1", "a b", "Auto-merging", "Auto-merging a b\n", "2", "x", "y", "CONFLICT (rename)", "moved\n"];
    const text = [ID, ...sides, "", ...messages, ""].join("\0");
    expect(parseMergeOutput(Buffer.from(text))).toEqual({
      tree: ID,
      conflicts: [
        { path: "a b", base: { mode: "100644", id: ID }, ours: { mode: "100755", id: ID }, theirs: null },
        { path: "c\n", base: null, ours: null, theirs: { mode: "100644", id: ID } },
      ],
      messages: ["Auto-merging a b", "moved"],
    });
  });

  it("without a tree is refused", () => {
    expect(() => parseMergeOutput(Buffer.from("hello"))).toThrow("git merge-tree gave no tree but 'hello'");
  });
});

describe("hunks", () => {
  it("hold ranges and new lines, not the old ones", () => {
    const text =
      "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -3,2 +3 @@ context\n-old\n-old\n+++new\n@@ -9,0 +9,2 @@\n+one\n+two\n\\ No newline at end of file\n";
    expect(parseHunks(text)).toEqual([
      { oldStart: 3, oldCount: 2, newStart: 3, newCount: 1, lines: ["++new"], unterminated: false },
      { oldStart: 9, oldCount: 0, newStart: 9, newCount: 2, lines: ["one", "two"], unterminated: true },
    ]);
  });

  it("whose lines are fewer than announced are refused", () => {
    expect(() => parseHunks("@@ -1 +1,2 @@\n-a\n+b\n")).toThrow("another length");
  });
});

describe("a path for fast-import", () => {
  it.each([
    ["a/b.cc", "a/b.cc"],
    ["with space", "with space"],
    ['a"b', '"a\\"b"'],
    ["a\\b", '"a\\\\b"'],
    ["a\nb", '"a\\nb"'],
  ])("%j is written as %s", (path, quoted) => {
    expect(quotePath(path)).toBe(quoted);
  });
});
