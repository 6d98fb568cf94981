/**
 * Measures the demangler against LLVM's and binutils': the texts of all names of big archives and of LLVM's own tests, each
 * difference with its cause; then whole processes on one list of names. Usage: node bench/demangle.bench.mjs [ARCHIVE …].
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

import { demangle, demangleType } from "../dist/objects/demangle/demangle.js";
import { symbolName } from "../dist/objects/symbols.js";
import { objectsOf } from "../dist/objects/open.js";
import { releaseSchema } from "../dist/model/source.js";
import { cacheFolder } from "../dist/sources/cache.js";
import { fetchRelease } from "../dist/sources/fetch-release.js";
import { causeOf } from "./demangle/causes.mjs";
import { changedNames } from "./demangle/changed-names.mjs";
import { pairsIn } from "./demangle/llvm-cases.mjs";
import { archives, llvmFilter } from "./demangle/packages.mjs";

const ROUNDS = 9;
/** So many names are made by changes of LLVM's. */
const CHANGED = 400_000;
const SEED = 2026;
const CHILD = fileURLToPath(new URL("demangle/child.mjs", import.meta.url));
/** Bash tells CPU time; a busy machine spoils any other. */
const TIMED = ["-c", 'TIMEFORMAT="%3U %3S"; time "$@" <"$0" >/dev/null'];
const given = process.argv.slice(2);

await measure(given.length === 0 ? undefined : given);

