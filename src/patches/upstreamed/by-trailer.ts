/** Owns the sign that a message gives: the patch names upstream's commit, upstream's commit the patch, or both the same review. */
import { groupBy } from "../../support/group-by.js";
import { messageText } from "../../git/raw-commit.js";
import type { StackPatch } from "../stack/stack-patch.js";
import { likeness } from "./changed-lines.js";
import { namedCommits, namedRequests, requestOf, reviewIds } from "./message-ids.js";
import type { Candidate, Finder } from "./signal.js";
import type { UpstreamCommit } from "./upstream-log.js";

export const byTrailer: Finder = {
  find: ({ patches, upstream }) => {
    const texts = new Map(patches.map((patch) => [patch, messageText(patch.raw)]));
    const ownText = (patch: StackPatch) => texts.get(patch) ?? "";
    const [commitOf, patchOf] = [byPrefix(upstream, ({ id }) => id), byPrefix(patches, (patch) => patch.commit)];
    return [
      ...patches.flatMap((patch) => takenFrom(patch, ownText(patch), commitOf)),
      ...upstream.flatMap((commit) => givenBack(commit, patchOf)),
      ...sameReview(patches, upstream, ownText),
      ...sameRequest(patches, upstream, ownText),
    ];
  },
  /** A part of a commit, or more than it, may have been taken: the lines tell. */
  judge: ({ diffs }, { patch, commit, says }) => {
    const [own, its] = [diffs.get(patch.commit), diffs.get(commit.id)];
    const share = own === undefined || its === undefined ? 0 : likeness(own, its).ofOne;
    return share === 0 ? undefined : { kind: "trailer", commit, says, confidence: share >= 0.5 ? "strong" : "medium" };
  },
};

function takenFrom(patch: StackPatch, text: string, commitOf: (prefix: string) => UpstreamCommit | undefined): Candidate[] {
  const commits = namedCommits(text).map(commitOf);
  const known = commits.filter((commit) => commit !== undefined);
  return known.map((commit) => ({ patch, commit, says: "is the commit that the patch names as its origin" }));
}

function givenBack(commit: UpstreamCommit, patchOf: (prefix: string) => StackPatch | undefined): Candidate[] {
  const patches = namedCommits(commit.message).map(patchOf);
  return patches.filter((patch) => patch !== undefined).map((patch) => ({ patch, commit, says: "names the patch as its origin" }));
}

function sameReview(patches: readonly StackPatch[], upstream: readonly UpstreamCommit[], text: (patch: StackPatch) => string): Candidate[] {
  const theirs = oncePerId(upstream, ({ message }) => reviewIds(message));
  const ours = oncePerId(patches, (patch) => reviewIds(text(patch)));
  return [...ours].flatMap(([id, patch]) => {
    const commit = theirs.get(id);
    return commit === undefined ? [] : [{ patch, commit, says: `has the same ${id}` }];
  });
}

function sameRequest(
  patches: readonly StackPatch[],
  upstream: readonly UpstreamCommit[],
  text: (patch: StackPatch) => string,
): Candidate[] {
  const merged = groupBy(upstream, ({ subject }) => requestOf(subject));
  return patches.flatMap((patch) =>
    namedRequests(text(patch)).flatMap((number) =>
      (merged.get(number) ?? []).map((commit) => ({ patch, commit, says: `is request ${number}, which the patch names` })),
    ),
  );
}

/** An id that many carry (of a series, a ticket) tells nothing of one. */
function oncePerId<T>(all: readonly T[], idsOf: (one: T) => readonly string[]): Map<string, T> {
  const found = groupBy(
    all.flatMap((one) => idsOf(one).map((id) => ({ id, one }))),
    ({ id }) => id,
  );
  return new Map([...found].flatMap(([id, ones]) => (ones.length === 1 && ones[0] !== undefined ? [[id, ones[0].one]] : [])));
}

/** Finds by an id that may be cut short; one that begins several is none. */
function byPrefix<T>(all: readonly T[], idOf: (one: T) => string): (prefix: string) => T | undefined {
  const byStart = groupBy(all, (one) => idOf(one).slice(0, SHORTEST_ID));
  return (prefix) => {
    const found = (byStart.get(prefix.slice(0, SHORTEST_ID)) ?? []).filter((one) => idOf(one).startsWith(prefix));
    return found.length === 1 ? found[0] : undefined;
  };
}

const SHORTEST_ID = 7;
