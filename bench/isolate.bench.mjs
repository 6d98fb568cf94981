/**
 * Measures isolating a whole tree (read, rename, write) against `cp -r` of it: whole processes, pairs alternating, medians.
 * Nothing is removed before the end: ext4 makes new files several times as slowly for a while after many were removed.
 * Usage: node bench/isolate.bench.mjs [WEBRTC_FOLDER]. Without one: the biggest WebRTC among the cached trees.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROUNDS = 7;
const SELF = fileURLToPath(import.meta.url);
const PLAN = { namespaces: ["webrtc", "dcsctp"], names: [], keep: [], exclude: [], files: [] };

const [first, ...rest] = process.argv.slice(2);
if (first === "--child") await child(...rest);
else measure(first ?? cachedTree());

async function child(source, target) {
  const { isolateTree } = await import("../dist/isolate/isolate-tree.js");
  const before = process.cpuUsage();
  const { edits } = await isolateTree({ flavor: "latest", release: "bench", source, target, plan: PLAN });
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ edits, cpuMs: (user + system) / 1000, rssMb: process.resourceUsage().maxRSS / 1024 }));
}

/** Every file of a tree with its size. */
function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
}

function cachedTree() {
  const given = process.env["UNFORK_CACHE"];
  const trees = join(given === undefined || given === "" ? join(homedir(), ".cache", "unfork") : given, "trees");
  const names = existsSync(trees) ? readdirSync(trees) : [];
  const folders = names.map((name) => join(trees, name, "tree", "third_party", "webrtc")).filter((folder) => existsSync(folder));
  const sized = folders.map((folder) => ({ folder, files: filesOf(folder).length })).toSorted((a, b) => b.files - a.files);
  return sized[0]?.folder;
}

function measure(tree) {
  if (tree === undefined) {
    console.log("| isolate a whole WebRTC | not measured: no WebRTC in the cache; run the demo first or name a folder | | |");
    return;
  }
  const files = filesOf(tree);
  const bytes = files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  const size = `${files.length.toLocaleString("en")} files, ${(bytes / 1e6).toFixed(1)} MB`;
  measureOn(tree, tmpdir(), `on disk, ${size}`);
  if (existsSync("/dev/shm")) measureOn(tree, "/dev/shm", `in memory, ${size}`);
}

function measureOn(tree, place, where) {
  const folder = mkdtempSync(join(place, "unfork-bench-"));
  try {
    const source = join(folder, "source");
    run("cp", ["-r", tree, source]);
    const [ours, again, copy, facts] = [[], [], [], []];
    for (let round = -1; round < ROUNDS; round++) {
      const isolated = join(folder, `isolated-${round}`);
      const fresh = run(process.execPath, [SELF, "--child", source, isolated]);
      const second = run(process.execPath, [SELF, "--child", source, isolated]);
      const copied = run("cp", ["-r", source, join(folder, `copied-${round}`)]);
      if (round < 0) continue;
      ours.push(fresh.ms);
      again.push(second.ms);
      copy.push(copied.ms);
      facts.push(JSON.parse(fresh.stdout));
    }
    const cpu = `${(median(facts.map(({ cpuMs }) => cpuMs)) / 1000).toFixed(2)} s CPU, ${median(facts.map(({ rssMb }) => rssMb)).toFixed(0)} MB memory`;
    row(`isolate a whole WebRTC ${where} (${facts[0].edits.toLocaleString("en")} edits, ${cpu})`, median(ours), median(copy));
    row(`isolate it again over the output, nothing changed, ${where}`, median(again), median(copy));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(command, args) {
  const since = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  const ms = performance.now() - since;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${stderr}`);
  return { ms, stdout };
}

function median(list) {
  return list.toSorted((a, b) => a - b)[(list.length - 1) / 2];
}

function row(what, ours, copy) {
  console.log(`| ${what} | ${ours.toFixed(0)} ms | \`cp -r\` ${copy.toFixed(0)} ms | ${(ours / copy).toFixed(2)} × |`);
}
