/** Owns what becomes of single commits before they are grouped: undone by a revert, taken over from upstream, or kept. */
import type { OwnCommit } from "./own-commit.js";
import { revertedBy, subjectParts } from "./subject-parts.js";

export interface SettledCommits {
  /** Pairs that leave nothing, the reverted commit first. */
  readonly undone: readonly (readonly [OwnCommit, OwnCommit])[];
  /** Upstream's own commits, taken over early. */
  readonly backports: readonly OwnCommit[];
  readonly kept: readonly OwnCommit[];
  /** Place in `kept` of what a commit of `kept` reverts in part, by place in `kept`. */
  readonly reverts: ReadonlyMap<number, number>;
}

/** What upstream has that the base has not: its commits' subjects, and their ids. */
export interface UpstreamAhead {
  readonly subjects: ReadonlySet<string>;
  readonly has: (commit: string) => boolean;
}

/** A shorter subject may be the same by chance. */
const LEAST_SUBJECT = 20;

/** Merges are left out; the others keep their order. */
export function settleCommits(commits: readonly OwnCommit[], ahead: UpstreamAhead): SettledCommits {
  const plain = commits.filter(({ parents }) => parents.length < 2);
  const partners = new Map<OwnCommit, OwnCommit>();
  const gone = new Set<OwnCommit>();
  const undone: [OwnCommit, OwnCommit][] = [];
  // From the newest on: a revert that was itself reverted undoes nothing.
  for (const [at, revert] of [...plain.entries()].toReversed()) {
    const target = gone.has(revert) ? undefined : targetOf(revert, plain.slice(0, at), gone);
    if (target === undefined) continue;
    if (!mirrors(target, revert)) {
      partners.set(revert, target);
      continue;
    }
    gone.add(target).add(revert);
    undone.unshift([target, revert]);
  }
  const left = plain.filter((commit) => !gone.has(commit));
  const backports = left.filter((commit) => isBackport(commit, ahead));
  const taken = new Set(backports);
  const kept = left.filter((commit) => !taken.has(commit));
  const places = new Map(kept.map((commit, at) => [commit, at]));
  const reverts = new Map<number, number>();
  for (const [revert, target] of partners) {
    const [from, to] = [places.get(revert), places.get(target)];
    if (from !== undefined && to !== undefined) reverts.set(from, to);
  }
  return { undone, backports, kept, reverts };
}

function targetOf(revert: OwnCommit, earlier: readonly OwnCommit[], gone: ReadonlySet<OwnCommit>): OwnCommit | undefined {
  const words = revertedBy(revert.subject, revert.message);
  if (words === undefined) return undefined;
  const { commit, subject } = words;
  const open = earlier.filter((one) => !gone.has(one));
  return open.findLast(({ id }) => commit !== undefined && id.startsWith(commit)) ?? open.findLast((one) => one.subject === subject);
}

/** Whether one takes out what the other brought in, as far as line counts tell. */
function mirrors(commit: OwnCommit, revert: OwnCommit): boolean {
  const back = new Map(revert.files.map((file) => [file.path, file]));
  return (
    commit.files.length === revert.files.length &&
    commit.files.every(({ path, added, removed }) => back.get(path)?.added === removed && back.get(path)?.removed === added)
  );
}

function isBackport({ subject, message }: OwnCommit, { subjects, has }: UpstreamAhead): boolean {
  const named = [
    ...message.matchAll(/^\(?(?:cherry[- ]picked from commit|backported from commit|upstream commit|commit) ([0-9a-f]{12,40})\b/gim),
  ];
  if (named.some(([, id]) => id !== undefined && has(id))) return true;
  const plain = plainSubject(subject);
  return plain.length >= LEAST_SUBJECT && subjects.has(plain);
}

/** A subject without the tags that a fork puts before it. */
export function plainSubject(subject: string): string {
  const { areas, rest } = subjectParts(subject);
  return [...areas, rest].join(": ");
}
