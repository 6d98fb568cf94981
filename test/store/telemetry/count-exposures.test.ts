/** Exposures in a span of time, counted in the Parquet files of a real folder. */
import { describe, expect, it } from "vitest";

import type { ExposureSpan } from "../../../src/store/telemetry/analysis/count-exposures.js";
import { openTelemetry } from "../../../src/store/telemetry/open-telemetry.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { EXPERIMENT, NOON, fleet } from "./sample-events.js";

const HOUR = 3_600_000;

describe("exposures in a span of time", () => {
  it("are those of the events, by arm, in days and files apart, each id once", async () => {
    const telemetry = await openTelemetry({ dir: temporaryFolder(), clock: () => NOON, compactEveryMs: 0 });
    const events = [...fleet({ units: 200, seed: 5 }), ...fleet({ units: 100, seed: 6, experiment: "other-m150" })];
    for (let start = 0; start < events.length; start += 500) {
      await telemetry.accept(events.slice(start, start + 600));
      await telemetry.flush();
    }
    const spans: readonly ExposureSpan[] = [
      { experiments: [EXPERIMENT], from: 0, to: NOON },
      { experiments: [EXPERIMENT], from: NOON - 40 * HOUR, to: NOON - 20 * HOUR },
      { experiments: [EXPERIMENT, "other-m150"], from: NOON - 40 * HOUR, to: NOON - 20 * HOUR },
      { experiments: [EXPERIMENT], from: 0, to: NOON, seedFrom: 7 },
      { experiments: [EXPERIMENT], from: 0, to: NOON, seedFrom: 8 },
      { experiments: [EXPERIMENT], from: NOON, to: NOON - 20 * HOUR },
      { experiments: ["nobody's"], from: 0, to: NOON },
      { experiments: [], from: 0, to: NOON },
    ];
    const counted = (arm: string, { experiments, from, to, seedFrom = 0 }: ExposureSpan) =>
      events.filter(
        (one) =>
          one.type === "exposure" &&
          experiments.includes(one.experiment) &&
          one.arm === arm &&
          Number(one.time) >= from &&
          Number(one.time) < to &&
          one.seed >= seedFrom,
      ).length;
    const expected = spans.map((span) => ({ treatment: counted("treatment", span), control: counted("control", span) }));
    expect(expected[1]?.treatment).toBeGreaterThan(20);
    expect(await telemetry.exposures(spans)).toEqual(expected);
    await telemetry.close();
  });

  it("are none before anything was told", async () => {
    const telemetry = await openTelemetry({ dir: temporaryFolder(), clock: () => NOON, compactEveryMs: 0 });
    expect(await telemetry.exposures([{ experiments: [EXPERIMENT], from: 0, to: NOON }])).toEqual([{ treatment: 0, control: 0 }]);
    await telemetry.close();
  });
});
