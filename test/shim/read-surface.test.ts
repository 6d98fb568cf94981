import { describe, expect, it } from "vitest";

import { parseSurface } from "../../src/shim/read-surface.js";

describe("a surface file", () => {
  it("fills what is not said", () => {
    expect(parseSurface("s.yaml", "library: meter\nheaders: [meter/level_meter.h]\n")).toMatchObject({
      library: "meter",
      headers: ["meter/level_meter.h"],
      names: [],
      onUnknown: "error",
    });
  });

  it.each([
    ["an unknown key where it stands", "library: a\nexclude: []\nheadrs: []\n", "s.yaml:3: headrs"],
    ["a wrong value", "library: a\nkinds:\n  a::B: objekt\n", "s.yaml:3: kinds"],
    ["a name that is none", "library: 7up\n", "s.yaml:1: library"],
    ["no YAML at all", "library: [\n", "s.yaml:2"],
  ])("tells %s, by key and line", (_, text, told) => {
    expect(() => parseSurface("s.yaml", text)).toThrow(told);
  });
});
