/**
 * Measures `unfork isolate` of a whole tree (read, rename, write) against `cp -r` of the same files: whole processes through
 * the command line, by turns, medians of seven after one round that does not count. Nothing is removed before the end: ext4
 * makes new files several times as slowly for a while after many were removed.
 * Usage: node bench/isolate.bench.mjs [--rounds N] [--only disk|memory|linear] [WEBRTC_FOLDER]
 */
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import * as loader from "node:module";
import { homedir, tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const SELF = fileURLToPath(import.meta.url);
const CODE = /\.(c|m|cc|cpp|cxx|c\+\+|C|mm|cu|h|hh|hpp|hxx|h\+\+|H|ixx|cppm|inl|inc|ipp|tcc|tpp|S|s|sx|asm|nasm)$/;
const NAMESPACES = ["webrtc", "dcsctp"];
const EDITED_FILES = 10;

if (process.argv[2] === "--child") await child(process.argv.slice(3));
else main();

/** One command line in this process; CPU time and memory go to stderr. */
async function child(args) {
  const { createRequire, enableCompileCache } = loader;
  const require = createRequire(import.meta.url);
  // As bin/unfork.js does.
  const keep =
    enableCompileCache === undefined
      ? require("../dist/bundle/before.js").before(args, join(dirname(SELF), "../dist/bundle"))
      : enableCompileCache();
  process.exitCode = await require("../dist/bundle/main.js").main(args);
  if (typeof keep === "function") keep();
  const { user, system } = process.cpuUsage();
  console.error(`\n${JSON.stringify({ cpuMs: (user + system) / 1000, rssMb: process.resourceUsage().maxRSS / 1024 })}`);
}

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: "string", default: "7" }, only: { type: "string" } },
  });
  const tree = positionals[0] ?? cachedTree();
  if (tree === undefined) {
    console.log("| isolate a whole WebRTC | not measured: no WebRTC in the cache; run the demo first or name a folder | | |");
    return;
  }
  const rounds = Number(values.rounds);
  const wanted = (name) => values.only === undefined || values.only === name;
  if (wanted("disk")) measureOn(tree, tmpdir(), "on disk", rounds);
  if (wanted("memory") && existsSync("/dev/shm")) measureOn(tree, "/dev/shm", "in memory", rounds);
  if (wanted("linear") && existsSync("/dev/shm")) measureGrowth(tree);
}

function cachedTree() {
  const given = process.env["UNFORK_CACHE"];
  const trees = join(given === undefined || given === "" ? join(homedir(), ".cache", "unfork") : given, "trees");
  const names = existsSync(trees) ? readdirSync(trees) : [];
  const folders = names.map((name) => join(trees, name, "tree", "third_party", "webrtc")).filter((folder) => existsSync(folder));
  const sized = folders.map((folder) => ({ folder, files: filesOf(folder).length })).toSorted((a, b) => b.files - a.files);
  return sized[0]?.folder;
}

/** Every file of a tree, relative to it. */
function filesOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => relative(folder, join(entry.parentPath, entry.name))).toSorted();
}

function sizeOf(folder) {
  const files = filesOf(folder);
  const bytes = files.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
  return { files, bytes, text: `${files.length.toLocaleString("en")} files, ${(bytes / 1e6).toFixed(1)} MB` };
}

function measureOn(tree, place, where, rounds) {
  const folder = mkdtempSync(join(place, "unfork-bench-"));
  try {
    const whole = join(folder, "whole");
    run("cp", ["-r", tree, whole]);
    const code = join(folder, "code");
    for (const path of filesOf(whole).filter((name) => CODE.test(name))) {
      mkdirSync(dirname(join(code, path)), { recursive: true });
      cpSync(join(whole, path), join(code, path));
    }
    measure(folder, code, `C-family files of the tree ${where}`, rounds);
    measure(folder, whole, `whole tree ${where}`, rounds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(folder, source, what, rounds) {
  const { files, text } = sizeOf(source);
  const runs = { fresh: [], none: [], ten: [], copy: [], open: [] };
  for (let round = -1; round < rounds; round++) {
    const out = join(folder, `out-${source.length}-${round}`);
    const taken = {
      fresh: isolate(source, out, NAMESPACES),
      copy: run("cp", ["-r", source, `${out}-copy`]),
      none: isolate(source, out, NAMESPACES),
    };
    edit(source, files, round);
    taken.ten = isolate(source, out, NAMESPACES);
    taken.open = isolate(source, `${out}-open`, []);
    if (round >= 0) for (const [name, list] of Object.entries(runs)) list.push(taken[name]);
  }
  const copy = median(runs.copy.map(({ ms }) => ms));
  row(`isolate the ${what} (${text})`, runs.fresh, copy);
  row(`the same, namespaces not given`, runs.open, copy);
  row(`again over the output, nothing changed`, runs.none, copy);
  row(`again after ${EDITED_FILES} files changed`, runs.ten, copy);
}

/** Ten files spread over the tree get another function each. */
function edit(source, files, round) {
  const code = files.filter((path) => /\.(cc|h)$/.test(path));
  for (let i = 0; i < EDITED_FILES; i++) {
    const path = code[(i * 487 + (round + 1) * 31) % code.length];
    appendFileSync(join(source, path), `\nnamespace webrtc { inline int BenchRound${round + 1}() { return ${i}; } }\n`);
  }
}

/** The tree once, four and sixteen times beside itself. */
function measureGrowth(tree) {
  const folder = mkdtempSync("/dev/shm/unfork-bench-");
  try {
    for (const times of [1, 4, 16]) {
      const source = join(folder, `source-${times}`);
      mkdirSync(source);
      for (let copy = 0; copy < times; copy++) run("cp", ["-r", tree, join(source, `copy${copy}`)]);
      const { bytes, text } = sizeOf(source);
      const taken = [0, 1, 2].map((round) => isolate(source, join(folder, `out-${times}-${round}`), NAMESPACES));
      const ms = median(taken.map((one) => one.ms));
      console.log(
        `| isolate the tree ${times} × in memory (${text}); ${figures(taken)} | ${ms.toFixed(0)} ms | ${(bytes / 1e3 / ms).toFixed(0)} MB/s | |`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isolate(source, out, namespaces) {
  const named = namespaces.length === 0 ? [] : ["--namespace", ...namespaces];
  const args = ["isolate", source, "--flavor", "latest", "--out", out, "--release", "bench", "--quiet", ...named];
  const { ms, stderr } = run(process.execPath, [SELF, "--child", ...args]);
  return { ms, ...JSON.parse(stderr.trim().split("\n").at(-1)) };
}

function run(command, args) {
  const since = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  const ms = performance.now() - since;
  if (status !== 0 && !(args.includes("--child") && status === 1))
    throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${stderr}`);
  return { ms, stdout, stderr };
}

function median(list) {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
}

function figures(runs) {
  const cpu = median(runs.map(({ cpuMs }) => cpuMs)) / 1000;
  return `${cpu.toFixed(2)} s CPU, ${median(runs.map(({ rssMb }) => rssMb)).toFixed(0)} MB memory`;
}

function row(what, runs, copy) {
  const ours = median(runs.map(({ ms }) => ms));
  console.log(`| ${what}; ${figures(runs)} | ${ours.toFixed(0)} ms | \`cp -r\` ${copy.toFixed(0)} ms | ${(ours / copy).toFixed(2)} |`);
}
