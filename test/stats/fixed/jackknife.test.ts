/** Holds the jackknife to the one case that has a formula: a mean, each unit a group of its own. */
import { describe, expect, it } from "vitest";

import { jackknifeError } from "../../../src/stats/fixed/jackknife.js";

describe("the delete-a-group jackknife", () => {
  it("gives a mean's usual error when each unit is its own group", () => {
    const values = [3, 5, 4, 9, 1, 2];
    const total = values.reduce((sum, each) => sum + each, 0);
    const without = values.map((value) => (total - value) / (values.length - 1));
    const mean = total / values.length;
    const variance = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (values.length - 1);
    expect(jackknifeError(mean, without)).toBeCloseTo(Math.sqrt(variance / values.length), 12);
  });
});
