import { describe, expect, it } from "vitest";

import { type Bins, addToBins, emptyBins } from "../../../src/experiment/simulate/bins.js";
import { drawSums } from "../../../src/experiment/simulate/blocks.js";
import { normalStream, uniformStream } from "../../../src/experiment/simulate/draws.js";

function drawsOf(seed: number) {
  const uniform = uniformStream(seed);
  return { uniform, normal: normalStream(uniform) };
}

const UNITS = 200_000;

describe("sums over many simulated units", () => {
  it("have the mean and the second moment of lognormal values, out of blocks as one by one", () => {
    const [v = 0, vv = 0] = drawSums("value", 0.5, UNITS, drawsOf(1));
    expect(v / UNITS).toBeCloseTo(1, 2);
    expect(vv / UNITS / Math.exp(0.25)).toBeCloseTo(1, 1);
    const draws = drawsOf(2);
    let single = 0;
    for (let unit = 0; unit < 20_000; unit++) single += drawSums("value", 0.5, 1, draws)[0] ?? 0;
    expect(single / 20_000).toBeCloseTo(1, 1);
  });

  it("tie a unit's value to its value before, and to its sessions", () => {
    const [v = 0, vv = 0, x = 0, xx = 0, vx = 0] = drawSums("before", 0.4, UNITS, drawsOf(3));
    const correlation = (vx - (v * x) / UNITS) / Math.sqrt((vv - v ** 2 / UNITS) * (xx - x ** 2 / UNITS));
    expect(correlation).toBeGreaterThan(0.6);
    const [total = 0, , sessions = 0] = drawSums("sessions", 0.4, UNITS, drawsOf(4));
    expect(sessions / UNITS).toBeCloseTo(5, 1);
    expect(total / sessions).toBeCloseTo(1, 2);
  });

  it("count events with the mean asked for and more scatter than Poisson's", () => {
    const [v = 0, vv = 0, any = 0] = drawSums("events", 0.5, UNITS, drawsOf(5));
    expect(v / UNITS).toBeCloseTo(0.5, 2);
    expect(vv / UNITS - (v / UNITS) ** 2).toBeCloseTo(0.75, 1);
    expect(any / UNITS).toBeCloseTo(1 / 3, 2);
  });

  it("put many units into bins as they put each alone", () => {
    const line = { times: 400, add: 20 };
    const [many, single] = [emptyBins(), emptyBins()];
    addToBins(many, 50_000, 0.6, line, drawsOf(6));
    const draws = drawsOf(7);
    for (let part = 0; part < 50; part++) addToBins(single, 1000, 0.6, line, draws);
    for (const share of [0.05, 0.5, 0.95]) expect(quantile(many, share) / quantile(single, share)).toBeCloseTo(1, 1);
    expect(many.ordered.reduce((sum, [, , units]) => sum + units, 0)).toBe(50_000);
  });
});

function quantile(bins: Bins, share: number): number {
  let left = share * 50_000;
  for (const [, to, units] of bins.ordered) {
    left -= units;
    if (left <= 0) return to;
  }
  return Number.NaN;
}
