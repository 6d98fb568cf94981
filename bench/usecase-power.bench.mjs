/**
 * Measures what a run through the runner costs beside a bare spawn, and the smallest change of CPU that a comparison finds at a false rate of 1 %,
 * by time and by callgrind, beside a plain hyperfine comparison of the same pair with as many runs. A small program whose work is told is
 * compiled for it. Usage: node bench/usecase-power.bench.mjs [--same 30] [--planted 10] [--rounds 8000000]
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { useCaseSchema } from "../dist/model/use-case.js";
import { profileUseCase } from "../dist/usecases/callgrind/profile-use-case.js";
import { execute } from "../dist/usecases/execute.js";
import { measureTool } from "../dist/usecases/measure/measure-tool.js";
import { EACH_ITS_OWN } from "../dist/usecases/run-pairs.js";
import { runUseCases } from "../dist/usecases/run-use-cases.js";

const { values } = parseArgs({
  options: {
    same: { type: "string", default: "30" },
    planted: { type: "string", default: "10" },
    rounds: { type: "string", default: "8000000" },
  },
});
/** In percent. */
const CHANGES = [0.5, 1, 2, 4];
const PROFILED = [0, 0.1, 0.2, 0.5];
/** 4 pairs, then 8, then 16: what a comparison runs while nothing is settled, the warm-up beside. */
const REPEAT = 4;
const RUNS = 17;
/** Quantiles of the normal distribution: 1 % false, found four times out of five. */
const REACH = 2.326 + 0.842;

const TITLES = { unfork: "unfork, CPU time, pairs", wall: "hyperfine, mean of each", cpu: "hyperfine, user and system time" };

