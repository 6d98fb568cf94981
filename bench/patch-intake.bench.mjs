/**
 * Measures `unfork patch intake` of a fork as big as WebRTC: a folder with a whole WebRTC of which folders were removed, files
 * rewritten with other line ends and some changed, against an upstream history made of the same files: thousands of commits
 * that each add lines to some files or take added ones out, with side branches and merges. It must find the very commit.
 * Usage: node bench/patch-intake.bench.mjs [--commits N] [--rounds N] [WEBRTC_TREE]
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const CLI = fileURLToPath(new URL("../bin/unfork.js", import.meta.url));
const REMOVED = /(?:^|\/)(?:test|testing|tools_webrtc|examples)\//;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { commits: { type: "string", default: "5000" }, rounds: { type: "string", default: "3" } },
});
const tree = positionals[0] ?? cachedTree();
if (tree === undefined)
  console.log("| intake of a fork as big as WebRTC | not measured: no WebRTC in the cache; run the demo first or name a folder |");
else await measure(tree, Number(values.commits), Number(values.rounds));

function cachedTree() {
  const given = process.env["UNFORK_CACHE"];
  const trees = join(given === undefined || given === "" ? join(homedir(), ".cache", "unfork") : given, "trees");
  const names = existsSync(trees) ? readdirSync(trees) : [];
  const folders = names.map((name) => join(trees, name, "tree")).filter((folder) => existsSync(join(folder, "third_party", "webrtc")));
  return folders.map((folder) => ({ folder, files: filesOf(folder).length })).toSorted((a, b) => b.files - a.files)[0]?.folder;
}

function filesOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => relative(folder, join(entry.parentPath, entry.name))).toSorted();
}

async function measure(source, count, rounds) {
  const folder = mkdtempSync(join(tmpdir(), "unfork-bench-"));
  try {
    const upstream = join(folder, "upstream.git");
    const fork = join(folder, "fork");
    const files = new Map(filesOf(source).map((path) => [path, readFileSync(join(source, path))]));
    const made = await makeHistory(upstream, files, count);
    const edits = makeFork(fork, made.middle);
    const runs = Array.from({ length: rounds + 1 }, () => intake(fork, upstream)).slice(1);
    const last = runs.at(-1).result;
    const right = last.base.commit === made.commit;
    const median = (key) => runs.map((run) => run[key]).toSorted((a, b) => a - b)[Math.floor(runs.length / 2)];
    console.log("| intake | wall | CPU of all processes | memory of ours |\n| --- | --- | --- | --- |");
    console.log(
      `| ${last.fork.files.toLocaleString("en")} files of ${files.size.toLocaleString("en")}, ${edits} edited, history of ${last.upstream.commits.toLocaleString("en")} commits: base ${right ? "found" : "NOT found"}, ${last.summary.files} files in ${last.features.length} features, ${last.summary.noise} noise | ${median("wall").toFixed(1)} s | ${median("cpu").toFixed(1)} s | ${Math.round(median("memory"))} MB |`,
    );
    if (!right) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One run through the command line; CPU of it and its children. */
function intake(fork, upstream) {
  const script = `
    const before = Date.now();
    const { spawnSync } = require("node:child_process");
    const run = spawnSync(process.execPath, [${JSON.stringify(CLI)}, "patch", "intake", ${JSON.stringify(fork)}, "--upstream", ${JSON.stringify(upstream)}, "--json"], { maxBuffer: 2 ** 30, stdio: ["ignore", "pipe", "inherit"] });
    process.stdout.write(JSON.stringify({ wall: (Date.now() - before) / 1000, status: run.status }) + "\\n");
    process.stdout.write(run.stdout);`;
  const child = spawnSync("/usr/bin/time", ["-f", "%U %S %M", process.execPath, "-e", script], { maxBuffer: 2 ** 30, encoding: "utf8" });
  const [head, ...rest] = child.stdout.split("\n");
  const { wall, status } = JSON.parse(head);
  if (status !== 0) throw new Error(`intake ended with ${status}:\n${child.stderr}`);
  const [user, system, kilobytes] = child.stderr.trim().split("\n").at(-1).split(" ").map(Number);
  return { wall, cpu: user + system, memory: kilobytes / 1024, result: JSON.parse(rest.join("\n")) };
}

