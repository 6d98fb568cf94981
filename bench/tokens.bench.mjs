/**
 * Measures the scanner on one core: CPU time over all C-family files of a tree, in memory, seven rounds each with tables of its own.
 * Usage: node bench/tokens.bench.mjs [FOLDER]. Without one: the biggest WebRTC among the cached trees.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { dialectOf, languageOf } from "../dist/isolate/code-files.js";
import { createIndexer } from "../dist/isolate/decide/file-index.js";
import { readFiles } from "../dist/isolate/inventory/read-tree.js";
import { surveyFile } from "../dist/isolate/survey/survey.js";
import { wordsOf } from "../dist/isolate/survey/words.js";
import { createFastInterner, createInterner } from "../dist/tokens/interner.js";
import { scan } from "../dist/tokens/scan.js";
import { createStream } from "../dist/tokens/stream.js";

const ROUNDS = 7;
const folder = process.argv[2] ?? cachedTree();
if (folder === undefined)
  console.log("| scan a whole WebRTC | not measured: no WebRTC in the cache; run the demo first or name a folder | | |");
else measure();

function cachedTree() {
  const given = process.env["UNFORK_CACHE"];
  const trees = join(given === undefined || given === "" ? join(homedir(), ".cache", "unfork") : given, "trees");
  const folders = (existsSync(trees) ? readdirSync(trees) : []).map((name) => join(trees, name, "tree", "third_party", "webrtc"));
  return folders.find((path) => existsSync(path));
}

function measure() {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && languageOf(entry.name) !== undefined,
  );
  const files = entries.map((entry) => ({
    path: entry.name,
    language: languageOf(entry.name),
    bytes: readFileSync(join(entry.parentPath, entry.name)),
  }));
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
  console.log(`${files.length.toLocaleString("en")} files, ${(bytes / 1e6).toFixed(1)} MB; the first round in brackets\n`);
  row("bare scan: classified tokens, identifiers interned", bytes, () => pass(files, createFastInterner(), false));
  row("scan, index, survey: all that isolation reads of a file", bytes, () => pass(files, createFastInterner(), true));
  row("bare scan without the compiled scanner", bytes, () => pass(files, createInterner(), false));
  row("scan with the inventory of all constructs (`isolate scan`)", bytes, () => readFiles(files));
}

function pass(files, interner, all) {
  const stream = createStream();
  const words = wordsOf(interner);
  const indexer = createIndexer(interner);
  const roles = new Uint8Array(16);
  for (const { bytes, language } of files) {
    scan(bytes, interner, stream, dialectOf(language));
    if (!all) continue;
    indexer.add(stream, roles);
    indexer.keepIds();
    surveyFile({ stream, bytes, words }, language);
  }
}

function row(what, bytes, act) {
  const rates = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(before);
    return bytes / (user + system);
  });
  const median = rates.toSorted((a, b) => a - b)[(ROUNDS - 1) / 2];
  console.log(`| ${what} | ${median.toFixed(0)} MB/s a core | (${rates[0].toFixed(0)} MB/s) | |`);
}
