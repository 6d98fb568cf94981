/** Whole experiments without any effect, and with one: how often the tests err, and how soon they find, over seeded runs. */
import { describe, expect, it } from "vitest";

import { absoluteEffect } from "../../src/stats/fixed/effect.js";
import { stratifiedEffect } from "../../src/stats/fixed/stratified.js";
import { equalFractions, errorOf, spendingBounds } from "../../src/stats/group-sequential/boundaries.js";
import { obrienFlemingSpending } from "../../src/stats/group-sequential/spending.js";
import { oneSidedLogE, oneSidedReach, tunedPrecision } from "../../src/stats/sequential/asymptotic.js";
import { rareEventTest } from "../../src/stats/sequential/rare-events.js";
import { seededRandom } from "../../src/support/random.js";
import { standardNormals } from "./normals.js";

const FLEET = 0.05 / 270;
const PER_LOOK = 500;

/** A stream of Poisson numbers by inversion; for small means. */
function poissons(seed: number): (mean: number) => number {
  const random = seededRandom(seed);
  return (mean) => {
    let [count, chance, left] = [0, Math.exp(-mean), random()];
    while (left > chance) {
      left -= chance;
      count++;
      chance *= mean / count;
    }
    return count;
  };
}

interface CrashRun {
  readonly test: (treatment: number, control: number) => number;
  readonly alpha: number;
  readonly ratio: number;
  readonly runs: number;
  readonly looks: number;
}

/** Devices per arm until each run halts (Infinity: never), with 0.3 % crashes in control, in growing order. */
function halts({ test, alpha, ratio, runs, looks }: CrashRun): number[] {
  const poisson = poissons(2026);
  return Array.from({ length: runs }, () => {
    let [treatment, control] = [0, 0];
    for (let look = 1; look <= looks; look++) {
      treatment += poisson(PER_LOOK * 0.003 * ratio);
      control += poisson(PER_LOOK * 0.003);
      if (test(treatment, control) >= -Math.log(alpha)) return look * PER_LOOK;
    }
    return Infinity;
  }).toSorted((a, b) => a - b);
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The best test that may be: it knows that the rate doubles (Wald's sequential probability ratio test). */
function knowing(treatment: number, control: number): number {
  return treatment * Math.log(4 / 3) + control * Math.log(2 / 3);
}

describe("crashes of 0.3 %, looked at every 500 devices per arm", () => {
  const test = rareEventTest();

  it("halt falsely in no more than 5 % of 100 looks", () => {
    const all = halts({ test, alpha: 0.05, ratio: 1, runs: 2000, looks: 100 });
    expect(all.filter(Number.isFinite).length / all.length).toBeLessThan(0.05);
  });

  it("halt at a median of at most 7,000 devices per arm when they double, alone at 5 %", () => {
    const all = halts({ test, alpha: 0.05, ratio: 2, runs: 2000, looks: 200 });
    expect(median(all)).toBeLessThanOrEqual(7000);
    expect(all.filter(Number.isFinite).length).toBe(all.length);
  });

  it("halt under the fleet's budget at most 1.2 times as late as a test that knows what comes", () => {
    const run = { alpha: FLEET, ratio: 2, runs: 1000, looks: 200 };
    expect(median(halts({ ...run, test })) / median(halts({ ...run, test: knowing }))).toBeLessThanOrEqual(1.2);
  });
});

/** Standardized sums of a day's differences, one run after another. */
function shareFound(seed: number, count: number, look: (z: number, day: number) => boolean): number {
  const normal = standardNormals(seed);
  let found = 0;
  for (let run = 0; run < count; run++) {
    let [sum, hit] = [0, false];
    for (let day = 1; day <= 30; day++) {
      sum += normal();
      hit ||= look(sum / Math.sqrt(day), day);
    }
    if (hit) found++;
  }
  return found / count;
}

describe("a mean without an effect, looked at daily for 30 days", () => {
  it("halts falsely more than one time in four with a test for one look, and within its error with a confidence sequence", () => {
    expect(shareFound(1, 2000, (z) => Math.abs(z) > 1.96)).toBeGreaterThan(0.25);
    const precision = tunedPrecision(10_000, 0.05, 1);
    const sequential = shareFound(
      1,
      2000,
      (z, day) => oneSidedLogE({ mean: z, standardError: 1, n: 400 * day }, precision) >= Math.log(20),
    );
    expect(sequential).toBeLessThan(0.05);
  });

  it("stays within its error for a fleet that is complete on the first day, whose values grow for 90 days", () => {
    for (const alpha of [0.05, FLEET]) {
      for (const n of [2000, 10_000, 50_000]) {
        const bound = oneSidedReach({ mean: 0, standardError: 1, n }, alpha, tunedPrecision(10_000, alpha, 1));
        const looks = { fractions: equalFractions(90), alpha, sides: 1, bounds: Array<number>(90).fill(bound) } as const;
        expect(errorOf(looks) / alpha).toBeLessThan(0.66);
      }
    }
  });

  it("errs at planned gates exactly as often as planned", () => {
    const fractions = [0.1, 0.4, 0.7, 1];
    const { bounds } = spendingBounds({ fractions, alpha: 0.05, sides: 1 }, obrienFlemingSpending);
    const gates = new Map(fractions.map((fraction, index) => [Math.round(30 * fraction), bounds[index] ?? Infinity]));
    const error = shareFound(3, 20_000, (z, day) => z > (gates.get(day) ?? Infinity));
    expect(Math.abs(error - 0.05)).toBeLessThan(0.005);
  });
});

describe("a ramp without an effect, over days that differ", () => {
  it("does not bias the stratified estimate, while pooling unequal shares would", () => {
    const normal = standardNormals(8);
    let [stratified, pooled, z] = [0, 0, 0];
    const count = 300;
    for (let run = 0; run < count; run++) {
      // A slow day with a small treatment, then a fast one with a large.
      const phases = [
        { day: 5, treatment: 50, control: 950 },
        { day: 3, treatment: 500, control: 500 },
      ].map(({ day, treatment, control }) => ({ treatment: armAround(day, treatment), control: armAround(day, control) }));
      const effect = stratifiedEffect(phases);
      stratified += effect.mean / count;
      z += (effect.mean / effect.standardError) ** 2 / count;
      const [t, c] = (["treatment", "control"] as const).map((arm) => {
        const n = phases.reduce((sum, phase) => sum + phase[arm].n, 0);
        return { n, mean: phases.reduce((sum, phase) => sum + phase[arm].n * phase[arm].mean, 0) / n, variance: 1 };
      });
      if (t !== undefined && c !== undefined) pooled += absoluteEffect(t, c).mean / count;
    }
    expect(Math.abs(stratified)).toBeLessThan(0.015);
    expect(z).toBeCloseTo(1, 0);
    expect(pooled).toBeLessThan(-1);

    function armAround(mean: number, n: number) {
      return { n, mean: mean + normal() / Math.sqrt(n), variance: 1 };
    }
  });
});
