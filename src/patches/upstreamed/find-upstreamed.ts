/** Owns the search for patches that upstream has: one reading of its commits, then the signs, then what was taken back. */
import type { ByteString } from "../../git/bytes.js";
import { parseRawCommit } from "../../git/raw-commit.js";
import type { PortContext } from "../stack/port-context.js";
import type { StackPatch } from "../stack/stack-patch.js";
import { diffsOf } from "./commit-diffs.js";
import { FINDERS } from "./index.js";
import { lineReader } from "./may-have.js";
import { type Mainline, mainlineOf } from "./moments.js";
import { noOps } from "./no-op.js";
import { type OverwrittenBy, findSnapshots } from "./overwritten.js";
import { type RevertOf, findReverts } from "./reverts.js";
import type { Candidate, Finder, Search, Signal } from "./signal.js";
import { type UpstreamCommit, readUpstream } from "./upstream-log.js";
import { weighed } from "./weigh.js";

export interface UpstreamHistory {
  /** Where the stack started, and where it goes. */
  readonly base: string;
  readonly onto: string;
  /** Upstream's head beyond `onto`, where it is known: what it takes back until there is told. */
  readonly head: string | null;
}

export interface UpstreamSearch extends PortContext, UpstreamHistory {
  readonly patches: readonly StackPatch[];
}

/** What is known of upstream for a stack. */
export interface Upstreamed {
  /** By messages and changes of single commits. */
  readonly signals: ReadonlyMap<StackPatch, readonly Signal[]>;
  /** By merging; done for the whole stack when it is first asked for. */
  readonly noOpOf: (patch: StackPatch) => Promise<Signal | undefined>;
  /** Patches that are commits of upstream's history themselves, by id. */
  readonly contained: ReadonlyMap<string, UpstreamCommit>;
  /** The commit that took one back before the new base. */
  readonly revertOf: RevertOf;
  /** The same after the new base. */
  readonly laterRevertOf: RevertOf;
  /** Found out when it is first asked for. */
  readonly overwritten: () => Promise<OverwrittenBy>;
}

/** Finds what messages and single changes tell; the merges come later, where they are wanted. */
export async function findUpstreamed(request: UpstreamSearch): Promise<Upstreamed> {
  const { pool, merger, readTree, attributes, patches, onto } = request;
  const paths = new Set(patches.flatMap(({ changes }) => changes.map(({ path }) => path)));
  const { upstream, contained } = await readRange(request, paths);
  if (upstream.length === 0) return { ...NOTHING, contained };
  const known = { pool, merger, readTree, attributes, patches, upstream };
  const candidates = FINDERS.map((finder) => ({ finder, found: finder.find(known) }));
  const diffs = await diffsOf(pool.repository, commitsOf(candidates));
  const signals = weighed(patches, judged({ ...known, diffs }, candidates));
  const mainline = await mainlineOf(upstream, onto, treeOf);
  const later = request.head === null ? [] : await readUpstream(pool, { without: [onto], to: request.head }, paths);
  const noOpOf = mainline === null ? NOTHING.noOpOf : byMerging({ ...known, diffs }, mainline);
  let snapshots: Promise<OverwrittenBy> | undefined;
  const overwritten =
    mainline === null ? NOTHING.overwritten : () => (snapshots ??= findSnapshots(readTree, upstream, mainline, paths.size));
  const reverts = { revertOf: findReverts(upstream), laterRevertOf: findReverts([...upstream, ...later]) };
  return { signals, contained, noOpOf, overwritten, ...reverts };

  /** Where upstream's history holds the stack itself, its main line starts from the old base. */
  async function treeOf(commit: string): Promise<string> {
    return parseRawCommit(await pool.read(contained.has(commit) ? request.base : commit, "commit")).tree;
  }
}

const NOTHING: Upstreamed = {
  signals: new Map(),
  contained: new Map(),
  noOpOf: () => Promise.resolve(undefined),
  revertOf: () => undefined,
  laterRevertOf: () => undefined,
  overwritten: () => Promise.resolve(() => undefined),
};

interface Range {
  readonly upstream: readonly UpstreamCommit[];
  /** The stack's own commits, where upstream's history holds them: merged, or overwritten by a snapshot. */
  readonly contained: ReadonlyMap<string, UpstreamCommit>;
}

/** Upstream's commits that the old base lacks. */
async function readRange({ pool, patches, base, onto }: UpstreamSearch, paths: ReadonlySet<ByteString>): Promise<Range> {
  const own = new Set(patches.map(({ commit }) => commit));
  const read = await readUpstream(pool, { without: [base], to: onto }, paths);
  const contained = new Map(read.filter(({ id }) => own.has(id)).map((commit) => [commit.id, commit]));
  return { upstream: read.filter(({ id }) => !own.has(id)), contained };
}

interface Found {
  readonly finder: Finder;
  readonly found: readonly Candidate[];
}

function commitsOf(candidates: readonly Found[]): string[] {
  return [...new Set(candidates.flatMap(({ found }) => found.flatMap(({ patch, commit }) => [patch.commit, commit.id])))];
}

function judged(search: Search, candidates: readonly Found[]): Map<StackPatch, Signal[]> {
  const signals = new Map<StackPatch, Signal[]>();
  for (const { finder, found } of candidates) {
    for (const candidate of found) {
      const signal = finder.judge(search, candidate);
      if (signal !== undefined) signals.set(candidate.patch, [...(signals.get(candidate.patch) ?? []), signal]);
    }
  }
  return signals;
}

/** Merges with the files of upstream's main line: all at once, when one is asked for first. */
function byMerging(search: Search, mainline: Mainline): Upstreamed["noOpOf"] {
  let nothing: Promise<Map<StackPatch, Signal>> | undefined;
  return async (patch) => {
    nothing ??= withAllDiffs(search).then((full) => noOps(full, mainline, lineReader(full.pool)));
    return (await nothing).get(patch);
  };
}

/** Of all patches that touch a file which upstream touched, too. */
async function withAllDiffs(search: Search): Promise<Search> {
  const touched = new Set(search.upstream.flatMap((commit) => commit.touched.map(({ path }) => path)));
  const concerned = search.patches.filter(
    ({ commit, changes }) => !search.diffs.has(commit) && changes.some(({ path }) => touched.has(path)),
  );
  const more = await diffsOf(
    search.pool.repository,
    concerned.map(({ commit }) => commit),
  );
  return { ...search, diffs: new Map([...search.diffs, ...more]) };
}
