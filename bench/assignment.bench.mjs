/**
 * Measures assignments by processor time: in C++ (g++ and clang++, -O2) and on Node, on one signed seed of 54 use cases; and what judging such a
 * seed costs. Usage: node bench/assignment.bench.mjs [--rounds 31] [--calls 1000000]
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { assign, prepareSeed, stageArms } from "../dist/experiment/assignment/assign.js";
import { judgeSeed } from "../dist/experiment/assignment/judge-seed.js";
import { generateKey, publicPart } from "../dist/experiment/assignment/keys.js";
import { pseudonymOf } from "../dist/experiment/assignment/pseudonym.js";
import { seedText, signBase } from "../dist/experiment/assignment/sign-seed.js";

const RUNTIME = join(import.meta.dirname, "../runtime");
const { values } = parseArgs({ options: { rounds: { type: "string", default: "31" }, calls: { type: "string", default: "1000000" } } });
const [rounds, calls] = [Number(values.rounds), Number(values.calls)];

const signer = generateKey("signer");
const names = Array.from({ length: 54 }, (_, index) => `use-case-${index}`);
const units = Array.from({ length: 1024 }, (_, index) => index.toString(16).padStart(32, "0123456789abcdef"));
const base = {
  project: "bench",
  version: 1,
  issued: "2026-11-30T12:00:00.000Z",
  expires: "2036-11-30T12:00:00.000Z",
  flavors: { legacy: { release: "M120" }, latest: { release: "M150" } },
  keys: [publicPart(signer)],
  revoked: [],
  useCases: Object.fromEntries(names.map((name, index) => [name, useCase(index)])),
};
const text = seedText({ base: signBase(base, [signer]) });

console.log(`a seed of 54 use cases has ${text.length} bytes; processor time, median of ${rounds} rounds and the least\n`);
console.log("| what | ns | least | a second |");
console.log("| --- | --- | --- | --- |");
const folder = mkdtempSync(join(tmpdir(), "unfork-bench-assignment-"));
try {
  writeFileSync(join(folder, "seed.json"), text);
  for (const compiler of ["g++", "clang++"].filter((name) => spawnSync(name, ["--version"]).status === 0)) inCpp(compiler);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
onNode();

function useCase(index) {
  const salt = index.toString(16).padStart(32, "5a");
  return { experiment: `e-${index}`, phase: 4, unit: "device", salt, default: "legacy", arms: stageArms(25, "latest", "legacy") };
}

function inCpp(compiler) {
  const program = join(folder, compiler);
  const sources = readdirSync(join(RUNTIME, "experiment")).filter((file) => file.endsWith(".cc") && file !== "openssl_check.cc");
  const paths = sources.map((file) => join(RUNTIME, "experiment", file));
  const flags = ["-std=c++17", "-O2", "-DNDEBUG", `-I${join(RUNTIME, "include")}`];
  execFileSync(compiler, [...flags, ...paths, join(import.meta.dirname, "assignment/main.cc"), "-pthread", "-o", program]);
  const place = mkdtempSync(join(folder, "place-"));
  const lines = execFileSync(program, [join(folder, "seed.json"), values.rounds, values.calls], { cwd: place, encoding: "utf8" })
    .trim()
    .split("\n");
  for (const line of lines) {
    const [what, ns, least] = line.split("\t");
    row(`${compiler}: ${what}`, Number(ns), Number(least));
  }
}

function onNode() {
  const prepared = prepareSeed(base);
  let treated = 0;
  measure("Node: assignment, the same", calls, (call) => {
    if (assign(prepared, names[call % 54], { device: units[call & 1023] }, "legacy").arm === "treatment") treated += 1;
  });
  measure("Node: a pseudonym", calls / 10, (call) => {
    if (pseudonymOf(units[0], units[1], units[call & 1023]).startsWith("f")) treated += 1;
  });
  const trust = { project: "bench", keys: [publicPart(signer)], previous: undefined, now: Date.parse("2026-12-01T00:00:00Z") };
  measure("Node: a seed read, checked and judged", calls / 5000, () => {
    if (judgeSeed(text, trust).status === "accepted") treated += 1;
  });
  if (treated === 0) throw new Error("nothing was assigned");
}

function measure(what, count, act) {
  const times = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    for (let call = 0; call < count; call += 1) act(call);
    const { user, system } = process.cpuUsage(before);
    return ((user + system) * 1000) / count;
  }).toSorted((a, b) => a - b);
  row(what, times[Math.floor(rounds / 2)], times[0]);
}

function row(what, ns, least) {
  console.log(`| ${what} | ${ns.toFixed(1)} | ${least.toFixed(1)} | ${Math.round(1e9 / ns).toLocaleString("en")} |`);
}
