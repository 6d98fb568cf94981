/** Owns the claims about calibration: whole comparisons of a release with itself, on noise as machines make it, and what is known of it afterwards. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Calibration, UseCaseNoise } from "../../src/model/calibration.js";
import { type Metric, useCaseSchema } from "../../src/model/use-case.js";
import { seededRandom } from "../../src/support/random.js";
import { calibrationFile, readCalibration, writeCalibration } from "../../src/usecases/calibration/calibration-file.js";
import { floorOf, noiseBeyond, noiseOf } from "../../src/usecases/calibration/noise.js";
import { type Ran, compareRuns } from "../../src/usecases/compare-runs.js";
import type { RunOutcome } from "../../src/usecases/execute.js";
import { ERROR_RATES, judgePairs } from "../../src/usecases/judge-pairs.js";
import type { RunLog } from "../../src/usecases/run-log.js";
import { EACH_ITS_OWN } from "../../src/usecases/run-pairs.js";
import { standardNormals } from "../stats/normals.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unfork-calibration-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const METRICS = ["cpu", "wall", "memory"];

function useCase(id: string, margin: number) {
  const metrics = METRICS.map((name) => ({ id: name, name, unit: "ns", direction: "lower", margin, relative: true, measured: true }));
  return useCaseSchema.parse({ id, name: id, owner: "o", purpose: "p", run: ["x"], metrics });
}

/**
 * Noise of a busy machine: a state that carries over from run to run (φ = 0.6), now and then a run that takes up to half as long again,
 * and figures in steps.
 */
function machine(seed: number): () => number {
  const [normal, uniform] = [standardNormals(seed), seededRandom(seed + 1)];
  let state = 0;
  return () => {
    state = 0.6 * state + 0.8 * normal();
    const wild = uniform() < 0.05 ? 0.5 * uniform() : 0;
    return Math.round(2000 * Math.exp(0.02 * state + wild)) / 2;
  };
}

/** Runs come from the machine as they are asked for: the same judging as of real ones, nothing is started. */
function logFrom(next: () => number, factor: (useCase: string, arm: string) => number): RunLog {
  return {
    found: 0,
    find: ({ useCase: id, arm }): RunOutcome => {
      const line = Object.fromEntries(METRICS.map((name) => [name, next() * factor(id, arm)]));
      return { status: "ok", line, digests: [] };
    },
    add: () => Promise.resolve(),
  };
}

async function compared(seed: number, margin: number, factor: (useCase: string, arm: string) => number = () => 1) {
  const log = logFrom(machine(seed), factor);
  const places = { program: "", root: "", inputs: "", out: join(folder, "none"), arms: EACH_ITS_OWN, log };
  const first = Array.from({ length: 18 }, (_, index): Ran => {
    const work = { useCase: useCase(`case-${index}`, margin), places, outputs: [] };
    const outcome = (arm: "legacy" | "latest") => log.find({ useCase: work.useCase.id, arm, index: 0 }) as RunOutcome;
    return { ...work, runs: { legacy: [outcome("legacy")], latest: [outcome("latest")] } };
  });
  return await compareRuns(first, 4, async (_label, items, work) => {
    const results = [];
    for (const item of items) results.push(await work(item, undefined));
    return results;
  });
}

describe("whole comparisons of a release with itself, 18 use cases with 3 metrics, up to 16 pairs", () => {
  test("call something worse in at most one of a hundred, with the margin at zero", async () => {
    let wrong = 0;
    for (let seed = 0; seed < 200; seed++) {
      const verdicts = (await compared(seed, 0)).flatMap(({ scattering }) => scattering);
      if (verdicts.some(({ verdict }) => verdict === "worse")) wrong += 1;
    }
    expect(wrong / 200).toBeLessThanOrEqual(ERROR_RATES.falseChange);
  });

  test("find the one use case of which latest lost 30 %, in each of 20", async () => {
    for (let seed = 0; seed < 20; seed++) {
      const all = await compared(seed, 5, (id, arm) => (id === "case-7" && arm === "latest" ? 1.3 : 1));
      const worse = all.filter(({ scattering }) => scattering.some(({ verdict }) => verdict === "worse"));
      expect(worse.map((work) => work.useCase.id)).toEqual(["case-7"]);
    }
  });
});

const CPU: Metric = useCase("any", 5).metrics[0] as Metric;

function noise(useCaseId: string, legacy: number[], latest: number[]): UseCaseNoise {
  const of = noiseOf({ metric: CPU, samples: { legacy, latest } });
  return { useCase: useCaseId, metrics: of === undefined ? [] : [of] };
}

function calibrated(...useCases: UseCaseNoise[]): Calibration {
  const more = { when: "2026-11-30T12:00:00Z", program: "p", jobs: 1, falseChanges: 0 };
  return { machine: "m", useCases: useCases.map((each) => Object.assign({}, more, each)) };
}

describe("what a calibration knows", () => {
  const legacy = [100, 100, 100, 100, 100, 100, 100, 100];
  const quiet = noise("a", legacy, [101, 99, 101, 99, 100, 101, 99, 100]);

  test("is the scatter of pairs on the scale they are judged on, of few pairs nothing", () => {
    expect(quiet.metrics).toMatchObject([{ id: "cpu", pairs: 8, relative: true }]);
    expect(quiet.metrics[0]?.scatter).toBeCloseTo(0.0093, 3);
    expect(noise("a", [1, 1], [1, 2]).metrics).toEqual([]);
  });

  test("keeps a few pairs that happen to agree from being taken for certain", () => {
    const samples = { legacy: [100, 100, 100], latest: [106, 106, 106] };
    const floor = floorOf(calibrated(noise("a", legacy, [120, 90, 105, 95, 112, 88, 101, 99])), "a", CPU);
    expect(judgePairs([{ metric: CPU, samples }], ERROR_RATES)[0]?.verdict).toBe("worse");
    expect(judgePairs([{ metric: CPU, samples, floor }], ERROR_RATES)[0]?.verdict).toBe("inconclusive");
  });

  test("warns of a metric that scatters more than then, and not of one as quiet as then", () => {
    const known = calibrated(quiet, { ...quiet, useCase: "b" });
    const today = [noise("a", legacy, [101, 99, 100, 101, 99, 101, 99, 100]), noise("b", legacy, [120, 80, 110, 100, 130, 90, 100, 110])];
    const excess = noiseBeyond(today, known);
    expect(excess.map(({ useCase: id }) => id)).toEqual(["b"]);
    expect(excess[0]?.times).toBeGreaterThan(10);
  });

  test("stays in its file use case by use case; a broken file is named, one of another machine not used", async () => {
    const file = calibrationFile(folder);
    await writeCalibration(file, calibrated(quiet, { ...quiet, useCase: "b" }).useCases);
    await writeCalibration(file, calibrated({ ...quiet, metrics: [] }).useCases);
    const kept = await readCalibration(file);
    expect(kept?.useCases.map(({ useCase: id, metrics }) => [id, metrics.length])).toEqual([
      ["a", 0],
      ["b", 1],
    ]);
    await writeFile(file, JSON.stringify({ ...kept, machine: "another" }));
    expect(await readCalibration(file)).toBeUndefined();
    await writeFile(file, "{}");
    await expect(readCalibration(file)).rejects.toMatchObject({ code: "input-invalid", message: expect.stringContaining(file) });
    expect(await readFile(file, "utf8")).toBe("{}");
  });
});