/** Numbers that are the same each time (xorshift). */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Writes a history by `git fast-import`, with a merge now and then; gives the files of the commit in its middle, and its id. */
async function makeHistory(repository, files, count) {
  spawnSync("git", ["init", "--quiet", "--bare", repository]);
  const child = spawn("git", ["--git-dir", repository, "fast-import", "--quiet", `--export-marks=${join(repository, "marks")}`], {
    stdio: ["pipe", "inherit", "inherit"],
  });
  const send = (text) => (child.stdin.write(text) ? undefined : new Promise((resolve) => child.stdin.once("drain", resolve)));
  const next = numbers(42);
  const paths = [...files.keys()].filter((path) => /\.(?:cc|h|c|gn)$/.test(path));
  const now = new Map(files);
  let mark = 0;
  let middle;
  async function commit(branch, changes, parent) {
    const parts = [
      Buffer.from(
        `commit refs/heads/${branch}\nmark :${++mark}\ncommitter Upstream <upstream@example.org> ${1_600_000_000 + mark * 600} +0000\n`,
      ),
    ];
    const message = `Change ${mark}`;
    parts.push(Buffer.from(`data ${message.length}\n${message}\n${parent ?? ""}`));
    for (const [path, content] of changes) {
      parts.push(Buffer.from(`M 100644 inline ${path}\ndata ${content.length}\n`), content, Buffer.from("\n"));
      now.set(path, content);
    }
    await send(Buffer.concat(parts));
  }
  await commit("main", files);
  for (let at = 1; at < count; at++) {
    const some = Array.from({ length: 1 + next(5) }, () => paths[next(paths.length)]);
    const changes = some.map((path) => [path, changed(now.get(path), at, next)]);
    if (at % 10 === 0) {
      await commit("side", changes, `from :${mark}\n`);
      await commit("main", changes, `from :${mark - 1}\nmerge :${mark}\n`);
    } else await commit("main", changes);
    if (at === Math.floor(count / 2)) middle = { files: new Map(now), mark };
  }
  child.stdin.end("done\n");
  await new Promise((resolve) => child.once("close", resolve));
  const marks = readFileSync(join(repository, "marks"), "latin1")
    .split("\n")
    .map((line) => line.split(" "));
  return { middle: middle.files, commit: marks.find(([name]) => name === `:${middle.mark}`)[1] };
}

function changed(content, at, next) {
  const lines = content.toString("latin1").split("\n");
  if (next(3) === 0 && lines.length > 20) lines.splice(next(lines.length), 1 + next(3));
  else lines.splice(next(lines.length), 0, `// upstream's change ${at}`, `int upstream_${at}();`);
  return Buffer.from(lines.join("\n"), "latin1");
}

/** The copy: folders gone, every 20th file with CRLF, every 40th edited, a folder of its own. Gives how many were edited. */
function makeFork(folder, files) {
  let edited = 0;
  for (const [at, [path, content]] of [...files].entries()) {
    if (REMOVED.test(path)) continue;
    let text = content.toString("latin1");
    if (/\.(?:cc|h)$/.test(path) && at % 40 === 0) {
      text = text.replace("\n", `\nint our_change_${at % 7}();\n`);
      edited += 1;
    } else if (at % 20 === 10 && !text.includes("\0")) text = text.replaceAll(/\r?\n/g, "\r\n");
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), Buffer.from(text, "latin1"));
  }
  mkdirSync(join(folder, "third_party/webrtc/our_device"));
  for (const name of ["device.cc", "device.h"]) writeFileSync(join(folder, "third_party/webrtc/our_device", name), "int our_device();\n");
  return edited;
}
