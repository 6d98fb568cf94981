import { describe, expect, test } from "vitest";

import type { MetricResult } from "../../src/model/use-case.js";
import { keyMetrics, metricView, useCaseViews } from "../../src/report/metrics.js";
import { sampleReport } from "../helpers/sample-report.js";

function metric(unit: string, legacy: number | null, latest: number | null, changes: Partial<MetricResult> = {}): MetricResult {
  return { id: "m", name: "M", unit, direction: "lower", margin: 5, relative: true, legacy, latest, verdict: "no worse", ...changes };
}

describe("a metric as text", () => {
  test("takes a fitting unit, the same for both sides", () => {
    expect(metricView(metric("ns", 98_400, 86_200), true)).toMatchObject({ legacy: "98.4", latest: "86.2", unit: "µs", change: "−12.4 %" });
    expect(metricView(metric("KiB", 18_240, 900), true)).toMatchObject({ legacy: "18,240", latest: "900", unit: "KiB" });
    expect(metricView(metric("bytes", 3 * 1024 ** 2, 2 * 1024 ** 2), true)).toMatchObject({ legacy: "3", latest: "2", unit: "MiB" });
  });

  test("tells levels in their own unit, not in percent", () => {
    expect(metricView(metric("dBFS", -20, -18.5), false)).toMatchObject({ legacy: "−20.0", latest: "−18.5", change: "+1.5 dBFS" });
  });

  test("tells a change from nothing in the unit", () => {
    expect(metricView(metric("frames", 0, 3), false).change).toBe("+3 frames");
  });

  test("shows decimals enough to tell the sides apart", () => {
    expect(metricView(metric("dB", 120.1, 120.2), false)).toMatchObject({ legacy: "120.1", latest: "120.2" });
  });

  test("says when both sides are the same, and when one is missing", () => {
    expect(metricView(metric("dB", 1, 1), false).change).toBe("same");
    expect(metricView(metric("dB", null, 1), false)).toMatchObject({ legacy: "–", latest: "1", change: "" });
  });

  test("tells its margin in the unit shown or in percent", () => {
    expect(metricView(metric("ns", 98_400, 86_200, { relative: false, margin: 2500 }), true).margin).toBe("2.5 µs");
    expect(metricView(metric("ns", 98_400, 86_200, { margin: 10 }), true).margin).toBe("10 %");
  });
});

describe("use cases", () => {
  const views = useCaseViews(sampleReport());

  test("those that need a look come first", () => {
    expect(views[0]?.result.id).toBe("headset-in-wind");
    expect(views[1]).toMatchObject({ result: { id: "double-talk" }, measuredVerdict: "worse" });
  });

  test("hold steady and measured metrics, each marked", () => {
    expect(views[0]?.metrics.map((entry) => entry.measured)).toEqual([false, false, false, true, true]);
  });

  test("the most telling metrics are those that are worse, then those that are better", () => {
    const [view] = views;
    expect(keyMetrics(view?.metrics ?? [], 2).map((entry) => entry.verdict)).toEqual(["worse", "better"]);
  });
});
