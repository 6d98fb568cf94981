/** Owns the search for the upstream commit that a tree came from. */
import type { ByteString } from "../../../git/bytes.js";
import type { ObjectStore } from "../../../git/objects.js";
import { parseRawCommit } from "../../../git/raw-commit.js";
import type { TreeReader } from "../../../git/tree-draft.js";
import type { ForkFile, ForkFiles } from "../fork-file.js";
import { commitChanges } from "./commit-changes.js";
import { type Placed, idsOf, placeFiles } from "./place-files.js";
import { nearStates, rankStates } from "./rank-states.js";
import { type SampleTrees, sampleFrom, sampleTrees, spreadOver } from "./sample-trees.js";
import { type TreeScore, scoreTrees } from "./tree-scores.js";
import type { UpstreamCommit } from "./upstream-commits.js";

export interface BaseQuestion {
  readonly objects: ObjectStore;
  readonly readTree: TreeReader;
  readonly fork: ForkFiles;
  /** Parents first. */
  readonly commits: readonly UpstreamCommit[];
  /** Commits that a tag stands on. */
  readonly tagged: ReadonlySet<string>;
  /** First parents of upstream's branches. */
  readonly mainline: ReadonlySet<string>;
}

export interface NearCommit {
  readonly commit: string;
  readonly score: TreeScore;
  /** Lines that differ in files that both have. */
  readonly lines: number;
}

export interface FoundBase extends NearCommit {
  readonly placed: Placed;
  /** All commits that are as near as this one, oldest first. */
  readonly same: readonly string[];
  /** The next nearest, one of each state. */
  readonly runnersUp: readonly NearCommit[];
}

const MOST_RUNNERS_UP = 3;

/** Undefined when no file of the fork ever stood in upstream. */
export async function findBase(question: BaseQuestion): Promise<FoundBase | undefined> {
  const placed = await placedIn(question);
  if (placed === undefined) return undefined;
  const { objects, readTree, fork, commits } = question;
  const scores = await scoreTrees(objects.repository, commits, placed.wanted);
  const states = nearStates(scores);
  const ranked = await rankStates(states, {
    objects,
    readTree,
    wanted: placed.wanted,
    read: async (path) => {
      const file = placed.files.get(path);
      return file === undefined ? Buffer.alloc(0) : await fork.read(file);
    },
    commitAt: (place) => commits[place]?.id ?? "",
  });
  const found = chosen(question, placed, { scores, ranked });
  return found === undefined ? undefined : { ...found, same: await otherTrees(objects, found) };
}

/** Finds out where the fork's folders lie in upstream, from some of its trees, or where they say nothing from all. */
async function placedIn({ objects, readTree, commits, fork }: BaseQuestion): Promise<Placed | undefined> {
  const spread = await sampleTrees(objects, readTree, spreadOver(commits));
  return (await placeFiles(fork, spread)) ?? (await placeFiles(fork, await everyPlace(objects, commits, await idsOf(fork, () => false))));
}

async function everyPlace(
  objects: ObjectStore,
  commits: readonly UpstreamCommit[],
  ids: ReadonlyMap<ForkFile, ReadonlySet<string>>,
): Promise<SampleTrees> {
  const wanted = new Set([...ids.values()].flatMap((some) => Array.from(some)));
  const found = new Map<string, Set<ByteString>>();
  await commitChanges(objects.repository, commits, (_commit, path, _before, after) => {
    if (after === null || !wanted.has(after)) return;
    const places = found.get(after) ?? new Set();
    found.set(after, places.add(path));
  });
  return sampleFrom(found);
}

/** So many commits are looked at for whether their tree is the same. */
const MOST_TREES = 400;

/** A merge and the branch that it merged may have one tree: then only the chosen one is told. */
async function otherTrees(objects: ObjectStore, { commit, same }: FoundBase): Promise<readonly string[]> {
  if (same.length > MOST_TREES) return same;
  const trees = await Promise.all(same.map(async (id) => parseRawCommit(await objects.read(id, "commit")).tree));
  const own = trees[same.indexOf(commit)];
  return same.filter((id, at) => id === commit || trees[at] !== own);
}

interface Measured {
  readonly scores: readonly TreeScore[];
  readonly ranked: readonly { readonly state: number; readonly lines: number }[];
}

/** Among equals: fewest files that only upstream has, then a tagged commit, then one of a branch's own line, then the oldest. */
function chosen({ commits, tagged, mainline }: BaseQuestion, placed: Placed, { scores, ranked }: Measured): FoundBase | undefined {
  const [first] = ranked;
  if (first === undefined) return undefined;
  const states = new Set(ranked.filter(({ lines }) => lines === first.lines).map(({ state }) => state));
  const places = commits.map((_, at) => at).filter((at) => states.has(scores[at]?.state ?? -1));
  const fewest = Math.min(...places.map((at) => scores[at]?.more ?? 0));
  const same = places.filter((at) => scores[at]?.more === fewest);
  const idAt = (at: number) => commits[at]?.id ?? "";
  const main = same.find((at) => mainline.has(idAt(at)));
  const place = same.find((at) => tagged.has(idAt(at))) ?? main ?? same[0] ?? first.state;
  const near = (at: number, lines: number): NearCommit | undefined => {
    const score = scores[at];
    return score === undefined ? undefined : { commit: idAt(at), score, lines };
  };
  const best = near(place, first.lines);
  if (best === undefined) return undefined;
  const runnersUp = ranked
    .filter(({ state }) => !states.has(state))
    .slice(0, MOST_RUNNERS_UP)
    .map(({ state, lines }) => near(state, lines))
    .filter((one) => one !== undefined);
  return { ...best, placed, same: same.map(idAt), runnersUp };
}
