import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { analyzeAlone } from "../../../src/experiment/offline/analyze-alone.js";
import { readAnalyses, readExperiments } from "../../../src/experiment/offline/read-experiment.js";
import { analysisOf, crashes, exposed } from "../../helpers/arms.js";
import { experimentWith, runningEntry } from "../../helpers/experiments.js";
import { temporaryFolder } from "../../helpers/temp.js";

const root = temporaryFolder();

function file(name: string, value: unknown): string {
  const path = join(root, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

const ANALYSIS = analysisOf(900, [crashes("treatment", 900, 14), crashes("control", 900, 1)]);

describe("an analysis without a server", () => {
  it("reads an experiment by itself, with its ramp, or in a list, and decides as the server would", async () => {
    const { experiment, ramp } = runningEntry();
    for (const value of [experiment, { experiment, ramp, decision: null }, [{ experiment }]]) {
      const files = await readExperiments(file("experiments.json", value));
      const analyses = await readAnalyses(file("arms.json", ANALYSIS));
      expect(analyzeAlone({ files, analyses })).toMatchObject([{ action: "halt", phase: 1, budget: { tests: 1 } }]);
    }
  });

  it("takes each phase of the data for the next stage where no ramp is told", () => {
    const exposures = [1, 2].flatMap((phase) => [exposed("treatment", 500, phase), exposed("control", 500, phase)]);
    const files = [{ experiment: experimentWith(), looks: [] }];
    expect(analyzeAlone({ files, analyses: [analysisOf(0, [], exposures)] })).toMatchObject([{ phase: 2, percent: 10 }]);
  });

  it("lets all experiments of the file share the budget, also those without data", () => {
    const files = [experimentWith(), experimentWith({ useCase: "other" })].map((experiment) => ({ experiment, looks: [] }));
    expect(analyzeAlone({ files, analyses: [ANALYSIS] })).toMatchObject([{ budget: { tests: 2, share: 0.5 } }]);
  });

  it("says what is wrong with a file, by its keys", async () => {
    await expect(readExperiments(file("bad.json", { ...experimentWith(), salt: "x" }))).rejects.toThrow(/bad\.json: .*salt/);
    await expect(readAnalyses(file("bad.json", { statistics: [] }))).rejects.toThrow("bad.json");
  });
});
