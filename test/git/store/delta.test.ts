/** Deltas that do not belong to their base are told, never followed. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { applyDelta } from "../../../src/git/store/delta.js";

const BASE = Buffer.from("0123456789");

describe("a delta", () => {
  it("copies out of its base and puts in bytes of its own", () => {
    const delta = Buffer.from([10, 7, 0x91, 2, 3, 2, 0x78, 0x79, 0x90, 2]);
    expect(applyDelta(BASE, delta)?.toString()).toBe("234xy01");
  });

  it("that reaches beyond its base or its result, or makes another size, is nothing", () => {
    for (const bytes of [
      [10, 3, 0x91, 9, 3],
      [10, 2, 0x90, 3],
      [10, 4, 0x90, 3],
      [9, 3, 0x90, 3],
      [10, 3, 5, 1, 2],
      [10, 1, 0],
    ]) {
      expect(applyDelta(BASE, Buffer.from(bytes))).toBeUndefined();
    }
  });

  it("of any bytes throws nothing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        const result = applyDelta(BASE, Buffer.from([10, ...bytes]));
        return result === undefined || result.length <= 256 * 1024 * 1024;
      }),
      { numRuns: 3000 },
    );
  });
});
