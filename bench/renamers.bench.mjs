/**
 * Measures renamers beside ours on one construct after the other: `sed` at word boundaries, Boost's bcp --namespace,
 * clang-change-namespace. A program decides: the text must be the expected one (white space aside), and must compile.
 * bcp knows only Boost: for it the namespace is called `boost`. Usage: node bench/renamers.bench.mjs
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CASES, LIBRARY } from "./renamers.cases.mjs";

const CLI = join(import.meta.dirname, "../bin/unfork.js");
const CLANG = ["clang-change-namespace", "clang-change-namespace-19", "clang-change-namespace-16", "clang-change-namespace-14"].find(
  isThere,
);
const LIBRARY_AFTER = LIBRARY.replaceAll(/\bmeter\b/g, "meter_legacy");

/** What each tool is called with; `files` gives the two files that it must leave behind. */
const TOOLS = [
  {
    name: "unfork isolate",
    cNames: true,
    run: (root) =>
      call(process.execPath, [
        CLI,
        "isolate",
        join(root, "in"),
        "--flavor",
        "legacy",
        "--namespace",
        "meter",
        "--out",
        join(root, "out"),
        "--quiet",
      ]),
    out: "out",
  },
  {
    name: "sed",
    cNames: true,
    run: (root) =>
      call("sed", [
        "-i",
        "-E",
        String.raw`s/\bmeter\b/meter_legacy/g; s/\bmeter_reset\b/meter_reset_legacy/g`,
        join(root, "in/lib.h"),
        join(root, "in/case.cpp"),
      ]),
    out: "in",
  },
  {
    name: "bcp",
    missing: isThere("bcp") ? undefined : "apt install libboost-tools-dev",
    run: (root) => call("bcp", ["--namespace=boost_legacy", `--boost=${join(root, "in")}`, "boost/case.cpp", join(root, "out")]),
    boost: true,
    out: "out/boost",
  },
  {
    name: "clang-change-namespace",
    missing: CLANG === undefined ? "apt install clang-tools-16" : undefined,
    run: (root) =>
      call(CLANG, [
        "-i",
        "--old_namespace=meter",
        "--new_namespace=meter_legacy",
        "--file_pattern=.*",
        join(root, "in/case.cpp"),
        "--",
        "-std=c++20",
        `-I${join(root, "in")}`,
      ]),
    out: "in",
  },
];

const COMPILER = ["g++", "clang++"].find(isThere);
measure();

function isThere(command) {
  return spawnSync(command, ["--version"]).error === undefined;
}

function call(command, args) {
  const since = performance.now();
  const { status, signal } = spawnSync(command, args, { encoding: "latin1", timeout: 60_000 });
  return { ms: performance.now() - since, crashed: signal !== null || (status ?? 1) > 125, failed: status !== 0 };
}

function measure() {
  const folder = mkdtempSync(join(tmpdir(), "unfork-renamers-"));
  try {
    const results = TOOLS.filter(({ missing }) => missing === undefined).map((tool) => resultsOf(tool, folder));
    table(results);
    for (const { name, missing } of TOOLS) if (missing !== undefined) console.log(`\n${name} is not there and was not tried: ${missing}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function resultsOf(tool, folder) {
  const verdicts = CASES.map((one, index) => {
    if (one.cNames && tool.cNames !== true) return { text: "–", ms: 0 };
    const root = join(folder, `${tool.name.replaceAll(" ", "-")}-${index}`);
    const { ms, crashed } = tried(tool, root, one);
    return { text: crashed ? "crash" : verdict(tool, root, one), ms };
  });
  return {
    name: tool.name,
    verdicts,
    ms: verdicts.reduce((sum, { ms }) => sum + ms, 0),
    asked: verdicts.filter(({ text }) => text !== "–").length,
  };
}

/** Words as bcp must find them. */
function spoken({ boost }, text) {
  return boost === true ? text.replaceAll("meter", "boost").replaceAll("METER", "BOOST") : text;
}

function sourceOf(text) {
  return `#include "lib.h"\n${text}\n`;
}

function tried(tool, root, { before }) {
  const place = tool.boost === true ? join(root, "in/boost") : join(root, "in");
  mkdirSync(place, { recursive: true });
  if (tool.boost === true) mkdirSync(join(root, "out"));
  if (tool.boost === true) writeFileSync(join(place, "version.hpp"), "#define BOOST_VERSION 107400\n");
  writeFileSync(join(place, "lib.h"), spoken(tool, LIBRARY));
  writeFileSync(join(place, "case.cpp"), spoken(tool, sourceOf(before)), "latin1");
  return tool.run(root);
}

/** `right`, or what is wrong with the result. */
function verdict(tool, root, { before, after, exact }) {
  let text;
  try {
    text = readFileSync(join(root, tool.out, "case.cpp"), "latin1");
  } catch {
    return "no result";
  }
  const wanted = spoken(tool, sourceOf(after));
  if (exact ? text === wanted : plain(text) === plain(wanted)) return "right";
  if (plain(text) === plain(spoken(tool, sourceOf(before)))) return "wrong: nothing is renamed";
  return compiles(tool, root, text) ? "wrong" : "wrong: does not compile";
}

/** Without white space, comments at a namespace's end, and a leading `::`, which say the same. */
function plain(text) {
  return text
    .replaceAll(/\/\/ (end )?namespace [\w:]*$/gm, "")
    .replaceAll(/(^|[^\w>:"])::(?=\w+_legacy\b)/gm, "$1")
    .replaceAll(/\s+/g, "");
}

/** With the library as it must become. */
function compiles(tool, root, text) {
  const folder = join(root, "check");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "lib.h"), spoken(tool, LIBRARY_AFTER).replaceAll("boost_legacy_", "boost_"));
  writeFileSync(join(folder, "case.cpp"), text, "latin1");
  return !call(COMPILER, ["-std=c++20", "-w", "-fsyntax-only", join(folder, "case.cpp")]).failed;
}

function table(results) {
  console.log(`| construct | ${results.map(({ name }) => name).join(" | ")} |`);
  console.log(`| --- | ${results.map(() => "---").join(" | ")} |`);
  for (const [index, { what }] of CASES.entries())
    console.log(`| ${what} | ${results.map(({ verdicts }) => verdicts[index].text).join(" | ")} |`);
  const right = results.map(({ verdicts, asked }) => `${verdicts.filter(({ text }) => text === "right").length} of ${asked}`);
  console.log(`| right | ${right.join(" | ")} |`);
  const each = results.map(({ ms, asked }) => ms / asked);
  console.log(`| time of a call | ${each.map((ms) => `${ms.toFixed(0)} ms (${(ms / each[0]).toFixed(2)} ×)`).join(" | ")} |`);
}
