/**
 * Measures the port of a project's features: CPU and wall time of a run over a repository whose bases are there, and how many processes
 * it starts. The tree is made up: text files in folders, of which upstream changed every third; each feature edits three files
 * and every fifth builds on the one before.
 * Usage: node bench/patch-features.bench.mjs [--features 50] [--files 2000] [--rounds 5] [--project FOLDER]
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const SELF = fileURLToPath(import.meta.url);

if (process.argv[2] === "--child") await child(process.argv[3]);
else main();

/** One run in this process; what it started and its own time go to stdout. */
async function child(root) {
  const { applyFeatures } = await import("../dist/patches/apply-features.js");
  const { loadFeatures } = await import("../dist/patches/load-features.js");
  const { listen } = await import("../dist/support/bus.js");
  let commands = 0;
  listen((event) => (commands += event.type === "command:start" ? 1 : 0));
  const tree = (id) => ({ id, tree: { path: join(root, "sources", id), digest: createHash("sha256").update(id).digest("hex") } });
  const since = performance.now();
  const result = await applyFeatures({
    repository: join(root, "patches.git"),
    releases: { from: tree("M1"), to: tree("M2") },
    features: await loadFeatures(join(root, "features")),
    workFolder: join(root, "conflicts"),
    treesFolder: join(root, "trees"),
  });
  const { user, system } = process.cpuUsage();
  const [, latest] = result.candidates;
  console.log(
    JSON.stringify({ ms: performance.now() - since, own: (user + system) / 1000, commands, commit: latest.commit, status: result.status }),
  );
}

function main() {
  const { values } = parseArgs({
    options: {
      features: { type: "string", default: "50" },
      files: { type: "string", default: "2000" },
      rounds: { type: "string", default: "5" },
    },
  });
  const root = mkdtempSync(join(tmpdir(), "unfork-bench-features-"));
  try {
    makeProject(root, Number(values.features), Number(values.files));
    const runs = Array.from({ length: Number(values.rounds) + 1 }, () => measure(root)).slice(1);
    const median = (key) => runs.map((run) => run[key]).toSorted((a, b) => a - b)[Math.floor(runs.length / 2)];
    console.log("| features | files | wall | CPU of all processes | of Node alone | processes | candidate |");
    console.log("| --- | --- | --- | --- | --- | --- | --- |");
    const cells = [
      values.features,
      values.files,
      `${Math.round(median("ms"))} ms`,
      `${Math.round(median("cpu"))} ms`,
      `${Math.round(median("own"))} ms`,
    ];
    console.log(`| ${[...cells, runs[0].commands, `${runs[0].commit.slice(0, 10)} ${runs[0].status}`].join(" | ")} |`);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** `times` of a shell tells the CPU of what it waited for, and that of what these waited for. */
function measure(root) {
  const script = `"$0" "$@"; code=$?; times >&2; exit $code`;
  const run = spawnSync("bash", ["-c", script, process.execPath, SELF, "--child", root], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  const [, children = ""] = run.stderr.trim().split("\n").slice(-2);
  const cpu = children.split(" ").reduce((sum, text) => sum + seconds(text) * 1000, 0);
  return { ...JSON.parse(run.stdout), cpu };
}

function seconds(text) {
  const [, minutes, rest] = /^(\d+)m([\d.]+)s$/.exec(text);
  return Number(minutes) * 60 + Number(rest);
}

function makeProject(root, features, files) {
  for (let file = 0; file < files; file++) {
    write(join(root, "sources/M1", pathOf(file)), lines(file));
    write(join(root, "sources/M2", pathOf(file)), lines(file, file % 3 === 0 ? { 60: "upstream's" } : {}));
  }
  const names = Array.from({ length: features }, (_, at) => `feature-${String(at).padStart(3, "0")}`);
  for (const [at, name] of names.entries()) {
    const folder = join(root, "features", name);
    const edited = [at * 7, at * 7 + 1, at * 7 + 2].map((file) => file % files);
    const entries = edited.map((file) => {
      const script = `${file}.ed`;
      write(join(folder, script), `${20 + (at % 30)}c\nours ${name}\n.\n`);
      return { path: pathOf(file), base: createHash("sha256").update(lines(file)).digest("hex"), script };
    });
    const dependsOn = at % 5 === 4 ? [names[at - 1]] : [];
    const card = { name, purpose: `What ${name} is for in this measurement`, owner: "bench team", base: "M1", dependsOn, files: entries };
    write(join(folder, "feature.yaml"), JSON.stringify(card));
  }
  execFileSync("sync");
}

function lines(file, change = {}) {
  return Array.from({ length: 120 }, (_, at) => `${change[at] ?? `file ${file} line ${at}`}\n`).join("");
}

function pathOf(file) {
  return `src/part${file % 40}/file${file}.cc`;
}

function write(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
