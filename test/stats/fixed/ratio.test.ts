/** Reference values: R's survey (svyratio on the public data set apistrat; the sums below are those of its columns api.stu and enroll). */
import { describe, expect, it } from "vitest";

import { ratioArm, stratifiedRatio } from "../../../src/stats/fixed/ratio.js";

const all = { n: 200, sum: 123813, sumSquares: 119182463, denominatorSum: 149337, denominatorSquares: 171689953, cross: 141462362 };
const strata = [
  { population: 4421, n: 100, sum: 35502, sumSquares: 14540460, denominatorSum: 41678, denominatorSquares: 20100668, cross: 17044937 },
  { population: 755, n: 50, sum: 53526, sumSquares: 74325088, denominatorSum: 66035, denominatorSquares: 109279081, cross: 88952856 },
  { population: 1018, n: 50, sum: 34785, sumSquares: 30316915, denominatorSum: 41624, denominatorSquares: 42310204, cross: 35464569 },
];

describe("a ratio of sums", () => {
  it("has the value and the error of R's survey", () => {
    const { n, mean, variance } = ratioArm(all);
    expect(mean).toBeCloseTo(0.829084553727475, 12);
    expect(Math.sqrt(variance / n)).toBeCloseTo(0.0108875735514329, 12);
  });

  it("has the value and the error of R's survey over strata of known size", () => {
    const { mean, standardError } = stratifiedRatio(strata);
    // The data set keeps its weights rounded: nine digits.
    expect(mean).toBeCloseTo(0.836956886940522, 9);
    expect(standardError).toBeCloseTo(0.00775710316663788, 9);
  });

  it("with a denominator of one a unit is the plain mean", () => {
    const { mean, variance } = ratioArm({ n: 4, sum: 10, sumSquares: 30, denominatorSum: 4, denominatorSquares: 4, cross: 10 });
    expect([mean, variance]).toEqual([2.5, expect.closeTo(5 / 3, 12)]);
  });
});
