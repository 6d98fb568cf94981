/**
 * Owns the sign that needs no message and no likeness: merged with the files of some upstream commit the patch leaves nothing
 * over, and merged with those before all of upstream's commits it does.
 */
import type { ByteString } from "../../git/bytes.js";
import { type ThreeSides, contentPair, contentPlacement, isFile } from "../stack/content-merge.js";
import type { StackPatch } from "../stack/stack-patch.js";
import { type LineReader, mayHave, sameEntry } from "./may-have.js";
import { type Mainline, type Moment, momentsOf } from "./moments.js";
import type { Search, Signal } from "./signal.js";

const SAYS = "merged with it, nothing is left over of the patch";

/** So many moments of one patch are merged at most. */
const MOST_MERGES = 12;

interface Trial {
  readonly patch: StackPatch;
  readonly moment: Moment;
  readonly files: readonly ThreeSides[];
}

/** Per patch the first commit of the main line with which it is nothing. */
export async function noOps(search: Search, mainline: Mainline, linesOf: LineReader): Promise<Map<StackPatch, Signal>> {
  const trials = (await Promise.all(search.patches.map((patch) => trialsOf(search, mainline, patch, linesOf)))).flat();
  const nothing = await merged(search, trials);
  const found = new Map<StackPatch, Signal>();
  const atStart = new Set<StackPatch>();
  for (const { patch, moment } of trials.filter((trial) => nothing.has(trial))) {
    if (moment.commit === null) atStart.add(patch);
    else if (!found.has(patch) && !atStart.has(patch))
      found.set(patch, { kind: "no-op", confidence: "medium", commit: moment.commit, says: SAYS });
  }
  return found;
}

async function trialsOf(search: Search, mainline: Mainline, patch: StackPatch, linesOf: LineReader): Promise<Trial[]> {
  const diff = search.diffs.get(patch.commit);
  if (diff === undefined) return [];
  const moments = await momentsOf(search.readTree, mainline, patch);
  const trials: Trial[] = [];
  for (const moment of moments.length > 1 ? moments : []) {
    if (trials.length >= MOST_MERGES || !(await mayHave(linesOf, patch, diff, moment))) continue;
    const files = threeSides(patch, moment);
    if (files !== undefined) trials.push({ patch, moment, files });
  }
  return trials;
}

/** The files that need a merge; undefined where one cannot be merged by content. */
function threeSides(patch: StackPatch, { entries }: Moment): ThreeSides[] | undefined {
  const files: ThreeSides[] = [];
  for (const { path, before, after } of patch.changes) {
    const ours = entries.get(path) ?? null;
    if (sameEntry(ours, after)) continue;
    if (!isFile(before) || !isFile(ours) || !isFile(after)) return undefined;
    files.push({ path, base: before, ours, theirs: after });
  }
  return files;
}

/** The trials that leave nothing over. */
async function merged({ pool, merger, readTree }: Search, trials: readonly Trial[]): Promise<Set<Trial>> {
  const nothing = new Set(trials.filter(({ files }) => files.length === 0));
  const open = trials.filter((trial) => !nothing.has(trial)).map((trial) => ({ trial, merge: { files: trial.files, settled: NONE } }));
  const pairs = open.map(({ merge }) => contentPair(pool, merge));
  if (pairs.length > 0) pool.show();
  const results = await merger.merge(pairs);
  for (const [at, { trial, merge }] of open.entries()) {
    const result = results[at];
    if (result === undefined || !result.clean) continue;
    const placement = await contentPlacement(readTree, merge, result);
    if (placement.status === "placed" && placement.changes.size === 0) nothing.add(trial);
  }
  return nothing;
}

const NONE: ReadonlyMap<ByteString, null> = new Map();
