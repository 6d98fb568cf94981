import { describe, expect, it } from "vitest";

import { drawBinomial, drawPoisson, logFactorial, normalStream, uniformStream } from "../../../src/experiment/simulate/draws.js";

const DRAWS = 200_000;

/** Mean and variance lie within five standard errors; fixed seeds, so a pass stays a pass. */
function moments(draw: () => number): { readonly mean: number; readonly variance: number } {
  const values = Array.from({ length: DRAWS }, draw);
  const mean = values.reduce((sum, each) => sum + each, 0) / DRAWS;
  return { mean, variance: values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (DRAWS - 1) };
}

describe("draws of the simulator", () => {
  it.each([
    [2000, 0.003],
    [2000, 0.3],
    [50, 0.9],
    [3, 0.5],
    [100_000, 0.001],
  ])("draws successes of %i tries of chance %f with the mean and variance they have", (n, p) => {
    const uniform = uniformStream(7, n);
    const { mean, variance } = moments(() => drawBinomial(uniform, n, p));
    const expected = n * p * (1 - p);
    expect(Math.abs(mean - n * p)).toBeLessThan(5 * Math.sqrt(expected / DRAWS));
    expect(Math.abs(variance / expected - 1)).toBeLessThan(0.03);
  });

  it.each([0.02, 3, 9.9, 10.1, 60, 4000])("draws events where %f are expected with that mean and variance", (expected) => {
    const uniform = uniformStream(8, expected);
    const { mean, variance } = moments(() => drawPoisson(uniform, expected));
    expect(Math.abs(mean - expected)).toBeLessThan(5 * Math.sqrt(expected / DRAWS));
    expect(Math.abs(variance / expected - 1)).toBeLessThan(0.05);
  });

  it("draws each count of successes as often as the binomial distribution says", () => {
    const uniform = uniformStream(9);
    const counts = Array.from({ length: 61 }, () => 0);
    for (let draw = 0; draw < DRAWS; draw++) {
      const k = drawBinomial(uniform, 60, 0.3);
      counts[k] = (counts[k] ?? 0) + 1;
    }
    for (let k = 8; k <= 28; k++) {
      const chance = Math.exp(logFactorial(60) - logFactorial(k) - logFactorial(60 - k) + k * Math.log(0.3) + (60 - k) * Math.log(0.7));
      expect(Math.abs((counts[k] ?? 0) - DRAWS * chance)).toBeLessThan(4.5 * Math.sqrt(DRAWS * chance));
    }
  });

  it("draws normal numbers with mean 0, variance 1 and the normal's tail", () => {
    const normal = normalStream(uniformStream(10));
    const values = Array.from({ length: DRAWS }, normal);
    const { mean, variance } = moments(normal);
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(DRAWS));
    expect(Math.abs(variance - 1)).toBeLessThan(0.02);
    expect(Math.abs(values.filter((each) => each > 1.959964).length / DRAWS - 0.025)).toBeLessThan(0.002);
  });

  it("knows ln k! to eleven digits where the series takes over", () => {
    expect(logFactorial(20)).toBeCloseTo(42.335616460753485, 10);
    expect(logFactorial(16)).toBeCloseTo(30.671860106080672, 10);
  });

  it("gives the same draws for the same seed and others for another stream", () => {
    const [a, b, c] = [uniformStream(1, 2), uniformStream(1, 2), uniformStream(1, 3)];
    const first = Array.from({ length: 5 }, a);
    expect(Array.from({ length: 5 }, b)).toEqual(first);
    expect(Array.from({ length: 5 }, c)).not.toEqual(first);
  });
});
