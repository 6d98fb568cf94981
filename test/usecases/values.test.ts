/** Owns the claims about reading a program's figures and filling its command. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { firstDifference } from "../../src/usecases/compare-both-run.js";
import { pairOrder } from "../../src/usecases/pair-order.js";
import { fillPlaceholders, placeholdersIn } from "../../src/usecases/placeholders.js";
import { lastJsonLine, pathsOf, valueAt } from "../../src/usecases/values.js";

describe("the JSON line", () => {
  test("is the last line that is not empty", () => {
    expect(lastJsonLine('loading\n{"a":1}\n{"a":2}\n\n')).toEqual({ a: 2 });
  });

  test("must be an object", () => {
    expect(lastJsonLine("")).toBeUndefined();
    expect(lastJsonLine("[1]")).toBeUndefined();
    expect(lastJsonLine("done")).toBeUndefined();
    expect(lastJsonLine('{"a":1')).toBeUndefined();
  });

  test("may hold nan and inf as C prints them: not measured", () => {
    expect(lastJsonLine('{"a":-nan,"b":[inf, -inf],"c":-Infinity,"d":"inf, nan"}')).toEqual({
      a: null,
      b: [null, null],
      c: null,
      d: "inf, nan",
    });
  });

  test("gives a finite number at a dotted path, null for anything else, undefined for nothing", () => {
    const line = { quality: { erleDb: 21.5, level: null, name: "x" } };
    expect(valueAt(line, "quality.erleDb")).toBe(21.5);
    expect(valueAt(line, "quality.level")).toBeNull();
    expect(valueAt(line, "quality.name")).toBeNull();
    expect(valueAt(line, "quality.erle")).toBeUndefined();
    expect(valueAt(line, "quality.toString")).toBeUndefined();
    expect(pathsOf({ flavor: "legacy", ...line })).toEqual(["flavor", "quality.erleDb", "quality.level", "quality.name"]);
  });
});

describe("placeholders", () => {
  test("are filled everywhere in a word, and what they stand for is not read again", () => {
    expect(fillPlaceholders(["{out}/a-{flavor}.wav", "--x"], { out: "/o/{flavor}", flavor: "latest" })).toEqual([
      "/o/{flavor}/a-latest.wav",
      "--x",
    ]);
  });

  test("are found by name, each once", () => {
    expect(placeholdersIn(["{a}{b}", "{a}", "{ c }", "{}"])).toEqual(["a", "b"]);
  });
});

describe("the order of runs", () => {
  test("is A B, B A, A B …", () => {
    expect(pairOrder(3)).toEqual([
      ["legacy", "latest"],
      ["latest", "legacy"],
      ["legacy", "latest"],
    ]);
  });

  test("gives each flavor one run per pair", () => {
    fc.assert(
      fc.property(fc.nat(50), (repeat) => {
        expect(pairOrder(repeat).map((pair) => pair.toSorted())).toEqual(Array.from({ length: repeat }, () => ["latest", "legacy"]));
      }),
    );
  });
});

describe("the first difference of two files", () => {
  test("is where they part, or nowhere", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
        const at = firstDifference(a, b);
        const parts = at !== undefined && a[at] !== b[at] && Buffer.compare(a.subarray(0, at), b.subarray(0, at)) === 0;
        expect(parts).toBe(Buffer.compare(a, b) !== 0);
      }),
    );
    expect(firstDifference(Buffer.from("abc"), Buffer.from("ab"))).toBe(2);
  });
});
