/** Owns the choice among the commits that are nearest to a tree: those whose files differ from it in the fewest lines. */
import type { ByteString } from "../../../git/bytes.js";
import type { ObjectStore } from "../../../git/objects.js";
import { parseRawCommit } from "../../../git/raw-commit.js";
import type { TreeReader } from "../../../git/tree-draft.js";
import { type LineCounts, lineCounts, lineDistance } from "./line-distance.js";
import { type TreeDifferences, treeComparer } from "./tree-differences.js";
import type { TreeScore, WantedFiles } from "./tree-scores.js";

export interface RankedState {
  /** Place of the state's first commit in the list of commits. */
  readonly state: number;
  /** Lines that differ in wanted files, those aside that no state has. */
  readonly lines: number;
}

/** So many states are looked at closely. */
const MOST_STATES = 160;
/** States with this share less of the same files are still looked at: a fork may have taken over single changes. */
const SLACK = 0.005;
const LEAST_SLACK = 2;
/** A longer content is not split into lines. */
const MOST_BYTES = 8_000_000;

/** The states worth a close look, in the order of the history. */
export function nearStates(scores: readonly TreeScore[]): number[] {
  const best = scores.reduce((most, { identical }) => Math.max(most, identical), 0);
  const least = best - Math.max(LEAST_SLACK, Math.ceil(best * SLACK));
  const states = [...new Set(scores.filter(({ identical }) => identical > 0 && identical >= least).map(({ state }) => state))];
  const byScore = states.toSorted((a, b) => (scores[b]?.identical ?? 0) - (scores[a]?.identical ?? 0) || a - b);
  return byScore.slice(0, MOST_STATES).toSorted((a, b) => a - b);
}

export interface RankRequest {
  readonly objects: ObjectStore;
  readonly readTree: TreeReader;
  readonly wanted: WantedFiles;
  readonly read: (path: ByteString) => Promise<Buffer>;
  readonly commitAt: (place: number) => string;
}

/** The states, nearest first; among equals the earlier one. */
export async function rankStates(states: readonly number[], request: RankRequest): Promise<RankedState[]> {
  const { objects, readTree, wanted, commitAt } = request;
  const compare = treeComparer(readTree, wanted);
  const differences = await Promise.all(
    states.map(async (state) => await compare(parseRawCommit(await objects.read(commitAt(state), "commit")).tree)),
  );
  const nowhere = inAll(differences);
  const costs = costKeeper(request);
  const ranked: RankedState[] = [];
  for (const [at, { differing, missing }] of differences.entries()) {
    let lines = 0;
    for (const { path, id } of differing) lines += await costs.differing(path, id);
    for (const path of missing) lines += nowhere.has(path) ? 0 : await costs.missing(path);
    ranked.push({ state: states[at] ?? 0, lines });
  }
  return ranked.toSorted((a, b) => a.lines - b.lines || a.state - b.state);
}

function inAll(differences: readonly TreeDifferences[]): Set<ByteString> {
  const counts = new Map<ByteString, number>();
  for (const { missing } of differences) for (const path of missing) counts.set(path, (counts.get(path) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count === differences.length).map(([path]) => path));
}

/** Counts each pair of contents once. */
function costKeeper({ objects, read }: RankRequest) {
  const costs = new Map<string, number>();
  const own = new Map<ByteString, LineCounts>();
  async function ownLines(path: ByteString): Promise<LineCounts> {
    const before = own.get(path);
    if (before !== undefined) return before;
    const lines = countsOf(await read(path));
    own.set(path, lines);
    return lines;
  }
  async function distance(path: ByteString, id: string): Promise<number> {
    const [ours, theirs] = [await ownLines(path), await objects.find(id)];
    return theirs === undefined ? 1 : Math.max(1, lineDistance(ours, countsOf(theirs.content)));
  }
  return {
    missing: async (path: ByteString) => {
      let lines = 1;
      for (const count of (await ownLines(path)).values()) lines += count;
      return lines;
    },
    differing: async (path: ByteString, id: string) => {
      const key = `${id}${path}`;
      const cost = costs.get(key) ?? (await distance(path, id));
      costs.set(key, cost);
      return cost;
    },
  };
}

function countsOf(content: Buffer): LineCounts {
  return lineCounts(content.length > MOST_BYTES ? content.subarray(0, MOST_BYTES) : content);
}
