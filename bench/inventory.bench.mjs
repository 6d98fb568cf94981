/**
 * Measures the scanner with the full inventory of `unfork isolate scan` (all places of all constructs, sorted into rows, strings
 * classified) in CPU seconds of one core, beside the scan alone; the first pass of a process apart, since it is compiled meanwhile.
 * Usage: node bench/inventory.bench.mjs [FOLDER]. Without one: the biggest WebRTC among the cached trees.
 */
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { constructsOf, sortSites } from "../dist/isolate/inventory/constructs.js";
import { namespacesOf } from "../dist/isolate/inventory/namespaces.js";
import { readFiles, readTree } from "../dist/isolate/inventory/read-tree.js";
import { stringsOf } from "../dist/isolate/inventory/strings.js";
import { createFastInterner } from "../dist/tokens/interner.js";
import { scan } from "../dist/tokens/scan.js";
import { createStream } from "../dist/tokens/stream.js";

const ROUNDS = 7;
const tree = process.argv[2] ?? cachedTree();
if (tree === undefined)
  console.log("| inventory of a whole WebRTC | not measured: no WebRTC in the cache; run the demo first or name a folder |");
else measure(tree);

function cachedTree() {
  const given = process.env["UNFORK_CACHE"];
  const trees = join(given === undefined || given === "" ? join(homedir(), ".cache", "unfork") : given, "trees");
  const names = existsSync(trees) ? readdirSync(trees) : [];
  const folders = names.map((name) => join(trees, name, "tree", "third_party", "webrtc")).filter((folder) => existsSync(folder));
  return folders.toSorted((a, b) => readdirSync(b, { recursive: true }).length - readdirSync(a, { recursive: true }).length)[0];
}

function measure(root) {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .toSorted();
  let files = [];
  let places = 0;
  const first = cpuMs(() => ({ files } = readTree(root, paths)));
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
  const bare = [];
  const full = [];
  const sorted = [];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(cpuMs(() => scanOnly(files)));
    let read;
    full.push(cpuMs(() => (read = readFiles(files))));
    sorted.push(cpuMs(() => (places = sortedPlaces(read))));
  }
  const rate = (ms) => `${(bytes / 1e3 / ms).toFixed(0)} MB/s`;
  console.log(
    `${files.length.toLocaleString("en")} files, ${(bytes / 1e6).toFixed(1)} MB, ${places.toLocaleString("en")} places; medians of ${ROUNDS}, CPU of one process`,
  );
  console.log(`| scan alone | ${rate(median(bare))} |`);
  console.log(`| scan with the full inventory | ${rate(median(full))} |`);
  console.log(`| … in a process's first pass, reading the files included | ${rate(first)} |`);
  console.log(`| sorting into rows with line numbers, strings classified | ${median(sorted).toFixed(0)} ms |`);
}

function scanOnly(files) {
  const interner = createFastInterner();
  const stream = createStream(1 << 17);
  for (const { bytes } of files) scan(bytes, interner, stream);
}

function sortedPlaces(read) {
  const namespaces = namespacesOf(read, [], () => false);
  const words = namespaces.filter(({ verdict }) => verdict === "renamed").map(({ name }) => name);
  const strings = stringsOf(read, words, new Set());
  const constructs = constructsOf(read, sortSites(read, namespaces), []);
  return [...constructs, ...strings].reduce((sum, { count }) => sum + count, 0);
}

function cpuMs(act) {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
