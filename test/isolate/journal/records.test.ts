/** The records of a journal: what is written is read again, and what is damaged is never taken for whole. */
import { crc32 } from "node:zlib";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { decodeJournal, encodeJournal, type Journal } from "../../../src/isolate/journal/journal-file.js";
import { undoFile } from "../../../src/isolate/journal/undo-file.js";
import { replaceSpans, undoReplacements } from "../../../src/isolate/replace-spans.js";
import { decodeUndo, encodeUndo, type Insertion } from "../../../src/isolate/undo-record.js";

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));

const insertion: fc.Arbitrary<Omit<Insertion, "offset">> = fc.oneof(
  fc.constant({ text: "_legacy" }),
  fc.record({ text: fc.constantFrom("_legacy", "##_legacy", "_1legacy"), around: fc.tuple(bytes, bytes) }),
);

/** Ascending places in a text of this length. */
function places(length: number): fc.Arbitrary<number[]> {
  return fc.uniqueArray(fc.nat(length), { maxLength: 20 }).map((list) => list.toSorted((a, b) => a - b));
}

describe("the record of a file", () => {
  it("is read as it was written", () => {
    const undos = fc
      .tuple(places(100_000), fc.array(insertion, { minLength: 20, maxLength: 20 }), fc.nat(2 ** 32 - 1), bytes, bytes)
      .map(([offsets, inserted, crc, original, text]) => ({
        crc,
        insertions: offsets.map((offset, index) => ({ ...(inserted[index] as Insertion), offset })),
        layers: [[{ offset: 3, text, original, around: [original, text] as const }], []],
      }));
    fc.assert(
      fc.property(undos, (undo) => {
        expect(decodeUndo(encodeUndo(undo, "_legacy"), "_legacy")).toEqual(undo);
      }),
    );
  });

  it("leads from the lengthened text back to the original, whatever the bytes", () => {
    const cases = bytes.chain((original) => fc.tuple(fc.constant(original), places(original.length)));
    fc.assert(
      fc.property(cases, ([original, offsets]) => {
        const insertions = offsets.map((offset): Insertion => ({ offset, text: "_legacy" }));
        const text = original.toString("latin1");
        const pieces = offsets.map((offset, index) => `${text.slice(offsets[index - 1] ?? 0, offset)}_legacy`);
        const changed = Buffer.from(pieces.join("") + text.slice(offsets.at(-1) ?? 0), "latin1");
        expect(undoFile(changed, { crc: crc32(original), insertions, layers: [] })).toEqual(original);
      }),
    );
  });

  it("fits no other text: a changed byte, a changed insertion", () => {
    const original = Buffer.from("int a; int b;");
    const undo = { crc: crc32(original), insertions: [{ offset: 5, text: "_legacy" }], layers: [] };
    expect(undoFile(Buffer.from("int a_legacy; int b;"), undo)).toEqual(original);
    expect(undoFile(Buffer.from("int a_legacy; int c;"), undo)).toBeUndefined();
    expect(undoFile(Buffer.from("int a_latest; int b;"), undo)).toBeUndefined();
  });
});

describe("replaced bytes", () => {
  it("come back from their layer", () => {
    const cases = fc.tuple(bytes, fc.array(fc.tuple(fc.nat(200), fc.nat(200), bytes), { maxLength: 6 }));
    fc.assert(
      fc.property(cases, ([original, wanted]) => {
        const ends = wanted.flatMap(([a, b]) => [Math.min(a, original.length), Math.min(b, original.length)]).toSorted((a, b) => a - b);
        const spans = wanted.map(([, , text], index) => ({ start: ends[index * 2] as number, end: ends[index * 2 + 1] as number, text }));
        const { bytes: changed, layer } = replaceSpans(original, spans);
        expect(undoReplacements(changed, layer)).toEqual(original);
      }),
    );
  });
});

const journal: Journal = {
  flavor: "legacy",
  release: "R1",
  complete: true,
  names: ["lib", "grün"],
  moves: [["a", "b"]],
  links: [["x", "y", "z"]],
  added: [["unfork_expose.h", "00"]],
  files: [],
};

describe("a journal", () => {
  it("is read as it was written, in the order of paths", () => {
    const step = fc.record({
      sha256: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((array) => Buffer.from(array)),
      undo: fc.option(bytes, { nil: undefined }),
    });
    const path = fc.stringMatching(/^[a-zäß😀/.]{1,12}$/u);
    const files = fc.uniqueArray(fc.record({ path, steps: fc.array(step, { minLength: 1, maxLength: 3 }) }), {
      selector: (file) => file.path,
      maxLength: 20,
    });
    fc.assert(
      fc.property(files, (list) => {
        const sorted = list.toSorted((a, b) => (a.path < b.path ? -1 : 1));
        expect(decodeJournal(encodeJournal({ ...journal, files: list }))).toEqual({ ...journal, files: sorted });
      }),
    );
  });

  it("that lacks bytes, has too many or is something else is none", () => {
    const files = ["a.h", "b.h"].map((path) => ({ path, steps: [{ sha256: Buffer.alloc(16, path), undo: Buffer.from("record") }] }));
    const whole = encodeJournal({ ...journal, files });
    expect(decodeJournal(whole)).toBeDefined();
    for (let length = 0; length < whole.length; length++)
      expect(decodeJournal(whole.subarray(0, length)), `${length} bytes`).toBeUndefined();
    expect(decodeJournal(Buffer.concat([whole, Buffer.from("x")]))).toBeUndefined();
    expect(decodeJournal(Buffer.from("{}"))).toBeUndefined();
  });
});