async function measure(paths) {
  const folder = mkdtempSync(join(tmpdir(), "unfork-bench-"));
  try {
    const llvm = llvmFilter(folder);
    console.log(`Reference: ${versionOf(llvm)}; ${versionOf({ command: "c++filt", env: process.env })}\n`);
    const lists = (paths ?? archives(folder)).map((path) => ({ title: basename(path), names: symbolsOf(path) }));
    printTexts(lists, llvm);
    await printLlvmTests(llvm);
    for (const list of lists.filter(({ names }) => names.length > 10_000)) printTimes(list, llvm, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function versionOf({ command, env }) {
  const lines = spawnSync(command, ["--version"], { env, encoding: "utf8" }).stdout?.split("\n") ?? [];
  return (lines.find((line) => /version|GNU/.test(line)) ?? command).trim();
}

/** The mangled names of an archive, each once. */
function symbolsOf(path) {
  const names = new Set();
  for (const { symbols } of objectsOf(path)) {
    for (let index = 1; index < symbols.count; index++) {
      const name = symbolName(symbols, index);
      if (name.startsWith("_Z")) names.add(name);
    }
  }
  return [...names].toSorted();
}

function filtered({ command, env }, args, names) {
  const { stdout } = spawnSync(command, args, { env, input: `${names.join("\n")}\n`, maxBuffer: 2 ** 30, encoding: "utf8" });
  return stdout.split("\n");
}

function printTexts(lists, llvm) {
  console.log("| archive | names | as LLVM | as binutils but for style | neither | agree | plain as `-p` |");
  console.log("| --- | --- | --- | --- | --- | --- | --- |");
  const lines = [];
  for (const { title, names } of lists) {
    const found = compared(names, llvm);
    console.log(rowOf(title, names.length, found));
    for (const { symbol, cause } of found.differing) lines.push(`- ${title}: \`${symbol}\`: ${cause}`);
  }
  console.log(`\nEvery difference from LLVM:\n\n${lines.join("\n")}`);
}

function rowOf(title, total, { differing, plain }) {
  const agreeing = differing.filter(({ agrees }) => agrees).length;
  const neither = differing.length - agreeing;
  const percent = ((100 * (total - neither)) / total).toFixed(3);
  return `| ${title} | ${total} | ${total - differing.length} | ${agreeing} | ${neither} | ${percent} % | ${total - plain} |`;
}

function compared(names, llvm) {
  const full = filtered(llvm, ["-n"], names);
  const short = filtered(llvm, ["-n", "-p"], names);
  const binutils = filtered({ command: "c++filt", env: process.env }, ["--no-strip-underscore"], names);
  const differing = [];
  let plain = 0;
  for (const [index, symbol] of names.entries()) {
    const ours = demangle(symbol);
    if (ours.plain !== short[index]) plain++;
    if (ours.full === full[index]) continue;
    differing.push({ symbol, ...causeOf({ symbol, ours: ours.full, llvm: full[index], binutils: binutils[index] ?? "" }) });
  }
  return { differing, plain };
}

/** LLVM's own names: its sources are fetched into the cache once, where the tests find them from then on. */
async function printLlvmTests(llvm) {
  const release = releaseSchema.parse(JSON.parse(readFileSync(new URL("demangle/llvm-release.json", import.meta.url), "utf8")));
  try {
    const { path, origin } = await fetchRelease(release, { cache: cacheFolder(), baseFolder: "." });
    const pairs = pairsIn(readFileSync(join(path, "libcxxabi/test/DemangleTestCases.inc"), "utf8"));
    const right = pairs.filter(([symbol, text]) => (symbol.startsWith("_") ? demangle(symbol).full : demangleType(symbol)) === text);
    console.log(`\nLLVM's own test names (${origin}): ${right.length} of ${pairs.length} have the wanted text.\n`);
    printChanged(
      changedNames(
        pairs.map(([symbol]) => symbol).filter((symbol) => symbol.startsWith("_Z")),
        CHANGED,
        SEED,
      ),
      llvm,
    );
  } catch (error) {
    console.log(`\nLLVM's own test names are not there: ${error.message.split("\n")[0]}\n`);
  }
}

/** Names that no compiler made: whether both read or refuse them, and with which text. */
function printChanged(names, llvm) {
  const theirs = filtered(llvm, ["-n"], names);
  if (theirs.length !== names.length + 1) throw new Error(`LLVM gave ${theirs.length - 1} lines for ${names.length} names`);
  const counts = { same: 0, refused: 0, "read by us alone": 0, "read by LLVM alone": 0, "of another text": 0 };
  for (const [index, symbol] of names.entries()) {
    const { status, full } = demangle(symbol);
    const [we, they] = [status === "demangled", theirs[index] !== symbol];
    if (we && they) counts[full === theirs[index] ? "same" : "of another text"]++;
    else counts[we ? "read by us alone" : they ? "read by LLVM alone" : "refused"]++;
  }
  console.log(
    `${names.length} changed names: ${Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join(", ")}.\n`,
  );
}

function printTimes({ title, names }, llvm, folder) {
  const file = join(folder, "names.txt");
  writeFileSync(file, `${names.join("\n")}\n`);
  const { ours, ...others } = medians(file, llvm);
  for (const [tool, time] of Object.entries(others)) {
    const ratio = (ours / time).toFixed(2);
    console.log(`| ${names.length} names of ${title}: CPU time | ${ours.toFixed(0)} ms | \`${tool}\` ${time.toFixed(0)} ms | ${ratio} × |`);
  }
  const rate = Number(spawnSync(process.execPath, [CHILD, file, "--warm"], { encoding: "utf8" }).stdout);
  console.log(`| the same, once warm | ${Math.round(rate / 1000)},000 names/s of CPU time | | |`);
}

function medians(file, llvm) {
  const commands = {
    ours: { command: process.execPath, args: [CHILD, file], env: process.env },
    "llvm-cxxfilt": { ...llvm, args: ["-n"] },
    "c++filt": { command: "c++filt", args: ["--no-strip-underscore"], env: process.env },
  };
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, { command, args, env }] of Object.entries(commands)) {
      const { status, stderr } = spawnSync("bash", [...TIMED, file, command, ...args], { env, encoding: "utf8" });
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
      const [user = 0, system = 0] = stderr.trim().split(" ").map(Number);
      if (round >= 0) times[name].push((user + system) * 1000);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

function median(list) {
  return list.toSorted((a, b) => a - b)[(list.length - 1) >> 1];
}
