/** What `npm run demo` left, held against nm and the journal: real archives of WebRTC's two releases. Skipped where no demo has been run. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import type { FlavorBuildResult } from "../../src/model/build.js";
import { type RunReport, runReportSchema } from "../../src/model/report.js";
import { packageRoot } from "../../src/support/version.js";
import { nmCommonNames, nmDefinedNames } from "../helpers/nm.js";

const OUTPUT = process.env["UNFORK_DEMO_OUTPUT"] ?? join(packageRoot(), "examples/webrtc-audio/.unfork");
const REPORT = join(OUTPUT, "report/report.json");
const isThere = existsSync(REPORT);

function report(): RunReport {
  return runReportSchema.parse(JSON.parse(readFileSync(REPORT, "utf8")));
}

function archive(flavor: "legacy" | "latest"): string {
  const path = join(OUTPUT, "build", flavor, `lib${flavor}.a`);
  expect(existsSync(path)).toBe(true);
  return path;
}

/** A name of the toolchain's own library: std or __gnu_cxx is its outermost scope, or it is the ABI's own reference. */
function isToolchains(name: string): boolean {
  return /^_Z(T[VTISG]|GV|Z)?(N[KVRO]*)?(S[tabsiod]|9__gnu_cxx)/.test(name) || name.startsWith("DW.ref.");
}

describe.skipIf(!isThere)(`the WebRTC demo's result (needs a run of "npm run demo"; looked for ${REPORT})`, () => {
  it("shares no defined global name between the archives outside the toolchain's library, by nm", async () => {
    const common = await nmCommonNames(archive("legacy"), archive("latest"));
    expect(common.filter((name) => !isToolchains(name))).toEqual([]);
    expect(common.length).toBe(report().audit?.shared.reduce((sum, entry) => sum + entry.names, 0));
  });

  it("counts as many defined names per flavor as nm does", async () => {
    for (const flavor of ["legacy", "latest"] as const) {
      const counted = report().audit?.flavors.find((each) => each.name === flavor)?.definedNames;
      expect(counted).toBe((await nmDefinedNames(archive(flavor))).length);
    }
  });

  it("had thousands of clashes before isolation and none after", () => {
    expect(report().audit?.clashesBefore).toBeGreaterThan(2000);
    expect(report().audit?.clashes).toBe(0);
  });

  it("has every fate a feature can have", () => {
    const { features } = report();
    expect(new Set(features.map((feature) => feature.status))).toEqual(new Set(["clean", "auto", "upstreamed"]));
    expect(features.some((feature) => feature.detail.includes("moved to"))).toBe(true);
    expect(features.some((feature) => feature.detail.includes("recorded resolution"))).toBe(true);
  });

  it("writes the same bytes with both releases in one process, and other sound with each", () => {
    const { joint, useCases } = report();
    expect(joint.length).toBeGreaterThan(0);
    expect(joint.filter((result) => result.status !== "equal")).toEqual([]);
    const differ = useCases.filter((useCase) => new Set(useCase.outputs.map((output) => output.sha256)).size > 1);
    expect(differ.length).toBeGreaterThan(useCases.length / 2);
  });

  it("has three programs, and the dual one is smaller than the two others together", () => {
    const size = Object.fromEntries(report().sizes.map((each) => [each.mode, each.stripped]));
    expect(size["dual"]).toBeGreaterThan(Math.max(size["legacy"] ?? 0, size["latest"] ?? 0));
    expect(size["dual"]).toBeLessThan((size["legacy"] ?? 0) + (size["latest"] ?? 0));
  });

  it("lists the archives it was made of in its journal", () => {
    const entry = JSON.parse(readFileSync(join(OUTPUT, "runs", latestRunFolder(), "04-build.json"), "utf8")) as {
      output: Record<string, FlavorBuildResult>;
    };
    expect(entry.output["legacy"]?.archives.every((path) => existsSync(path))).toBe(true);
  });
});

/** The newest run that has built. */
function latestRunFolder(): string {
  const runs = readdirSync(join(OUTPUT, "runs")).toSorted();
  return runs.findLast((name) => existsSync(join(OUTPUT, "runs", name, "04-build.json"))) ?? "none";
}
