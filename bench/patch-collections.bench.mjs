/**
 * Reads Mozilla's two stacks of patches on WebRTC (Debian's firefox-esr 115.15 and 140.12, through the cache), writes them again, undoes them on the
 * vendored trees and puts them back. Usage: node bench/patch-collections.bench.mjs [COLLECTION[=TREE] …]; a collection's series is put on TREE.
 * CPU time of this process, medians of 7.
 */
import { lstatSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

import { applySeries } from "../dist/patches/text/apply-series.js";
import { readCollection } from "../dist/patches/text/collections/read-collection.js";
import { writeDiff } from "../dist/patches/text/write-diff.js";
import { fetchRelease } from "../dist/sources/fetch-release.js";

const ROUNDS = 7;
const SUITES = ["bookworm", "trixie", "bullseye", "sid"];

console.log(
  "| collection | patches, markers | differences, hunks | read | written again, byte for byte | applied | changed files as they were |",
);
console.log("| --- | --- | --- | --- | --- | --- | --- |");
if (process.argv.length > 2)
  for (const given of process.argv.slice(2)) {
    const [path, tree] = given.split("=");
    await row(path, tree, false);
  }
else for (const version of ["115.15", "140.12"]) await mozilla(version);

async function mozilla(version) {
  const cache = process.env["UNFORK_CACHE"] || join(homedir(), ".cache", "unfork");
  const folder = mkdtempSync(join(tmpdir(), "unfork-bench-"));
  const source = { kind: "debian", package: "firefox-esr", version, suites: SUITES, into: "." };
  try {
    const release = { id: `firefox-esr-${version}`, keep: ["third_party/libwebrtc"], sources: [source] };
    const { path } = await fetchRelease(release, { cache, baseFolder: folder });
    const tree = join(path, "third_party/libwebrtc");
    await row(join(tree, "moz-patch-stack"), tree, true, `Mozilla's stack, ESR ${version}`);
  } catch (error) {
    console.log(`| Mozilla's stack, ESR ${version} | not measured: ${error.message} |`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function row(path, tree, back, title = path) {
  const times = [];
  let read;
  for (let round = 0; round < ROUNDS; round++) times.push(await cpuMs(async () => (read = await readCollection(path))));
  const patches = read.patches.filter(({ noOp }) => !noOp);
  const diffs = patches.flatMap((patch) => patch.diffs);
  const hunks = diffs.reduce((sum, diff) => sum + diff.hunks.length, 0);
  const cells = [
    title,
    `${patches.length}, ${read.patches.length - patches.length}`,
    `${diffs.length}, ${hunks}`,
    `${times.toSorted((a, b) => a - b)[ROUNDS >> 1].toFixed(0)} ms`,
    `${patches.filter(sameText).length} of ${patches.length}`,
    ...(tree === undefined ? ["", ""] : await applied(patches, tree, back)),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

/** The difference's own text is in the file as it is written. */
function sameText({ source, diffs }) {
  return readFileSync(source.file, "latin1").includes(writeDiff(diffs));
}

/** Back and forth again, or only forth. */
async function applied(patches, tree, back) {
  const there = (path) => fileAt(join(tree, path));
  const first = await applySeries(there, patches, { back });
  const told = `${first.applied.length} of ${patches.length}${back ? " undone" : ""}`;
  if (!back) return [told, ""];
  const undone = (path) => (first.changes.has(path) ? first.changes.get(path) : there(path));
  const names = new Set(first.applied);
  const again = await applySeries(
    undone,
    patches.filter(({ name }) => names.has(name)),
  );
  const changed = [...first.changes.keys()];
  const same = changed.filter((path) => isSame(again.changes.get(path) ?? undone(path), there(path)));
  return [told, `${same.length} of ${changed.length}`];
}

function isSame(a, b) {
  return a === null || b === null ? a === b : a.content.equals(b.content);
}

function fileAt(path) {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat?.isSymbolicLink()) return { mode: "120000", content: Buffer.from(readlinkSync(path)) };
  return stat?.isFile() ? { mode: stat.mode & 0o100 ? "100755" : "100644", content: readFileSync(path) } : null;
}

async function cpuMs(run) {
  const since = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}
