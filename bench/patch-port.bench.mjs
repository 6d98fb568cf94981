/**
 * Measures `unfork patch port` of a conflict-free series against `git rebase` of the same: whole processes, by turns, medians;
 * both have to give the same tree. Also `git replay` where that git has it, and the engine's time without Node's start.
 * Trees of 500, 8,000 and 100,000 files are made up: text files in folders, of which upstream changed every fourth and moved a
 * few; 33 patches, a third of them on files that upstream changed, too. With --telegram, a clone of desktop-app/tg_owt, also the
 * patches of its WebRTC M101 that come onto its M108 without a conflict, between the two trees as snapshots (7,979 files).
 * Usage: node bench/patch-port.bench.mjs [--rounds N] [--sizes 500,8000,100000] [--git FOLDER_WITH_ANOTHER_GIT] [--telegram CLONE]
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const SELF = fileURLToPath(import.meta.url);
const CLI = fileURLToPath(new URL("../bin/unfork.js", import.meta.url));
const PATCHES = 33;
const WHO = Object.fromEntries(
  ["AUTHOR", "COMMITTER"].flatMap((role) => [
    [`GIT_${role}_NAME`, "Bench"],
    [`GIT_${role}_EMAIL`, "bench@example.org"],
  ]),
);

if (process.argv[2] === "--child") await child(process.argv.slice(3));
else main();

/** One port in this process; its time without the start goes to stderr. */
async function child(args) {
  const { main: cli } = await import("../dist/bundle/main.js");
  const since = performance.now();
  process.exitCode = await cli(args);
  console.error(`own ${performance.now() - since}`);
}

