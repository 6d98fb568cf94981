/** Holds the search of a bisection on made-up chains: places that jump, that cannot be measured, that scatter; sets; moved work. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { differenceOf, holdsChange } from "../../src/stats/difference.js";
import { type PairedEstimate, estimatePaired } from "../../src/stats/paired.js";
import { seededRandom } from "../../src/support/random.js";
import { costShift } from "../../src/usecases/attribution/cost-shift.js";
import { type Chain, type SearchRules, findJumps } from "../../src/usecases/attribution/find-jumps.js";
import { exactly } from "../../src/usecases/attribution/readings.js";
import { closedOver, smallestSet, without } from "../../src/usecases/attribution/smallest-set.js";
import { runsToTrust } from "../../src/usecases/attribution/whole-difference.js";

const RULES: SearchRules = { least: 0.1, alpha: 0.001, firstPairs: 2, mostPairs: 32 };

/** Figures by place; null cannot be measured. `reads` counts the places asked for. */
function chainOf(figures: readonly (number | null)[]) {
  const reads = new Set<number>();
  const chain: Chain = {
    read: async (place) => {
      reads.add(place);
      const figure = figures[place];
      return figure === null || figure === undefined ? undefined : exactly(figure);
    },
  };
  return { chain, reads };
}

function after(runs: number): number {
  return runsToTrust(
    Array.from({ length: runs }, () => ({ reference: 1, candidate: 1 })),
    0.001,
  );
}

function names(set: readonly { readonly name: string }[]): string {
  return set.map(({ name }) => name).join("");
}

function moved(name: string, from: number, to: number) {
  return { name, before: from, after: to };
}

async function placesIn(figures: readonly (number | null)[], rules = RULES): Promise<[from: number, to: number, kind: string][]> {
  const { jumps } = await findJumps(chainOf(figures).chain, 0, figures.length - 1, rules);
  return jumps.map(({ from, to, kind }) => [from, to, kind]);
}

describe("findJumps", () => {
  it("finds the one place among a thousand that jumps, and measures few", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1000 }), async (at) => {
        const { chain, reads } = chainOf(Array.from({ length: 1001 }, (_, place) => (place >= at ? 1 : 0)));
        const { jumps } = await findJumps(chain, 0, 1000, RULES);
        expect(jumps).toMatchObject([{ from: at - 1, to: at, kind: "step", change: { mean: 1 } }]);
        expect(reads.size).toBeLessThan(14);
      }),
      { numRuns: 50 },
    );
  });

  it("finds several places, also one that takes back what another brought", async () => {
    expect(await placesIn([0, 0, 0.5, 0.5, 0.5, 0.5, 1, 1, 1])).toEqual([
      [1, 2, "step"],
      [5, 6, "step"],
    ]);
    expect(await placesIn([0, 2, 2, 2, 2, 1, 1, 1, 1])).toEqual([
      [0, 1, "step"],
      [4, 5, "step"],
    ]);
  });

  it("passes by places that cannot be measured, and gives a range where they hide the place", async () => {
    expect(await placesIn([0, 0, 0, null, null, 1, 1, 1])).toEqual([[2, 5, "unmeasurable"]]);
    expect(await placesIn([0, null, 0, 0, null, null, 0, 1, null, 1])).toEqual([[6, 7, "step"]]);
  });

  it("says that a change is spread when no half holds enough of it", async () => {
    const figures = Array.from({ length: 65 }, (_, place) => place / 64);
    for (const [, , kind] of await placesIn(figures)) expect(kind).toBe("spread");
  });

  it("names the wrong place of a figure that scatters less often than its error rate allows", async () => {
    const rules: SearchRules = { least: 0.3, alpha: 0.005, firstPairs: 4, mostPairs: 64 };
    let wrong = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const random = seededRandom(seed);
      const at = 1 + Math.floor(random() * 31);
      const drawn = Array.from({ length: 32 }, (): number[] => []);
      const read = async (place: number, pairs: number): Promise<PairedEstimate | undefined> => {
        const known = drawn[place] ?? [];
        while (known.length < pairs) known.push((place >= at ? 1 : 0) + (random() + random() + random() - 1.5) * 0.8);
        return estimatePaired(known);
      };
      const { jumps } = await findJumps({ read }, 0, 31, rules);
      if (jumps.length !== 1 || jumps[0]?.to !== at || jumps[0].from !== at - 1) wrong++;
    }
    expect(wrong).toBeLessThanOrEqual(6);
  });
});

describe("differences of estimates", () => {
  it("adds errors up, and leaves a question open that noise hides", () => {
    const [low, high] = [estimatePaired([0, 0.1, -0.1, 0.05]), estimatePaired([1, 1.1, 0.9, 1.05])];
    if (low === undefined || high === undefined) throw new Error("four values are enough");
    const difference = differenceOf(high, low);
    expect(difference.mean).toBeCloseTo(1, 12);
    expect(difference.standardError).toBeCloseTo(Math.hypot(low.standardError, high.standardError), 12);
    expect([holdsChange(difference, 0.5, 0.01), holdsChange(difference, 1.5, 0.01), holdsChange(difference, 1, 0.01)]).toEqual([
      "yes",
      "no",
      "open",
    ]);
    expect(holdsChange(differenceOf(low, high), 0.5, 0.01)).toBe("yes");
  });

  it("wants more runs without a crash the later the first one came", () => {
    expect(after(1)).toBe(10);
    expect(after(10)).toBe(135);
  });
});

describe("sets of features", () => {
  const features = [
    { name: "a", dependsOn: [] },
    { name: "b", dependsOn: ["a"] },
    { name: "c", dependsOn: [] },
    { name: "d", dependsOn: ["b"] },
    { name: "e", dependsOn: [] },
  ];
  it("keeps what a feature builds on, and leaves out what builds on it", () => {
    expect(names(closedOver(["d"], features))).toBe("abd");
    expect(names(without("a", features))).toBe("ce");
  });

  it("comes down to the features that show a difference only together, with what they build on", async () => {
    const tried: string[] = [];
    const set = await smallestSet(features, async (each) => {
      tried.push(names(each));
      return ["c", "d"].every((name) => each.some((feature) => feature.name === name));
    });
    expect(names(set)).toBe("abcd");
    for (const each of tried) expect(names(closedOver([...each], features))).toBe(each);
  });
});

describe("costShift", () => {
  it("tells work that moved from work that came in", () => {
    expect(costShift(100, [moved("rest", 500, 402), moved("noise", 50, 51)])).toMatchObject({ from: [{ name: "rest" }] });
    expect(costShift(100, [moved("rest", 500, 470)])).toBeUndefined();
    expect(costShift(100, [moved("rest", 500, 400), moved("more", 10, 90)])).toBeUndefined();
    expect(costShift(-100, [moved("rest", 400, 500)])).toMatchObject({ share: 1 });
    expect(costShift(100, [])).toBeUndefined();
  });
});
