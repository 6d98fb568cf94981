/**
 * Owns the score of every commit of a history against one set of files: how many it has with the same content. It is exact
 * for all of them and takes one pass: a commit's score is that of its first parent and what it changes itself.
 */
import { availableParallelism } from "node:os";

import type { ByteString } from "../../../git/bytes.js";
import type { Repository } from "../../../git/git.js";
import { emit } from "../../../support/bus.js";
import { type CommitAndParent, commitChanges } from "./commit-changes.js";

/** Files to look for, by upstream's path: the ids that count as the same. */
export type WantedFiles = ReadonlyMap<ByteString, ReadonlySet<string>>;

export interface TreeScore {
  /** Files with the same content. */
  readonly identical: number;
  /** Files that both have. */
  readonly common: number;
  /** Files of folders that both have which only the commit has. */
  readonly more: number;
  /** Commits with the same number have the same content in all wanted files. */
  readonly state: number;
}

interface Delta {
  identical: number;
  common: number;
  more: number;
  touches: boolean;
}

/** Scores in the order of the commits, which has parents before children. */
export async function scoreTrees(repository: Repository, commits: readonly CommitAndParent[], wanted: WantedFiles): Promise<TreeScore[]> {
  const place = new Map(commits.map(({ id }, at) => [id, at]));
  const deltas = commits.map((): Delta => ({ identical: 0, common: 0, more: 0, touches: false }));
  const folders = new Set([...wanted.keys()].map(folderOf));
  let read = 0;
  function onChange(commit: string, path: ByteString, before: string | null, after: string | null): void {
    const delta = deltas[place.get(commit) ?? -1];
    if (delta === undefined) return;
    const ids = wanted.get(path);
    if (ids === undefined) {
      if (before === null || after === null) delta.more += folders.has(folderOf(path)) ? (before === null ? 1 : -1) : 0;
      return;
    }
    delta.touches = true;
    if (before === null) delta.common += 1;
    else if (ids.has(before)) delta.identical -= 1;
    if (after === null) delta.common -= 1;
    else if (ids.has(after)) delta.identical += 1;
  }
  function done(): void {
    read += 1;
    if (read % 500 === 0)
      emit({ type: "progress", label: "compare with upstream's history", done: read, total: commits.length, unit: "steps" });
  }
  await Promise.all(shares(commits).map((share) => commitChanges(repository, share, onChange, done)));
  emit({ type: "progress:end", label: "compare with upstream's history" });
  return summed(commits, deltas, place);
}

export function folderOf(path: ByteString): ByteString {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** As many parts as there are cores, up to four, cut so that neighbours stay together. */
function shares(commits: readonly CommitAndParent[]): CommitAndParent[][] {
  const count = commits.length < 200 ? 1 : Math.min(4, availableParallelism());
  const size = Math.ceil(commits.length / count);
  return Array.from({ length: count }, (_, at) => commits.slice(at * size, (at + 1) * size));
}

function summed(commits: readonly CommitAndParent[], deltas: readonly Delta[], place: ReadonlyMap<string, number>): TreeScore[] {
  const scores: TreeScore[] = [];
  for (const [at, { parents }] of commits.entries()) {
    const before = scores[place.get(parents[0] ?? "") ?? -1] ?? { identical: 0, common: 0, more: 0, state: -1 };
    const { identical, common, more, touches } = deltas[at] ?? { identical: 0, common: 0, more: 0, touches: false };
    scores.push({
      identical: before.identical + identical,
      common: before.common + common,
      more: before.more + more,
      state: touches || before.state < 0 ? at : before.state,
    });
  }
  return scores;
}
