/** Owns the versions of a file along upstream's line, also where upstream moved it. */
import type { ByteString } from "../../git/bytes.js";
import type { Repository } from "../../git/git.js";
import type { TreeEntry } from "../../git/tree.js";
import { type FileStep, type LineRange, type UpstreamLine, movesIn, stepsOf } from "./upstream-line.js";

/** A file to follow: its path at the old base, and at the new one (the same where it was not moved). */
export interface FollowedFile {
  readonly from: ByteString;
  readonly to: ByteString;
  readonly onOldBase: TreeEntry | null;
}

export interface FileVersion {
  /** Null for the state before the line. */
  readonly commit: string | null;
  readonly entry: TreeEntry | null;
}

/** Enough for a file that is moved again and again. */
const MOST_MOVES = 20;

/** Per file its versions, the state before the line first; only one where no commit touched it. */
export async function versionsOf(
  repository: Repository,
  line: UpstreamLine,
  range: LineRange,
  files: readonly FollowedFile[],
): Promise<FileVersion[][]> {
  const steps = await knownSteps(repository, line, range, [...new Set(files.flatMap(({ from, to }) => [from, to]))]);
  const follower = { repository, line, range, steps, moves: new Map<string, Map<ByteString, ByteString>>() };
  const versions: FileVersion[][] = [];
  for (const file of files) versions.push(await follow(follower, file));
  return versions;
}

/** Without what the commit does at which a history is cut off: that is not known. */
async function knownSteps(repository: Repository, line: UpstreamLine, range: LineRange, paths: readonly ByteString[]) {
  const steps = await stepsOf(repository, range, paths);
  if (!line.cut) return steps;
  return new Map([...steps].map(([path, all]) => [path, all.filter(({ commit }) => line.orderOf.has(commit))]));
}

interface Follower {
  readonly repository: Repository;
  readonly line: UpstreamLine;
  readonly range: LineRange;
  readonly steps: Map<ByteString, FileStep[]>;
  readonly moves: Map<string, Map<ByteString, ByteString>>;
}

async function follow(follower: Follower, { from, to, onOldBase }: FollowedFile): Promise<FileVersion[]> {
  const first = await stepsAt(follower, from);
  const start = follower.line.onStack ? onOldBase : (first[0]?.before ?? null);
  const versions: FileVersion[] = [{ commit: null, entry: start }, ...first.map(versionOf)];
  let path = from;
  for (let moves = 0; path !== to && moves < MOST_MOVES; moves++) {
    const last = versions.at(-1);
    if (last === undefined || last.commit === null || last.entry !== null) break;
    path = (await movesAt(follower, last.commit)).get(path) ?? to;
    const since = follower.line.orderOf.get(last.commit) ?? 0;
    const further = (await stepsAt(follower, path)).filter(({ commit }) => (follower.line.orderOf.get(commit) ?? 0) >= since);
    if (further[0]?.commit === last.commit) versions.pop();
    versions.push(...further.map(versionOf));
  }
  return versions;
}

function versionOf({ commit, after }: FileStep): FileVersion {
  return { commit, entry: after };
}

async function stepsAt({ repository, line, range, steps }: Follower, path: ByteString): Promise<FileStep[]> {
  const known = steps.get(path) ?? (await knownSteps(repository, line, range, [path])).get(path) ?? [];
  steps.set(path, known);
  return known;
}

async function movesAt({ repository, moves }: Follower, commit: string): Promise<Map<ByteString, ByteString>> {
  const known = moves.get(commit) ?? (await movesIn(repository, commit));
  moves.set(commit, known);
  return known;
}
