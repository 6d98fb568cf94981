/** Holds the check for missing telemetry to what a crash at start-up looks like. */
import { describe, expect, it } from "vitest";

import { missingTelemetry } from "../../src/stats/missing.js";

describe("missing telemetry", () => {
  it("is no finding where both arms lose as much", () => {
    const { treatment, control, p, logE } = missingTelemetry({ exposed: 1000, heard: 950 }, { exposed: 1010, heard: 958 });
    expect([treatment, control]).toEqual([0.05, expect.closeTo(52 / 1010, 12)]);
    expect(p).toBeGreaterThan(0.5);
    expect(logE).toBeLessThan(0);
  });

  it("is one where a flavor silently loses more, whichever", () => {
    const more = { exposed: 1000, heard: 900 };
    const less = { exposed: 1000, heard: 960 };
    expect(missingTelemetry(more, less).logE).toBeGreaterThan(Math.log(1000));
    expect(missingTelemetry(less, more).logE).toBeCloseTo(missingTelemetry(more, less).logE, 9);
    expect(missingTelemetry(more, less).p).toBeLessThan(1e-5);
  });

  it("knows nothing before anybody was exposed", () => {
    const none = { exposed: 0, heard: 0 };
    expect(missingTelemetry(none, none)).toEqual({ treatment: 0, control: 0, p: 1, logE: expect.closeTo(0, 12) });
  });
});
