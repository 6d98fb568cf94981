/**
 * Measures decisions: processor time of a look at an experiment of five metrics, and how often a gate that is looked at every day lets harm of exactly
 * the margin through, and how often none. Usage: node bench/decisions.bench.mjs [--runs 4000]
 */
import { parseArgs } from "node:util";

import { decide } from "../dist/experiment/decide/decide.js";
import { effectOf } from "../dist/experiment/decide/effect.js";
import { gateOf } from "../dist/experiment/decide/gate.js";
import { drawBinomial, normalStream, uniformStream } from "../dist/experiment/simulate/draws.js";

const { values } = parseArgs({ options: { runs: { type: "string", default: "4000" } } });
const runs = Number(values.runs);

console.log("| a look at an experiment | µs | µs a metric |\n| --- | --- | --- |");
for (const [what, change] of [
  ["halt layer alone", { detail: false }],
  ["and the gate", { detail: false, due: true }],
  ["with all that people read", { detail: true, due: true }],
])
  timed(what, change);

console.log("\n| gate, 30 daily looks | harm | passes | by the planned looks | median units per arm |\n| --- | --- | --- | --- | --- |");
const uniform = uniformStream(7);
const normal = normalStream(uniform);
const metric = { name: "m", better: "lower", role: "guardrail" };
passing("mean, margin 0.1 sd", { ...metric, kind: "mean", margin: 5, plannedUnits: 1500 }, 250, sumsOf);
passing("rare, 0.3 %, margin 0.2 points", { ...metric, kind: "rare", margin: 0.002, plannedUnits: 18_000 }, 1500, countsOf(0.003));
passing("rare, 0.05 %, margin 0.2 points", { ...metric, kind: "rare", margin: 0.002, plannedUnits: 5000 }, 500, countsOf(0.0005));

function timed(what, { detail, due = false }) {
  const metrics = [
    { ...rare(), margin: 0.001 },
    ...["a", "b", "c", "d"].map((name) => ({ name, kind: "mean", margin: 1, better: "lower", role: "guardrail" })),
  ];
  const ends = { from: { flavor: "legacy", release: "1" }, to: { flavor: "latest", release: "2" } };
  const stages = [{ percent: 50, minExposures: due ? 100 : 1e9, minHours: 0, marginFactor: 1 }];
  const experiment = {
    id: "e",
    project: "p",
    useCase: "u",
    ...ends,
    unit: "device",
    salt: "0".repeat(32),
    stages,
    metrics,
    aa: false,
    dependsOn: [],
    freeze: [],
  };
  const ramp = { experiment: "e", state: "running", phases: [{ phase: 1, stage: 0, percent: 50, began: "2026-11-30T00:00:00Z" }] };
  const arms = ["treatment", "control"];
  const statistics = metrics.flatMap(({ name }) =>
    arms.map((arm) => ({ experiment: "e", phase: 1, arm, metric: name, units: 5000, sum: 5e4, sumSquares: 1e6, events: 30 })),
  );
  const exposures = arms.map((arm) => ({ experiment: "e", phase: 1, arm, units: 5000, silent: 3 }));
  const at = "2026-12-02T00:00:00Z";
  const budget = { method: "split", alpha: 0.05, share: 1 / 54, tests: 270 };
  const request = { experiment, ramp, analysis: { experiment: "e", at, statistics, exposures }, looks: [], budget, at, detail };
  const times = detail ? 1000 : 20_000;
  for (let i = 0; i < times; i++) decide(request);
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) decide(request);
  const { user, system } = process.cpuUsage(before);
  const each = (user + system) / times;
  console.log(`| ${what} | ${each.toFixed(1)} | ${(each / metrics.length).toFixed(1)} |`);
}

function rare() {
  return { name: "crash", kind: "rare", better: "lower", role: "guardrail" };
}

function sumsOf(row, perDay, shift) {
  const day = shift + (normal() * 50) / Math.sqrt(perDay);
  return {
    ...row,
    units: row.units + perDay,
    sum: row.sum + perDay * day,
    sumSquares: row.sumSquares + perDay * day * day + (perDay - 1) * 2500,
  };
}

function countsOf(rate) {
  return (row, perDay, shift) => {
    const events = drawBinomial(uniform, perDay, rate + shift);
    return {
      ...row,
      units: row.units + perDay,
      sum: row.sum + events,
      sumSquares: row.sumSquares + events,
      events: (row.events ?? 0) + events,
    };
  };
}

function passing(what, tested, perDay, add) {
  for (const [harm, shift] of [
    ["the margin", tested.margin],
    ["none", 0],
  ]) {
    const passed = Array.from({ length: runs }, () => oneGate(tested, perDay, add, shift)).filter((one) => one !== undefined);
    const units = passed.map((one) => one.units).toSorted((a, b) => a - b);
    const planned = passed.filter((one) => one.by === "planned").length;
    const percent = (count) => `${((count / runs) * 100).toFixed(2)} %`;
    console.log(`| ${what} | ${harm} | ${percent(passed.length)} | ${percent(planned)} | ${units[units.length >> 1] ?? "–"} |`);
  }
}

function oneGate(tested, perDay, add, shift) {
  const stage = { percent: 50, minExposures: Math.round(tested.plannedUnits / 5), minHours: 0, marginFactor: 1 };
  const empty = { experiment: "e", phase: 1, metric: "m", units: 0, sum: 0, sumSquares: 0 };
  let [treatment, control] = [
    { ...empty, arm: "treatment" },
    { ...empty, arm: "control" },
  ];
  const looks = [];
  for (let day = 0; day < 30; day++) {
    [treatment, control] = [add(treatment, perDay, shift), add(control, perDay, 0)];
    const strata = [{ phase: 1, treatment, control }];
    const due = treatment.units >= stage.minExposures;
    const gate = gateOf({ metric: tested, stage, strata, effect: effectOf(tested, strata), looks, due });
    if (due && gate.passed) return { units: treatment.units, by: gate.by };
    if (gate.fraction > (looks.at(-1)?.fractions.m ?? 0)) looks.push({ stage: 0, at: "", fractions: { m: gate.fraction }, passed: [] });
  }
  return undefined;
}
