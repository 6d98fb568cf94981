/** Deltas are followed to the letter, and broken ones give nothing: never another content, never an exception. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { applyDelta } from "../../../src/patches/text/apply-delta.js";

const base = Buffer.from("0123456789");

describe("a delta", () => {
  it("copies and inserts", () => {
    const delta = Buffer.from([10, 9, 0x91, 2, 4, 2, 0x58, 0x59, 0x90, 3]);
    expect(applyDelta(base, delta)?.toString()).toBe("2345XY012");
  });

  it("without a length copies 64 KiB", () => {
    const big = Buffer.alloc(70_000, "ab");
    expect(applyDelta(big, Buffer.from([0xf0, 0xa2, 4, 0x80, 0x80, 4, 0x80]))).toEqual(big.subarray(0, 65_536));
  });

  it.each([
    ["for a content of another length", [9, 1, 1, 0x58]],
    ["that gives less than it says", [10, 3, 1, 0x58]],
    ["that gives more than it says", [10, 1, 2, 0x58, 0x59]],
    ["that copies from behind the end", [10, 4, 0x91, 8, 4]],
    ["with the order 0, which git keeps for later", [10, 1, 0]],
    ["that is cut", [10, 4, 4, 0x58]],
    ["that is empty", []],
  ])("%s gives nothing", (_what, bytes) => {
    expect(applyDelta(base, Buffer.from(bytes))).toBeUndefined();
  });

  it("of any bytes gives the length it says, or nothing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.nat(20), (bytes, length) => {
        const made = applyDelta(base, Buffer.from([10, length, ...bytes]));
        expect(made === undefined || made.length === length).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
