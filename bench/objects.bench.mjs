/**
 * Measures reading an archive against binutils' and LLVM's nm: whole processes, pairs alternating, medians.
 * Usage: node bench/objects.bench.mjs [ARCHIVE]. Without one: Debian's libtgowt-dev (38.7 MB), else libstdc++.a.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROUNDS = 15;
const SELF = fileURLToPath(import.meta.url);

const [first, ...rest] = process.argv.slice(2);
if (first === "--child") await child(...rest);
else measure(first);

/** What is measured: every symbol with class and name, written as text; with "bodies", every definition digested too. */
async function child(mode, file) {
  const { objectsOf } = await import("../dist/objects/open.js");
  const { SYMBOL_CLASSES, definesGlobal } = await import("../dist/objects/classes.js");
  const { symbolName } = await import("../dist/objects/symbols.js");
  const { bodyDigest, bodyReader } = await import("../dist/objects/body.js");
  let digests = 0;
  for (const object of objectsOf(file, undefined, { inPassing: true })) {
    const { symbols } = object;
    const lines = [`${object.place.member}:`];
    const reader = mode === "bodies" ? bodyReader(object) : undefined;
    for (let index = 1; index < symbols.count; index++) {
      const code = symbols.classes[index];
      lines.push(`${SYMBOL_CLASSES[code]} ${symbolName(symbols, index)}`);
      if (reader !== undefined && definesGlobal(code)) digests += bodyDigest(reader, index).length;
    }
    process.stdout.write(`${lines.join("\n")}\n`);
  }
  if (mode === "bodies" && digests === 0) throw new Error("nothing was digested");
}

function measure(given) {
  const folder = mkdtempSync(join(tmpdir(), "unfork-bench-"));
  try {
    const archive = given ?? debianArchive(folder) ?? execFileSync("g++", ["-print-file-name=libstdc++.a"], { encoding: "utf8" }).trim();
    printRows(archive, medians(archive));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Fetches the package by apt from wherever this machine gets its packages. */
function debianArchive(folder) {
  if (spawnSync("apt-get", ["download", "-q", "libtgowt-dev"], { cwd: folder, stdio: "ignore" }).status !== 0) return undefined;
  const deb = readdirSync(folder).find((name) => name.endsWith(".deb"));
  if (deb === undefined || spawnSync("dpkg-deb", ["-x", deb, "tree"], { cwd: folder, stdio: "ignore" }).status !== 0) return undefined;
  const path = readdirSync(join(folder, "tree"), { recursive: true, encoding: "utf8" }).find((name) => name.endsWith("libtg_owt.a"));
  return path === undefined ? undefined : join(folder, "tree", path);
}

function commandsFor(archive) {
  return {
    names: [process.execPath, SELF, "--child", "names", archive],
    bodies: [process.execPath, SELF, "--child", "bodies", archive],
    nm: ["nm", archive],
    "llvm-nm": ["llvm-nm", archive],
  };
}

function medians(archive) {
  const commands = Object.entries(commandsFor(archive)).filter(([, [tool]]) => spawnSync(tool, ["--version"]).status === 0);
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
