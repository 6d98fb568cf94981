/** Bisecting many searches in shared rounds finds what a scan of every version finds, also where failing comes and goes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { firstFailures } from "../../../src/patches/triage/bisect.js";

describe("the first failure", () => {
  it("is that of a scan over all versions, for any pattern that begins well and ends badly", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.boolean(), { maxLength: 40 }), { maxLength: 6 }), async (patterns) => {
        const fails = patterns.map((middle) => [false, ...middle, true]);
        const found = await firstFailures(
          (probes) => Promise.resolve(probes.map(({ search, at }) => fails[search]?.[at] === true)),
          fails.map(({ length }) => length),
        );
        expect(found.map(({ at }) => at)).toEqual(fails.map((pattern) => pattern.indexOf(true)));
        expect(found.every(({ scanned, why }) => scanned && why === "found")).toBe(true);
      }),
    );
  });

  it("is found in as many rounds as halving takes, and one more, however many searches there are", async () => {
    let rounds = 0;
    const prober = (probes: readonly { readonly at: number }[]) => {
      rounds++;
      return Promise.resolve(probes.map(({ at }) => at >= 70));
    };
    const found = await firstFailures(
      prober,
      Array.from({ length: 50 }, () => 128),
    );
    expect(found.every(({ at }) => at === 70)).toBe(true);
    expect(rounds).toBeLessThanOrEqual(9);
  });

  it("says so when there are too many versions to look at each", async () => {
    const found = await firstFailures(
      (probes) => Promise.resolve(probes.map(({ at }) => at >= 70)),
      Array.from({ length: 50 }, () => 128),
      10,
    );
    expect(found.every(({ at, scanned }) => at === 70 && !scanned)).toBe(true);
  });

  it("is none where the state before the versions fails, where the last one passes, and where there are none", async () => {
    const found = await firstFailures((probes) => Promise.resolve(probes.map(({ search }) => search === 0)), [5, 5, 1]);
    expect(found.map(({ at, why }) => ({ at, why }))).toEqual([
      { at: null, why: "fails-before" },
      { at: null, why: "passes" },
      { at: null, why: "no-versions" },
    ]);
  });
});
