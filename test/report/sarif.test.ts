import { describe, expect, test } from "vitest";

import { RULES } from "../../src/report/problems.js";
import { sarifReport } from "../../src/report/sarif.js";
import { hostileReport } from "../helpers/hostile-report.js";
import { cleanReport, sampleReport } from "../helpers/sample-report.js";

interface Log {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation?: { readonly artifactLocation: { readonly uri: string } };
        readonly logicalLocations: readonly { readonly name: string; readonly decoratedName?: string }[];
      }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
}

const runOf = (text: string) => {
  const log = JSON.parse(text) as Log;
  const [run] = log.runs;
  if (run === undefined) throw new Error("no run");
  return { log, run };
};

describe("sarif", () => {
  const { log, run } = runOf(sarifReport(sampleReport()));

  test("is a 2.1.0 log of one run by unfork", () => {
    expect(log.version).toBe("2.1.0");
    expect(log.runs).toHaveLength(1);
    expect(run.tool.driver.name).toBe("unfork");
  });

  test("each result points at its rule and has a level that SARIF knows", () => {
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(["error", "warning", "note"]).toContain(result.level);
    }
    expect(run.tool.driver.rules.map((rule) => rule.id).toSorted()).toEqual(Object.keys(RULES).toSorted());
  });

  test("holds conflicts, findings, use cases that are worse and failed stages", () => {
    expect(run.results.map((result) => result.ruleId)).toEqual([
      "feature-conflict",
      "stage-failed",
      "strong-clash",
      "use-case-worse",
      "weak-same",
    ]);
  });

  test("a clash names both archives and the mangled name", () => {
    const clash = run.results.find((result) => result.ruleId === "strong-clash");
    expect(clash?.locations.map((location) => location.physicalLocation?.artifactLocation.uri)).toEqual([
      ".unfork/build/legacy/libwebrtc_legacy.a",
      ".unfork/build/latest/libwebrtc_latest.a",
    ]);
    expect(clash?.locations[0]?.logicalLocations[0]?.decoratedName).toBe("WebRtcIsac_Spec2Poly");
  });

  test("fingerprints are stable and differ", () => {
    const prints = run.results.map((result) => result.partialFingerprints["unforkProblem/v1"]);
    expect(new Set(prints).size).toBe(prints.length);
  });

  test("a clean run has no result of level error", () => {
    expect(runOf(sarifReport(cleanReport())).run.results).toEqual([]);
  });

  test("a hostile path is still a valid relative reference", () => {
    const uris = runOf(sarifReport(hostileReport())).run.results.flatMap((result) =>
      result.locations.flatMap((location) => location.physicalLocation?.artifactLocation.uri ?? []),
    );
    expect(uris.length).toBeGreaterThan(0);
    for (const uri of uris) expect(uri).toMatch(/^[A-Za-z0-9%/._~!*'()-]+$/);
  });
});
