import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { anyNameGlob, nameGlob } from "../../src/support/glob.js";
import { editDistance, nearest } from "../../src/support/nearest.js";

describe("did you mean", () => {
  it("finds a near name and keeps silent about far ones", () => {
    expect(nearest("namespce", ["namespaces", "names", "keep"])).toBe("namespaces");
    expect(nearest("completely-else", ["names", "keep"])).toBeUndefined();
  });

  it("measures a distance: zero for equals, symmetric, never over the longer length", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});

describe("name globs", () => {
  it("match whole names, with everything but * and ? literal", () => {
    expect(nameGlob("std::*")("std::vector<int>::push_back(int&&)")).toBe(true);
    expect(nameGlob("a.c")("abc")).toBe(false);
    expect(nameGlob("x?z")("xyz")).toBe(true);
    expect(anyNameGlob(["pffft_*", "rnn*"])("pffft_new")).toBe(true);
    expect(anyNameGlob([])("x")).toBe(false);
  });

  it("always match themselves", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[*?]/.test(text)),
        (text) => nameGlob(text)(text),
      ),
    );
  });
});