const folder = mkdtempSync(join(tmpdir(), "unfork-bench-power-"));
const program = join(folder, "loop");
try {
  execFileSync("g++", ["-O1", join(import.meta.dirname, "usecase-power/loop.cc"), "-o", program]);
  console.log(`load ${loadavg()[0].toFixed(1)}\n`);
  await overhead();
  await power();
  await profiles();
  console.log(`\nload ${loadavg()[0].toFixed(1)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A run that does nothing, by turns. */
async function overhead() {
  await measureTool();
  const rows = { bare: [], measured: [], whole: [] };
  const tool = await measureTool();
  for (let round = 0; round < 101; round++) {
    rows.bare.push(await timed(() => ended([program, "legacy", "1", "0"])));
    rows.measured.push(await timed(() => ended([tool, join(folder, "result.json"), "seconds=60", "--", program, "legacy", "1", "0"])));
    const { limits } = useCase(0);
    const whole = {
      argv: [program, "legacy", "1", "0"],
      cwd: folder,
      environment: {},
      out: folder,
      outputs: [],
      timeoutSeconds: 60,
      limits,
    };
    rows.whole.push(await timed(() => execute(whole)));
  }
  console.log("| a run that does nothing | ms, median of 101 | more than the bare spawn |");
  console.log("| --- | --- | --- |");
  const bare = median(rows.bare);
  const titles = {
    bare: "bare spawn from Node",
    measured: "through the measuring program",
    whole: "through the runner, with limits, figures and checks",
  };
  for (const [name, title] of Object.entries(titles)) {
    const ms = median(rows[name]);
    console.log(`| ${title} | ${ms.toFixed(2)} | ${name === "bare" ? "" : `${(ms - bare).toFixed(2)} ms`} |`);
  }
}

async function timed(work) {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

function ended([command, ...args]) {
  return new Promise((resolve) => spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] }).once("close", resolve));
}

async function power() {
  const same = { unfork: [], wall: [], cpu: [] };
  let wrong = 0;
  for (let index = 0; index < Number(values.same); index++) {
    const ours = await byUnfork(0);
    same.unfork.push(ours.change);
    if (ours.verdict === "worse") wrong += 1;
    const theirs = byHyperfine(0);
    same.wall.push(theirs.wall);
    same.cpu.push(theirs.cpu);
  }
  console.log(`\n${values.same} comparisons of the program with itself, ${RUNS} runs of each flavor; unfork called ${wrong} worse\n`);
  console.log("| changes seen where there is none | standard deviation | smallest change at 1 % false, found 4 of 5 times | ratio |");
  console.log("| --- | --- | --- | --- |");
  for (const [name, title] of Object.entries(TITLES)) {
    const [own, ours] = [deviation(same[name]), deviation(same.unfork)];
    console.log(`| ${title} | ${own.toFixed(3)} % | ${(REACH * own).toFixed(2)} % | ${(own / ours).toFixed(1)} |`);
  }
  await planted({ wall: 2.326 * deviation(same.wall), cpu: 2.326 * deviation(same.cpu) });
}

/** Found is: called worse by unfork; by hyperfine's means, further apart than those of one program with itself in 1 of 100. */
async function planted(thresholds) {
  const heads = Object.entries(thresholds).map(([name, limit]) => `${TITLES[name]}: beyond ${limit.toFixed(2)} %`);
  console.log(`\n| planted | unfork says worse | smallest loss it says it sees, median | ${heads.join(" | ")} |`);
  console.log("| --- | --- | --- | --- | --- |");
  for (const change of CHANGES) console.log(await plantedRow(change, thresholds));
}

async function plantedRow(change, thresholds) {
  const count = Number(values.planted);
  const [found, seen] = [{ unfork: 0, wall: 0, cpu: 0 }, []];
  for (let index = 0; index < count; index++) {
    const { verdict, detectable } = await byUnfork(change);
    seen.push(detectable);
    if (verdict === "worse") found.unfork += 1;
    const theirs = byHyperfine(change);
    for (const figure of ["wall", "cpu"]) if (theirs[figure] > thresholds[figure]) found[figure] += 1;
  }
  return `| +${change} % | ${found.unfork} of ${count} | ${median(seen).toFixed(2)} % | ${found.wall} of ${count} | ${found.cpu} of ${count} |`;
}

function useCase(change) {
  const metric = { id: "run.cpuMs", name: "CPU", unit: "ms", direction: "lower", margin: 0, relative: true, measured: true };
  const run = ["{program}", "{flavor}", values.rounds, String(change * 100)];
  return useCaseSchema.parse({ id: "loop", name: "loop", owner: "bench", purpose: "bench", run, metrics: [metric] });
}

async function byUnfork(change) {
  const places = { program, root: folder, inputs: join(folder, "inputs"), out: join(folder, "out"), repeat: REPEAT, jobs: 1 };
  const { measurements } = await runUseCases({ useCases: [useCase(change)], ...places });
  const [metric] = measurements[0].metrics;
  return { verdict: metric.verdict, change: metric.statistics.change, detectable: metric.statistics.detectable };
}

/** As its user would: one program, then the other; the means side by side, in percent: by the clock, and of processor time. */
function byHyperfine(change) {
  const file = join(folder, "hyperfine.json");
  const commands = ["legacy", "latest"].map((flavor) => `${program} ${flavor} ${values.rounds} ${change * 100}`);
  const args = ["--shell=none", "--warmup", "1", "--runs", String(RUNS - 1), "--export-json", file, ...commands];
  const { status, stderr } = spawnSync("hyperfine", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  const [legacy, latest] = JSON.parse(readFileSync(file, "utf8")).results;
  return { wall: 100 * (latest.mean / legacy.mean - 1), cpu: 100 * (cpuOf(latest) / cpuOf(legacy) - 1) };
}

async function profiles() {
  console.log("\n| planted | instructions by callgrind | two runs of one flavor lie apart by | the function named first |");
  console.log("| --- | --- | --- | --- |");
  const places = { program, root: folder, inputs: folder, out: join(folder, "profiles"), arms: EACH_ITS_OWN };
  for (const change of PROFILED) {
    const { metric, functions } = await profileUseCase(useCase(change), places, undefined);
    const again = await profileUseCase(useCase(change), places, undefined);
    const percent = 100 * (metric.latest / metric.legacy - 1);
    const apart = Math.abs(100 * (again.metric.legacy / metric.legacy - 1));
    console.log(`| +${change} % | ${percent.toFixed(4)} % | ${apart.toFixed(5)} % | ${functions[0]?.name ?? "none"} |`);
  }
}

function cpuOf({ user, system }) {
  return user + system;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function deviation(numbers) {
  const mean = numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  return Math.sqrt(numbers.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (numbers.length - 1));
}