function main() {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "7" },
      sizes: { type: "string", default: "500,8000,100000" },
      git: { type: "string" },
      telegram: { type: "string" },
    },
  });
  const gits = [undefined, ...(values.git === undefined ? [] : [values.git])];
  console.log("| series of 33 patches | git | git rebase | git replay | unfork patch port | engine alone | rebase : port |");
  console.log("| --- | --- | --- | --- | --- | --- | --- |");
  const series = values.sizes.split(",").map((size) => ({
    name: `${Number(size).toLocaleString("en")} files`,
    make: (path) => makeRepository(path, Number(size)),
  }));
  if (values.telegram !== undefined) series.push({ name: "Telegram's WebRTC", make: (path) => makeTelegram(path, values.telegram) });
  for (const { name, make } of series) {
    const root = mkdtempSync(join(tmpdir(), "unfork-bench-port-"));
    try {
      make(join(root, "repository"));
      quieten(join(root, "repository"));
      for (const git of gits) measure(join(root, "repository"), { name, git, rounds: Number(values.rounds) });
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
}

function measure(repository, { name, git, rounds }) {
  const env = { ...process.env, ...WHO, ...(git === undefined ? {} : { PATH: `${git}:${process.env.PATH}` }) };
  const run = (command, args, options = {}) => {
    const since = performance.now();
    const result = spawnSync(command, args, { cwd: repository, env, encoding: "utf8", ...options });
    if (result.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${result.stderr}`);
    return { ms: performance.now() - since, stderr: result.stderr, stdout: result.stdout };
  };
  const version = run("git", ["--version"]).stdout.trim().replace("git version ", "");
  const replayHelp = spawnSync("git", ["replay", "-h"], { env, encoding: "utf8" }).stdout;
  // Newer ones move the branch itself, and the next round would have another series.
  const replay = ["replay", ...(replayHelp.includes("--ref-action") ? ["--ref-action=print"] : []), "--onto", "new", "old..tip"];
  const port = ["patch", "port", "--repo", ".", "--series", "old..tip", "--onto", "new"];
  const times = { rebase: [], replay: [], port: [], own: [] };
  for (let round = 0; round <= rounds; round++) {
    run("git", ["checkout", "-q", "--detach", "tip"]);
    const rebase = run("git", ["rebase", "-q", "--onto", "new", "old"]);
    spawnSync("git", ["update-ref", "-d", "refs/unfork/port"], { cwd: repository, env });
    const whole = run(process.execPath, [CLI, ...port]);
    spawnSync("git", ["update-ref", "-d", "refs/unfork/port"], { cwd: repository, env });
    const own = run(process.execPath, [SELF, "--child", ...port]);
    const replayed = replayHelp.includes("--onto") ? run("git", replay) : undefined;
    const trees = ["HEAD", "refs/unfork/port"].map((ref) => run("git", ["rev-parse", `${ref}^{tree}`]).stdout.trim());
    if (trees[0] !== trees[1]) throw new Error(`rebase gave the tree ${trees[0]}, the port ${trees[1]}`);
    if (round === 0) continue;
    times.rebase.push(rebase.ms);
    times.port.push(whole.ms);
    times.own.push(Number(/own ([\d.]+)/.exec(own.stderr)?.[1]));
    if (replayed !== undefined) times.replay.push(replayed.ms);
  }
  const [rebase, replayMs, whole, own] = [times.rebase, times.replay, times.port, times.own].map(median);
  console.log(
    `| ${name} | ${version} | ${cell(rebase)} | ${cell(replayMs)} | ${cell(whole)} | ${cell(own)} | ${(rebase / whole).toFixed(1)} |`,
  );
}

/** A rebase may leave git's maintenance running behind it, beside what is measured next. */
function quieten(repository) {
  for (const [key, value] of [
    ["gc.auto", "0"],
    ["maintenance.auto", "false"],
  ])
    execFileSync("git", ["config", key, value], { cwd: repository });
}

function cell(ms) {
  return Number.isNaN(ms) ? "none" : `${ms.toFixed(0)} ms`;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** Branches `old`, `new` and `tip`, with a work tree. */
function makeRepository(path, size) {
  execFileSync("git", ["init", "-q", "--initial-branch=old", path]);
  const old = Array.from({ length: size }, (_, at) => ({ path: pathOf(at), lines: linesOf(at) }));
  const upstream = old.map((file, at) => changedUpstream(file, at));
  const parts = [commit("old", 1, null, old)];
  const changed = upstream.filter((file, at) => file !== old[at]);
  const moved = upstream.flatMap((file, at) => (file.path === old[at].path ? [] : [old[at].path]));
  parts.push(commit("new", 2, 1, changed, moved));
  const files = new Map();
  for (let patch = 0; patch < PATCHES; patch++) {
    const touched = [0, 1].map((other) => edited(files, old, Math.floor((size * (patch * 2 + other)) / (PATCHES * 2)), patch, other));
    parts.push(commit("tip", patch + 3, patch === 0 ? 1 : patch + 2, touched));
  }
  execFileSync("git", ["fast-import", "--quiet"], { cwd: path, input: parts.join("") });
  execFileSync("git", ["repack", "-q", "-a", "-d"], { cwd: path });
  execFileSync("git", ["reset", "-q", "--hard", "old"], { cwd: path });
}

/** The stack of M101 and the snapshot M108, without the patches that are in conflict there. */
function makeTelegram(path, clone) {
  const git = (...args) =>
    execFileSync("git", args, { cwd: path, encoding: "utf8", env: { ...process.env, ...WHO }, stdio: ["ignore", "pipe", "ignore"] }).trim();
  execFileSync("git", ["clone", "-q", "--shared", "--no-checkout", clone, path]);
  const [base, tip, onto] = ["3bc18cc0", "99edacee^", "99edacee"];
  const old = git("commit-tree", "-m", "M101", `${base}^{tree}`);
  const port = spawnSync(
    process.execPath,
    [CLI, "patch", "port", "--repo", path, "--series", `${base}..${tip}`, "--onto", onto, "--no-upstreamed", "--dry-run", "--json"],
    { encoding: "utf8" },
  );
  const placed = JSON.parse(port.stdout).patches.filter(({ status }) => status === "clean" || status === "auto");
  git("checkout", "-q", "-B", "tip", old);
  for (const { patch } of placed) git("cherry-pick", patch);
  git("branch", "old", old);
  git("branch", "new", git("commit-tree", "-m", "M108", "-p", old, `${onto}^{tree}`));
  git("repack", "-q", "-a", "-d");
}

function pathOf(at) {
  return `part${at % 20}/folder${Math.floor(at / 20) % 40}/file${at}.cc`;
}

function linesOf(at) {
  return Array.from({ length: 60 }, (_, line) => `int value_${at}_${line} = ${(at * 31 + line * 7) % 1000};`);
}

function changedUpstream(file, at) {
  if (at % 4 !== 0) return file;
  const lines = [...file.lines];
  lines[5] = `int upstream_${at} = 1;`;
  lines.splice(30, 0, `int upstream_put_in_${at} = 2;`);
  return { path: at % 400 === 200 ? file.path.replace("folder", "moved") : file.path, lines };
}

function edited(files, old, at, patch, other) {
  const lines = [...(files.get(at) ?? old[at].lines)];
  lines[45] = `int ours_${patch}_${other} = 3;`;
  lines.splice(50, 0, `int ours_put_in_${patch} = 4;`);
  files.set(at, lines);
  return { path: old[at].path, lines };
}

function text(content) {
  return `data ${Buffer.byteLength(content)}\n${content}\n`;
}

function commit(branch, mark, parent, files, removed = []) {
  const who = `Bench <bench@example.org> ${1_700_000_000 + mark} +0000`;
  const head = `commit refs/heads/${branch}\nmark :${mark}\nauthor ${who}\ncommitter ${who}\n${text(`commit ${mark}`)}`;
  const from = parent === null ? "" : `from :${parent}\n`;
  const gone = removed.map((path) => `D ${path}\n`).join("");
  return head + from + gone + files.map(({ path, lines }) => `M 644 inline ${path}\n${text(`${lines.join("\n")}\n`)}`).join("");
}
