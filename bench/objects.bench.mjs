/**
 * Measures reading an archive against binutils' and LLVM's nm: whole processes, pairs alternating, medians; then 1 GB of archives.
 * Usage: node bench/objects.bench.mjs [ARCHIVE]. Without one: Debian's libtgowt-dev (38.7 MB), else libstdc++.a.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "rolldown";

const ROUNDS = 15;
/** Bytes of archives that are read one after another for the rate. */
const MANY = 1e9;
const CHILD = fileURLToPath(new URL("objects.child.mjs", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "unfork-bench-"));
try {
  const archive = process.argv[2] ?? debianArchive() ?? execFileSync("g++", ["-print-file-name=libstdc++.a"], { encoding: "utf8" }).trim();
  const child = await bundled();
  printRows(archive, medians(child, archive));
  printRate(child, archive);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** In one file, as the command line is. */
async function bundled() {
  const file = join(folder, "child.mjs");
  await build({
    input: CHILD,
    platform: "node",
    external: (id) => !/^[./]/.test(id),
    output: { file, format: "esm" },
    logLevel: "warn",
  });
  return file;
}

/** Fetches the package by apt from wherever this machine gets its packages. */
function debianArchive() {
  if (spawnSync("apt-get", ["download", "-q", "libtgowt-dev"], { cwd: folder, stdio: "ignore" }).status !== 0) return undefined;
  const deb = readdirSync(folder).find((name) => name.endsWith(".deb"));
  if (deb === undefined || spawnSync("dpkg-deb", ["-x", deb, "tree"], { cwd: folder, stdio: "ignore" }).status !== 0) return undefined;
  const path = readdirSync(join(folder, "tree"), { recursive: true, encoding: "utf8" }).find((name) => name.endsWith("libtg_owt.a"));
  return path === undefined ? undefined : join(folder, "tree", path);
}

function commandsFor(child, archive) {
  return {
    names: [process.execPath, child, "names", archive],
    bodies: [process.execPath, child, "bodies", archive],
    nm: ["nm", archive],
    "llvm-nm": ["llvm-nm", archive],
  };
}

function medians(child, archive) {
  const commands = Object.entries(commandsFor(child, archive)).filter(([, [tool]]) => spawnSync(tool, ["--version"]).status === 0);
  const times = Object.fromEntries(commands.map(([name]) => [name, []]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, [command, ...args]] of commands) {
      const since = performance.now();
      const { status } = spawnSync(command, args, { stdio: "ignore" });
      if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}`);
      if (round >= 0) times[name].push(performance.now() - since);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, list.toSorted((a, b) => a - b)[(ROUNDS - 1) / 2]]));
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
  for (const [ours, what] of [
    ["names", "classes and names of all symbols"],
    ["bodies", "the same, with all bodies digested"],
  ]) {
    for (const tool of ["nm", "llvm-nm"].filter((one) => one in times)) {
      const ratio = (times[ours] / times[tool]).toFixed(2);
      console.log(
        `| ${what}: ${name} (${size} MB) | ${times[ours].toFixed(0)} ms | \`${tool}\` ${times[tool].toFixed(0)} ms | ${ratio} × |`,
      );
    }
  }
}
