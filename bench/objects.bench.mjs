/**
 * Measures reading an archive against binutils' and LLVM's nm: whole processes by turns, medians of wall and CPU time; then 1 GB of archives.
 * Usage: node bench/objects.bench.mjs [ARCHIVE]. Without one: Debian's libtgowt-dev (38.7 MB), else libstdc++.a.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "rolldown";

import { cacheFolder } from "../dist/sources/cache.js";

const ROUNDS = 7;
/** Bash tells CPU time. */
const TIMED = ["-c", 'TIMEFORMAT="%3U %3S"; time "$@" >/dev/null 2>/dev/null', "bash"];
/** Bytes of archives that are read one after another for the rate. */
const MANY = 1e9;
const CHILD = fileURLToPath(new URL("objects.child.mjs", import.meta.url));
const UNFORK = fileURLToPath(new URL("../bin/unfork.js", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "unfork-bench-"));
try {
  const archive = process.argv[2] ?? debianArchive() ?? execFileSync("g++", ["-print-file-name=libstdc++.a"], { encoding: "utf8" }).trim();
  const child = await bundled();
  printRows(archive, medians(child, archive));
  printRate(child, archive);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** In one file, as the command line is, with the module for bodies where it looks for it. */
async function bundled() {
  const file = join(folder, "bundle", "child.cjs");
  mkdirSync(join(folder, "objects"));
  cpSync(fileURLToPath(new URL("../dist/objects/bodies.wasm", import.meta.url)), join(folder, "objects", "bodies.wasm"));
  await build({
    input: CHILD,
    platform: "node",
    external: (id) => !/^[./]/.test(id),
    output: { file, format: "cjs" },
    logLevel: "warn",
  });
  return file;
}

/** Fetches the package by apt from wherever this machine gets its packages, once: it is kept in the cache, where the tests find it. */
function debianArchive() {
  const kept = join(cacheFolder(), "bench", "libtg_owt.a");
  if (existsSync(kept)) return kept;
  if (spawnSync("apt-get", ["download", "-q", "libtgowt-dev"], { cwd: folder, stdio: "ignore" }).status !== 0) return undefined;
  const deb = readdirSync(folder).find((name) => name.endsWith(".deb"));
  if (deb === undefined || spawnSync("dpkg-deb", ["-x", deb, "tree"], { cwd: folder, stdio: "ignore" }).status !== 0) return undefined;
  const path = readdirSync(join(folder, "tree"), { recursive: true, encoding: "utf8" }).find((name) => name.endsWith("libtg_owt.a"));
  if (path === undefined) return undefined;
  mkdirSync(dirname(kept), { recursive: true });
  cpSync(join(folder, "tree", path), `${kept}.new`);
  renameSync(`${kept}.new`, kept);
  return kept;
}

function commandsFor(child, archive) {
  return {
    names: [process.execPath, child, "names", archive],
    bodies: [process.execPath, child, "bodies", archive],
    symbols: [process.execPath, UNFORK, "symbols", archive],
    nm: ["nm", archive],
    "llvm-nm": ["llvm-nm", archive],
    "nm -C -S": ["nm", "-C", "-S", archive],
  };
}

/** Wall and CPU time in milliseconds by the name of the command. */
function medians(child, archive) {
  const commands = Object.entries(commandsFor(child, archive)).filter(([, [tool]]) => spawnSync(tool, ["--version"]).status === 0);
  const times = Object.fromEntries(commands.map(([name]) => [name, { wall: [], cpu: [] }]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, command] of commands) {
      const since = performance.now();
      const { status, stderr } = spawnSync("bash", [...TIMED, ...command], { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
      const wall = performance.now() - since;
      if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}`);
      const [user, system] = stderr.trim().split(" ").map(Number);
      if (round >= 0) {
        times[name].wall.push(wall);
        times[name].cpu.push((user + system) * 1000);
      }
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, { wall, cpu }]) => [name, { wall: median(wall), cpu: median(cpu) }]));
}

function median(list) {
  return list.toSorted((a, b) => a - b)[(ROUNDS - 1) / 2];
}

/** The archive again and again in one process, up to 1 GB, with the most memory that was resident and the CPU time. */
function printRate(child, archive) {
  const { size } = statSync(archive);
  const files = Array.from({ length: Math.ceil(MANY / size) }, () => archive);
  const since = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [child, "memory", ...files], {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`reading ${files.length} archives ended with ${status}: ${stderr}`);
  const seconds = (performance.now() - since) / 1000;
  const bytes = size * files.length;
  const { maxRSS, cpu } = JSON.parse(stderr);
  const rate = (bytes / 1e6 / seconds).toFixed(0);
  console.log(
    `| ${(bytes / 1e9).toFixed(2)} GB of archives, classes and names | ${seconds.toFixed(2)} s (CPU ${cpu.toFixed(2)} s), ${(maxRSS / 1024).toFixed(0)} MiB | | ${rate} MB/s |`,
  );
}

function printRows(archive, times) {
  const size = (statSync(archive).size / 1e6).toFixed(1);
  const name = archive.slice(archive.lastIndexOf("/") + 1);
  console.log(`${name} (${size} MB); each time: wall, CPU\n`);
  console.log("| what | ours | the other | wall ratio | CPU ratio |\n| --- | --- | --- | --- | --- |");
  for (const [ours, what, tools] of [
    ["names", "classes and names of all symbols", ["nm", "llvm-nm"]],
    ["bodies", "the same, with all bodies digested", ["nm", "llvm-nm"]],
    ["symbols", "`unfork symbols`", ["nm -C -S"]],
  ]) {
    for (const tool of tools.filter((one) => one in times)) {
      const [mine, other] = [times[ours], times[tool]];
      console.log(
        `| ${what} | ${pair(mine)} | \`${tool}\` ${pair(other)} | ${(mine.wall / other.wall).toFixed(2)} | ${(mine.cpu / other.cpu).toFixed(2)} |`,
      );
    }
  }
}

function pair({ wall, cpu }) {
  return `${wall.toFixed(0)} ms, ${cpu.toFixed(0)} ms`;
}
