/** Reference values: R 4.2 (pnorm, qnorm, pchisq), as printed. */
import { describe, expect, it } from "vitest";

import { betaQuantile, regularizedBeta } from "../../../src/stats/distributions/beta.js";
import { chiSquareUpper, gammaLower, logGammaUpper } from "../../../src/stats/distributions/gamma.js";
import { logNormalCdf, normalCdf, normalQuantile, normalUpper, normalUpperQuantile } from "../../../src/stats/distributions/normal.js";

function expectRatio(value: number, expected: number, digits: number): void {
  expect(value / expected).toBeCloseTo(1, digits);
}

describe("tails of distributions", () => {
  it("gives Φ(−8) and Φ⁻¹(1e-10) to all the digits that R prints", () => {
    expectRatio(normalCdf(-8), 6.220960574271785e-16, 12);
    expect(Math.abs(normalQuantile(1e-10) + 6.36134090240406)).toBeLessThan(1e-10);
    expect(normalQuantile(1e-300)).toBeCloseTo(-37.0470962993612, 10);
  });

  it("gives the logarithm of Φ where Φ itself is no longer a number", () => {
    expectRatio(logNormalCdf(-21), -224.465715831414, 10);
    expectRatio(logNormalCdf(-37), -689.030585576891, 10);
    expectRatio(logNormalCdf(-100), -5005.52420869421, 10);
    expect(logNormalCdf(-19.999) - logNormalCdf(-20.001)).toBeCloseTo(0.0401, 3);
    expect(logNormalCdf(-Infinity)).toBe(-Infinity);
  });

  it("has quantiles that the tail leads back to, on both sides", () => {
    for (const p of [1e-12, 1e-5, 0.025, 0.3, 0.5, 0.8, 0.999]) expectRatio(normalCdf(normalQuantile(p)), p, 12);
    expectRatio(normalUpper(normalUpperQuantile(1e-9)), 1e-9, 11);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
  });

  it("gives chi-square's far tail", () => {
    expectRatio(chiSquareUpper(100, 5), 5.28514836094324e-20, 11);
    expectRatio(chiSquareUpper(3, 7), 0.885002231643151, 12);
  });

  it("gives the incomplete gamma function also for great shapes, around the shape and far from it (scipy.special.gammainc)", () => {
    for (const [a, x, lower] of [
      [50, 55, 0.7677952194991436],
      [1000, 1015.8113883008419, 0.6942439328184478],
      [20000, 20000, 0.5009403162337493],
      [1000000, 1001000, 0.8413447863683402],
      [1000000, 1000000, 0.5001329807608725],
    ] as const) {
      expectRatio(gammaLower(a, x), lower, 8);
      expectRatio(1 - Math.exp(logGammaUpper(a, x)), gammaLower(a, x), 8);
    }
    expectRatio(chiSquareUpper(102_000, 100_000), 4.41193925512e-6, 8);
  });

  it("has beta quantiles that the distribution leads back to", () => {
    expect(regularizedBeta(betaQuantile(0.2, 3, 8), 3, 8)).toBeCloseTo(0.2, 12);
  });
});
