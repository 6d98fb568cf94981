/**
 * Measures what `unfork patch port` drops as upstreamed on real series against what people dropped when they made the next stack.
 * Usage: UNFORK_SERIES=FOLDER node bench/patch-upstreamed.bench.mjs [NAME …]; FOLDER holds bare clones (patch-upstreamed.series.mjs).
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { portAlone } from "../dist/patches/alone/port-alone.js";
import { tellingLines } from "../dist/patches/upstreamed/changed-lines.js";
import { diffsOf } from "../dist/patches/upstreamed/commit-diffs.js";
import { parseDiff } from "../dist/patches/text/parse-diff.js";
import { plainSubject } from "../dist/patches/upstreamed/plain-subject.js";
import { groupBy } from "../dist/support/group-by.js";
import { SERIES } from "./patch-upstreamed.series.mjs";

/** From this share of its changed lines on in all that the next stack changes on its base, a patch was kept. */
const KEPT = 0.5;

const folder = process.env["UNFORK_SERIES"];
const wanted = process.argv.slice(2);
const sum = { patches: 0, human: 0, right: 0, wrong: 0, missed: 0 };
for (const series of SERIES) {
  if (wanted.length > 0 && !wanted.some((name) => series.name.startsWith(name))) continue;
  const path = folder === undefined ? undefined : join(folder, series.repository);
  if (path === undefined || !existsSync(path)) {
    console.log(`skipped: ${series.name} (no ${series.repository} in the folder that UNFORK_SERIES names)`);
    continue;
  }
  await measure(series, path);
}
console.log(
  `all: ${sum.patches} patches, people dropped ${sum.human}; ours dropped ${sum.right} of them, ${sum.wrong} that people kept, left ${sum.missed}`,
);

async function measure({ name, old, tip, onto, next }, path) {
  const cpuBefore = process.cpuUsage();
  const request = { repo: path, series: `${old}..${tip}`, onto, name: "bench", dryRun: true };
  const since = performance.now();
  const port = await portAlone(request);
  const wall = performance.now() - since;
  const cpu = process.cpuUsage(cpuBefore);
  const without = await timed(() => portAlone({ ...request, upstreamed: false }));
  const kept = await keptBy(path, port.patches, `${onto}..${next}`);
  const dropped = port.patches.filter(isDropped);
  const human = port.patches.filter(({ patch }) => !kept.has(patch));
  const right = dropped.filter(({ patch }) => !kept.has(patch));
  const wrong = dropped.filter(({ patch }) => kept.has(patch));
  const missed = human.filter((patch) => !isDropped(patch));
  sum.patches += port.patches.length;
  sum.human += human.length;
  sum.right += right.length;
  sum.wrong += wrong.length;
  sum.missed += missed.length;
  const upstream = git(path, "rev-list", "--count", `${old}..${onto}`).trim();
  const counts = Object.entries(port.summary).flatMap(([status, count]) => (count === 0 ? [] : [`${count} ${status}`]));
  console.log(
    `${name}: ${port.patches.length} patches, ${upstream} upstream commits: ${counts.join(", ")}\n` +
      `  people dropped ${human.length}: found ${right.length}, false ${wrong.length}, left ${missed.length}; ` +
      `${Math.round(wall)} ms (own CPU ${Math.round((cpu.user + cpu.system) / 1000)} ms), without the search ${Math.round(without)} ms`,
  );
  for (const patch of wrong) print("false ", patch, kept.get(patch.patch));
  for (const patch of missed) print("left  ", patch);
}

function isDropped({ status }) {
  return status === "upstreamed" || status === "empty";
}

async function timed(work) {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

function print(mark, { patch, subject, status, evidence }, keptAs) {
  console.log(`    ${mark} ${patch.slice(0, 8)} ${status.padEnd(10)} ${subject}${keptAs === undefined ? "" : `  (kept as ${keptAs})`}`);
  if (process.env["VERBOSE"] !== undefined || mark === "false ") for (const line of evidence) console.log(`             ${line}`);
}

/**
 * Patches that live on in the next stack, with how: by subject, as often as that has it (of several with one subject it
 * does not matter which: ours first, then the last); or by their new lines
 * (their old ones, where there are no new) in all that it changes on its base.
 */
async function keptBy(path, patches, range) {
  const later = git(path, "log", "--no-merges", "--format=%h %s", range).trim().split("\n");
  const bySubject = groupBy(later, (line) => plainSubject(line.slice(line.indexOf(" ") + 1)));
  const diffs = await diffsOf(
    { path },
    patches.map(({ patch }) => patch),
  );
  const whole = parseDiff(git(path, "diff-tree", "-r", "-p", "--no-renames", ...range.split("..")), range).map(linesOf);
  const kept = new Map();
  const seen = new Set();
  const order = patches.toReversed().toSorted((a, b) => Number(isDropped(a)) - Number(isDropped(b)));
  for (const { patch, subject } of order) {
    const same = bySubject.get(plainSubject(subject))?.pop();
    const share = shareOfNew(diffs.get(patch).files, whole);
    if (same !== undefined) kept.set(patch, `${same.slice(0, 8)}, same subject`);
    // Where the stack has a subject twice, the lines are those of the later one.
    else if (share >= KEPT && !seen.has(plainSubject(subject))) kept.set(patch, `${Math.round(share * 100)} % of its lines`);
    seen.add(plainSubject(subject));
  }
  return kept;
}

function shareOfNew(files, whole) {
  const own = wordsOf(files);
  const side = own.added.length > 0 ? "added" : "removed";
  const theirs = new Set(wordsOf(whole)[side]);
  return own[side].filter((line) => theirs.has(line)).length / Math.max(1, own[side].length);
}

/** Lines that say something, with their file; those that only moved within it, or changed their blanks, are left out. */
function wordsOf(files) {
  const sides = files.map(({ path, added, removed }) => {
    const [plus, minus] = [added, removed].map((lines) => tellingLines(lines).map((line) => `${path}:${line}`));
    const [moved, gone] = [new Set(minus), new Set(plus)];
    return { added: plus.filter((line) => !moved.has(line)), removed: minus.filter((line) => !gone.has(line)) };
  });
  return { added: sides.flatMap(({ added }) => added), removed: sides.flatMap(({ removed }) => removed) };
}

function linesOf({ oldPath, newPath, hunks }) {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const signed = (sign) => lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
  return { path: oldPath ?? newPath, added: signed("+"), removed: signed("-") };
}

function git(path, ...args) {
  return execFileSync("git", ["--git-dir", path, ...args], { encoding: "latin1", maxBuffer: 1e9 });
}
