/**
 * Measures what a port tells of its conflicts on real forks: roots and cascades, culprits, and what both cost. Held against the
 * count by whole files (every prefix of the stack merged with the new base) and against a linear scan: every prefix that brings a
 * file into conflict, merged as whole trees with every commit of upstream's line.
 * Usage: CLONES=FOLDER node bench/patch-triage.bench.mjs; the folder holds bare clones, a missing one is skipped by name.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { openMerger } from "../dist/git/merge-batch.js";
import { openPool } from "../dist/git/object-pool.js";
import { openExisting } from "../dist/git/open-existing.js";
import { treeReader } from "../dist/git/tree-draft.js";
import { placeStack } from "../dist/patches/stack/place-stack.js";
import { mergeable } from "../dist/patches/stack/scratch.js";
import { listStack, readStack } from "../dist/patches/stack/stack-patch.js";
import { findCulprits } from "../dist/patches/triage/culprits.js";
import { verdictsOf } from "../dist/patches/triage/roots.js";
import { openSlotMerger } from "../dist/patches/triage/slot-merge.js";

/** Clones of nrfconnect/sdk-mcuboot and desktop-app/tg_owt. */
const SERIES = [
  { repo: "sdk-mcuboot.git", name: "mcuboot v3.1 to v3.2", base: "468e2611", tip: "ncs-v3.1-branch", onto: "8d14eebf" },
  { repo: "sdk-mcuboot.git", name: "mcuboot v2.1 to v3.1", base: "018dc01d", tip: "v2.1.0-ncs1-branch", onto: "468e2611" },
  { repo: "tg_owt.git", name: "tg_owt M101 to M108", base: "3bc18cc0", tip: "99edacee^", onto: "99edacee" },
  { repo: "tg_owt.git", name: "tg_owt M98 to M101", base: "a2ef1022", tip: "3bc18cc0^", onto: "3bc18cc0" },
];
const ROUNDS = Number(process.env.ROUNDS ?? 3);

const folder = process.env.CLONES;
const wanted = process.argv.slice(2);
for (const series of SERIES.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)))) {
  const path = folder === undefined ? undefined : join(folder, series.repo);
  if (path === undefined || !existsSync(path)) console.log(`${series.name}: skipped, no ${series.repo} in CLONES`);
  else await measure(path, series);
}

async function measure(path, series) {
  const runs = [];
  for (let round = 0; round < ROUNDS; round++) runs.push(await triage(path, series, round === ROUNDS - 1));
  const last = runs.at(-1);
  const middle = (pick) => runs.map(pick).toSorted((a, b) => a - b)[Math.floor(runs.length / 2)];
  const cost = (step) => `${Math.round(middle((run) => run[step].wall))} ms, ${Math.round(middle((run) => run[step].cpu))} ms of CPU`;
  console.log(`${series.name}: ${last.patches} patches, ${last.commits} commits on upstream's line`);
  console.log(`  in conflict ${last.stuck}: ${last.roots} roots with ${last.files} files, ${last.stuck - last.roots} cascades`);
  console.log(`  by whole files: ${last.byFile.roots} roots with ${last.byFile.pairs} files; ${last.byFile.also} of these are roots above`);
  console.log(`  placing ${cost("place")}; roots and cascades ${cost("judge")}; culprits ${cost("blame")} and ${last.merges} merges`);
  console.log(`  culprits of ${last.found} of ${last.files} files; linear scan: the same for ${last.scan.same} of ${last.scan.all}`);
  for (const line of last.scan.other) console.log(`    ${line}`);
}

