import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { holm } from "../../src/stats/holm.js";

describe("Holm's correction", () => {
  it("gives what R's p.adjust gives", () => {
    expect(holm([0.01, 0.04, 0.03, 0.005, 0.55, 0.6])).toEqual([0.05, 0.12, 0.12, 0.03, 1, 1].map((each) => expect.closeTo(each, 12)));
  });

  it("counts tests that are not listed", () => {
    expect(holm([0.01], 50)).toEqual([expect.closeTo(0.5, 12)]);
  });

  it("never makes a p-value smaller nor changes their order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (p) => {
        const adjusted = holm(p);
        for (const [i, each] of p.entries()) {
          expect(adjusted[i]).toBeGreaterThanOrEqual(each);
          for (const [j, other] of p.entries()) if (each < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? 0);
        }
      }),
    );
  });
});
