/** Holds the check for missing telemetry to what a crash at start-up looks like. Reference value: R's prop.test without correction. */
import { describe, expect, it } from "vitest";

import { missingTelemetry } from "../../src/stats/missing.js";

describe("missing telemetry", () => {
  it("is no finding where both arms lose as much", () => {
    const { p, logE } = missingTelemetry({ due: 1000, silent: 50 }, { due: 1010, silent: 52 });
    expect(p).toBeCloseTo(0.87944, 3);
    expect(logE).toBeLessThan(0);
  });

  it("is one where a flavor silently loses more, whichever", () => {
    const [more, less] = [
      { due: 1000, silent: 100 },
      { due: 1000, silent: 40 },
    ];
    expect(missingTelemetry(more, less).logE).toBeGreaterThan(Math.log(1000));
    expect(missingTelemetry(less, more).logE).toBeCloseTo(missingTelemetry(more, less).logE, 9);
    expect(missingTelemetry(more, less).p).toBeLessThan(1e-5);
  });

  it("allows for arms of different sizes", () => {
    const [small, big] = [
      { due: 1000, silent: 50 },
      { due: 9000, silent: 450 },
    ];
    expect(missingTelemetry(small, big, 1 / 9).logE).toBeLessThan(0);
    expect(missingTelemetry(small, big).logE).toBeGreaterThan(Math.log(1000));
  });

  it("knows nothing before anybody was exposed", () => {
    const none = { due: 0, silent: 0 };
    expect(missingTelemetry(none, none)).toEqual({ p: 1, logE: expect.closeTo(0, 12) });
  });
});