async function triage(path, series, checked) {
  const id = (name) => execFileSync("git", ["-C", path, "rev-parse", name], { encoding: "utf8" }).trim();
  const [base, tip, onto] = [series.base, series.tip, series.onto].map((name) => id(`${name}^{commit}`));
  const [oldBase, newBase] = [base, onto].map((commit) => id(`${commit}^{tree}`));
  const existing = await openExisting(path);
  const pool = await openPool(existing.repository, existing.objects);
  const merger = openMerger(pool.repository, false);
  try {
    const readTree = treeReader(pool);
    const context = { pool, merger, readTree };
    const patches = await readStack(pool, readTree, await listStack(pool.repository, { base, tip }));
    const ported = { patches, placements: [], oldBase, newBase };
    const place = await timed(async () => void ported.placements.push(...(await placeStack(context, patches, newBase))));
    const slots = openSlotMerger(context);
    let verdicts = [];
    const judge = await timed(async () => (verdicts = await verdictsOf(context, slots, ported)));
    const files = verdicts.flatMap(({ own }) => own);
    const before = slots.count();
    let culprits = [];
    const blame = await timed(async () => (culprits = await findCulprits(context, slots, files, { newBase: onto, known: [base, tip] })));
    const merges = slots.count() - before;
    if (culprits === "no-history") culprits = [];
    const roots = verdicts.filter(({ root }) => root === null);
    const commits = execFileSync("git", ["-C", path, "rev-list", "--first-parent", "--reverse", onto, `^${base}`, `^${tip}`], {
      encoding: "utf8",
    });
    const line = commits.trim().split("\n");
    const summary = { patches: patches.length, commits: line.length, stuck: verdicts.length, roots: roots.length, files: files.length };
    const found = culprits.filter(({ culprit }) => culprit !== null).length;
    const figures = { ...summary, place, judge, blame, merges, found };
    if (!checked) return figures;
    const pairs = await pairsByFile(context, ported);
    const byFile = new Set(pairs.map(({ patch }) => patch));
    const also = roots.filter(({ patch }) => byFile.has(patch)).length;
    const scan = await scanned(context, ported, { pairs, culprits, line });
    return { ...figures, byFile: { roots: byFile.size, pairs: pairs.length, also }, scan };
  } finally {
    await merger.close();
    await pool.close();
  }
}

/** Wall and CPU time, with that of ended children where the system tells it. */
async function timed(work) {
  const [since, cpu] = [performance.now(), cpuTime()];
  await work();
  return { wall: performance.now() - since, cpu: cpuTime() - cpu };
}

function cpuTime() {
  const { user, system } = process.cpuUsage();
  const fields = existsSync("/proc/self/stat") ? readFileSync("/proc/self/stat", "utf8").split(") ")[1].split(" ") : [];
  return (user + system) / 1000 + 10 * (Number(fields[13] ?? 0) + Number(fields[14] ?? 0));
}

/** Patches whose prefix of the stack has files in conflict with the new base that the prefix before it has not. */
async function pairsByFile({ pool, merger }, { patches, oldBase, newBase }) {
  const pairs = patches.map(({ raw }) => mergeable(pool, { base: oldBase, ours: newBase, theirs: raw.tree }));
  pool.show();
  const merges = await merger.merge(pairs);
  return patches.flatMap((patch, at) => {
    const before = filesOf(merges[at - 1]);
    return [...filesOf(merges[at])].filter((path) => !before.has(path)).map((path) => ({ patch, path }));
  });
}

function filesOf(merge) {
  return new Set((merge?.conflicts ?? []).map(({ path }) => path));
}

async function scanned({ pool, merger }, { patches, oldBase }, { pairs, culprits, line }) {
  const trees = await Promise.all(line.map(async (commit) => (await pool.find(`${commit}^{tree}`)).id));
  const scan = { same: 0, all: 0, other: [] };
  for (const patch of patches) {
    const own = pairs.filter((pair) => pair.patch === patch);
    const blamed = culprits.filter(({ file }) => file.patch === patch && own.some(({ path }) => path === file.conflict.path));
    if (blamed.length === 0) continue;
    const merging = trees.map((ours) => mergeable(pool, { base: oldBase, ours, theirs: patch.raw.tree }));
    pool.show();
    const merges = await merger.merge(merging);
    for (const { file, culprit } of blamed) {
      const first =
        line[merges.findIndex(({ conflicts }) => conflicts.some(({ path }) => path === file.path || path === file.conflict.path))];
      scan.all++;
      if (first === culprit?.upstreamCommit) scan.same++;
      else
        scan.other.push(
          `${patch.commit.slice(0, 10)} ${file.path}: ${culprit?.upstreamCommit.slice(0, 10)}, the scan says ${first?.slice(0, 10)}`,
        );
    }
  }
  return scan;
}
