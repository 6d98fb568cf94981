import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { objectName, sourceOfObject } from "../../src/build/own/object-name.js";

const path = fc.array(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 5 }).map((parts) => parts.join("/"));

describe("object names", () => {
  it("keep readable paths readable", () => {
    expect(objectName("modules/agc/agc_avx2.cc")).toBe("modules~agc~agc_avx2.cc.o");
  });

  it("tell different sources apart where joining with a plain character would not", () => {
    expect(new Set(["a/b.c", "a~b.c", "a%7Eb.c", "a%b.c", "a b.c"].map(objectName)).size).toBe(5);
  });

  it("are plain file names that ar, a shell and a compiler take as they are", () => {
    fc.assert(
      fc.property(path, (source) => {
        expect(objectName(source)).toMatch(/^[A-Za-z0-9._+,%~-]+\.o$/);
      }),
    );
  });

  it("lead back to the source", () => {
    fc.assert(
      fc.property(path, (source) => {
        const well = Buffer.from(source, "utf8").toString("utf8");
        expect(sourceOfObject(objectName(well))).toBe(well);
      }),
    );
  });

  it("stay short enough for a file system and different for long paths", () => {
    const names = ["a", "b"].map((head) => objectName(`${head}/${"deeper/".repeat(60)}file.cc`));
    expect(names[0]).not.toBe(names[1]);
    expect(Math.max(...names.map((name) => name.length))).toBeLessThan(240);
    expect(sourceOfObject(names[0] ?? "")).toBeUndefined();
  });

  it("of other makers lead nowhere", () => {
    expect(sourceOfObject("agc.obj")).toBeUndefined();
  });
});
