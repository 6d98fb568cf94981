import { describe, expect, it } from "vitest";

import { upperQuantile, upperTail } from "../../src/stats/student-t.js";

describe("Student's t", () => {
  it("gives R's far tail: P(T > 12) with 2,000 degrees of freedom", () => {
    expect(upperTail(12, 2000) / 2.18285124761e-32).toBeCloseTo(1, 9);
  });

  it("gives the tables' critical values", () => {
    expect(upperQuantile(0.025, 9)).toBeCloseTo(2.262157, 5);
    expect(upperQuantile(0.05, 2)).toBeCloseTo(2.919986, 5);
    expect(upperQuantile(0.0005, 4)).toBeCloseTo(8.610302, 5);
  });

  it("has quantiles that its tail leads back to", () => {
    for (const tail of [0.4, 0.05, 1e-3, 1e-6]) expect(upperTail(upperQuantile(tail, 7), 7) / tail).toBeCloseTo(1, 8);
  });
});
