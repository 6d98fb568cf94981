import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { placesOf } from "../../src/sources/archive-tree.js";
import { isWithin, missingOf, wantedOf } from "../../src/sources/keep.js";
import { staysInside } from "../../src/sources/tree-writer.js";

describe("what a source contributes to a release", () => {
  it.each([
    [[], ".", "all"],
    [["lib"], ".", ["lib"]],
    [["lib/a", "lib/b", "other"], "lib", ["a", "b"]],
    [["lib"], "lib", "all"],
    [["lib"], "lib/deep", "all"],
    [["library"], "lib", []],
    [["./lib/"], ".", ["lib"]],
  ])("of keep %j with its root at %s is %j", (keep, into, wanted) => {
    expect(wantedOf(keep, into)).toEqual(wanted);
  });

  it("a path lies within all its parents and not within a namesake", () => {
    const part = fc.stringMatching(/^[a-z]{1,5}$/);
    fc.assert(
      fc.property(part, part, (folder, name) => {
        expect(isWithin(`${folder}/${name}`, folder)).toBe(true);
        expect(isWithin(`${folder}${name}`, folder)).toBe(false);
      }),
    );
  });

  it("names the kept sub-trees that nothing lies below", () => {
    expect(missingOf(["a", "b/c", "d"], ["a", "b/cc", "d/x"])).toEqual(["b/c"]);
  });

  it("reads up to two leading folders before a kept path", () => {
    expect(placesOf("top/src/lib/x.c", ["lib"])).toEqual([{ leading: "top/src/", path: "lib/x.c" }]);
    expect(placesOf("lib/lib/x.c", ["lib"])).toEqual([
      { leading: "", path: "lib/lib/x.c" },
      { leading: "lib/", path: "lib/x.c" },
    ]);
    expect(placesOf("a/b/c/lib/x.c", ["lib"])).toEqual([]);
  });
});

describe("a symbolic link", () => {
  it.each([
    ["a/link", "file", true],
    ["a/link", "../b/file", true],
    ["a/link", "../../b", false],
    ["link", "..", false],
    ["a/link", "/etc/passwd", false],
    ["a/b/link", "x/../../..", false],
    ["a/link", "", false],
  ])("at %s to %s stays inside: %s", (path, target, inside) => {
    expect(staysInside(path, target)).toBe(inside);
  });
});
