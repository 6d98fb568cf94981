import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { assign, prepareSeed, stageArms } from "../../../src/experiment/assignment/assign.js";
import { bucketOf } from "../../../src/experiment/assignment/bucket.js";
import { pseudonymOf } from "../../../src/experiment/assignment/pseudonym.js";
import { lastHash, sipHash, sipKeyOfHex } from "../../../src/experiment/assignment/sip-hash.js";
import { signBase } from "../../../src/experiment/assignment/sign-seed.js";
import { BUCKETS } from "../../../src/model/seed.js";
import { SIGNER, base, haltOf, useCase } from "./sample-seed.js";

const SALT = "000102030405060708090a0b0c0d0e0f";
const KEY = sipKeyOfHex(SALT);

describe("a bucket", () => {
  it("is the hash scaled to a million, without rounding on the way", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (unit) => {
        const bucket = bucketOf(KEY, unit);
        sipHash(KEY, Buffer.from(unit));
        const hash = (BigInt(lastHash.high) << 32n) | BigInt(lastHash.low);
        expect(bucket).toBe(Number((hash * BigInt(BUCKETS)) >> 64n));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("is evenly spread: 100,000 units into 20 ranges, by chi-square", () => {
    const counts = Array.from({ length: 20 }, () => 0);
    for (let index = 0; index < 100_000; index += 1) {
      const range = Math.floor(bucketOf(KEY, `device-${index}`) / 50_000);
      counts[range] = (counts[range] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 5000) ** 2 / 5000, 0);
    expect(chiSquare).toBeLessThan(43.8);
  });
});

describe("a pseudonym", () => {
  const secret = "ffeeddccbbaa99887766554433221100";

  it("is 32 digits, the same for the same unit, and another with another secret, salt or unit", () => {
    const own = pseudonymOf(secret, SALT, "device-1");
    expect(own).toMatch(/^[0-9a-f]{32}$/);
    expect(pseudonymOf(secret, SALT, "device-1")).toBe(own);
    const others = [
      pseudonymOf(SALT, SALT, "device-1"),
      pseudonymOf(secret, secret, "device-1"),
      pseudonymOf(secret, SALT, "device-2"),
      pseudonymOf(secret, SALT, "gerät-1".repeat(200)),
    ];
    expect(new Set([own, ...others]).size).toBe(5);
  });
});

describe("an assignment", () => {
  const seed = prepareSeed(base());
  const halted = prepareSeed(base(), haltOf(signBase(base(), [SIGNER]), { caps: { "laptop-call": { cap: 100_000 } } }));

  it("follows the arms, and the default outside of them", () => {
    for (let index = 0; index < 2000; index += 1) {
      const units = { device: `device-${index}` };
      const { bucket = -1, arm, flavor, reason } = assign(seed, "laptop-call", units, "latest");
      const expected =
        bucket < 250_000
          ? ["treatment", "latest", "arm"]
          : bucket >= 500_000 && bucket < 750_000
            ? ["control", "legacy", "arm"]
            : [null, "legacy", "outside"];
      expect([arm, flavor, reason]).toEqual(expected);
    }
  });

  it("loses the treatment from the halt's cap on, and nothing else", () => {
    for (let index = 0; index < 2000; index += 1) {
      const units = { device: `device-${index}` };
      const before = assign(seed, "laptop-call", units, "latest");
      const after = assign(halted, "laptop-call", units, "latest");
      const capped = before.arm === "treatment" && (before.bucket ?? 0) >= 100_000;
      expect([after.arm, after.flavor, after.reason]).toEqual(
        capped ? [null, "legacy", "capped"] : [before.arm, before.flavor, before.reason],
      );
      expect(after.seed).toBe(8);
    }
  });

  it("says why it has no arm: no unit, or a use case that the seed does not have", () => {
    expect(assign(seed, "laptop-call", { user: "u" }, "latest")).toMatchObject({ flavor: "legacy", arm: null, reason: "no-unit" });
    expect(assign(seed, "laptop-call", { device: "" }, "latest").reason).toBe("no-unit");
    expect(assign(seed, "other", { device: "d" }, "latest")).toEqual({
      useCase: "other",
      flavor: "latest",
      arm: null,
      reason: "unknown-use-case",
      seed: 7,
    });
  });

  it("stays with a unit as stages grow to 50 %: nobody leaves an arm", () => {
    const stages = [0.1, 1, 5, 25, 50].map((percent) =>
      prepareSeed(base({ useCases: { a: useCase({ arms: stageArms(percent, "latest", "legacy") }) } })),
    );
    for (let index = 0; index < 500; index += 1) {
      const arms = stages.map((stage) => assign(stage, "a", { device: `d${index}` }, "legacy").arm);
      const first = arms.findIndex((arm) => arm !== null);
      expect(first === -1 || new Set(arms.slice(first)).size === 1).toBe(true);
    }
    expect(stageArms(100, "latest", "legacy")).toEqual([{ arm: "treatment", flavor: "latest", from: 0, to: BUCKETS }]);
    expect(() => stageArms(75, "latest", "legacy")).toThrow("not 75");
  });
});
