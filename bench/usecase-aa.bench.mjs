/**
 * Measures how often a comparison of a release with itself calls something worse: records runs of a project's use cases, legacy with
 * itself, by the command, and puts whole comparisons together from blocks of them, judged by the very code that judges new ones.
 * Beside it the same by a plain t-test per metric, and by one run of each flavor.
 * Usage: node bench/usecase-aa.bench.mjs [--project examples/webrtc-audio] [--pairs 64] [--comparisons 200] [--record FILE]
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { estimatePaired, pAbove } from "../dist/stats/paired.js";
import { compareRuns, measuredMetrics } from "../dist/usecases/compare-runs.js";
import { loadUseCases } from "../dist/usecases/load-use-cases.js";
import { harmsOf } from "../dist/usecases/pair-scale.js";
import { EACH_ITS_OWN } from "../dist/usecases/run-pairs.js";
import { recordedRuns, resampledLog } from "./usecase-aa/resample.mjs";

const { values } = parseArgs({
  options: {
    project: { type: "string", default: "examples/webrtc-audio" },
    pairs: { type: "string", default: "64" },
    comparisons: { type: "string", default: "200" },
    record: { type: "string" },
  },
});
const REPEAT = 4;
const project = resolve(values.project);
const folder = mkdtempSync(join(tmpdir(), "unfork-bench-aa-"));
try {
  if (existsSync(join(project, ".unfork/use-cases"))) await measure();
  else console.log(`skipped: ${project} has not been built (run the demo first, or give --project)`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure() {
  const file = values.record === undefined ? join(folder, "runs.ndjson") : resolve(values.record);
  const load = existsSync(file) ? "recorded before" : record(file);
  const recorded = recordedRuns(file);
  const useCases = (await loadUseCases(join(project, "use-cases"))).filter(({ id }) => recorded.has(id));
  const runs = [...recorded.values()].reduce((sum, each) => sum + each.runs.length, 0);
  console.log(`${useCases.length} use cases, ${runs} runs of one release (load ${load}), ${values.comparisons} comparisons\n`);
  console.log("| margins | metrics | false worse: unfork | false better: unfork | a t-test per metric, 5 % | one run each |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  for (const margin of ["their own", "0"]) console.log(await rowOf(useCases, recorded, margin));
}

function record(file) {
  const bin = join(import.meta.dirname, "../bin/unfork.js");
  const args = ["usecase", "compare", "--aa", "--repeat", values.pairs, "--jobs", "1", "--record", file, "--out", folder, "--json"];
  const before = loadavg()[0].toFixed(1);
  const { status, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd: project, encoding: "utf8" });
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return `${before} to ${loadavg()[0].toFixed(1)}`;
}

async function rowOf(useCases, recorded, margin) {
  const own = useCases.map((useCase) => withMargin(useCase, margin));
  const wrong = { worse: 0, better: 0, plain: 0, single: 0 };
  let metrics = 0;
  for (let seed = 0; seed < Number(values.comparisons); seed++) {
    const compared = await comparison(own, resampledLog(recorded, seed));
    const verdicts = compared.flatMap(({ scattering }) => scattering.map(({ verdict }) => verdict));
    metrics = verdicts.length;
    if (verdicts.includes("worse")) wrong.worse += 1;
    if (verdicts.includes("better")) wrong.better += 1;
    const measured = compared.flatMap(measuredMetrics);
    if (measured.some(isWorseByItself)) wrong.plain += 1;
    if (measured.some(isWorseByOneRun)) wrong.single += 1;
  }
  return `| ${[margin, metrics, wrong.worse, wrong.better, wrong.plain, wrong.single].join(" | ")} |`;
}

/** Without limits at a margin of 0: whether a release keeps a bound is another question. */
function withMargin(useCase, margin) {
  if (margin !== "0") return useCase;
  return {
    ...useCase,
    metrics: useCase.metrics.map((metric) => (metric.measured ? Object.assign({}, metric, { margin: 0, limit: undefined }) : metric)),
  };
}

async function comparison(useCases, log) {
  const places = { program: "", root: "", inputs: "", out: join(folder, "none"), arms: EACH_ITS_OWN, log };
  const first = useCases.map((useCase) => {
    const outcome = log.find({ useCase: useCase.id, arm: "legacy", index: 0 });
    return { useCase, places, outputs: [], runs: { legacy: [outcome], latest: [outcome] } };
  });
  return await compareRuns(first, REPEAT, oneByOne);
}

async function oneByOne(_label, items, work) {
  const results = [];
  for (const item of items) results.push(await work(item, undefined));
  return results;
}

function marginOn({ relative }, { margin }) {
  return relative ? Math.log1p(margin / 100) : margin;
}

/** As a script that compares one metric would: mean beyond the margin, p below 5 %. */
function isWorseByItself({ metric, samples }) {
  const found = harmsOf(metric, samples);
  const estimate = estimatePaired(found.harms.slice(0, REPEAT));
  return estimate !== undefined && pAbove(estimate, marginOn(found, metric)) < 0.05;
}

function isWorseByOneRun({ metric, samples }) {
  const found = harmsOf(metric, samples);
  return found.harms[0] > marginOn(found, metric);
}
