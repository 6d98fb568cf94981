/** Owns the question whether upstream took a commit back later, and whether it put it in again after that. */
import { groupBy } from "../../support/group-by.js";
import { revertedCommits, revertedSubject } from "./message-ids.js";
import { plainSubject } from "./plain-subject.js";
import type { UpstreamCommit } from "./upstream-log.js";

/** The revert that holds of a commit, or undefined. */
export type RevertOf = (commit: UpstreamCommit) => UpstreamCommit | undefined;

/** `commits`: oldest first. A revert that was itself reverted does not count. */
export function findReverts(commits: readonly UpstreamCommit[]): RevertOf {
  const reverts = new Map<UpstreamCommit, UpstreamCommit[]>();
  const bySubject = groupBy(commits, ({ subject }) => plainSubject(subject));
  const byStart = groupBy(commits, ({ id }) => id.slice(0, 7));
  const order = new Map(commits.map((commit, at) => [commit, at]));
  for (const revert of commits) {
    for (const target of targetsOf(revert)) if (isBefore(target, revert)) reverts.set(target, [...(reverts.get(target) ?? []), revert]);
  }
  for (const [commit, revert] of undoneByContent(commits, isBefore)) {
    if (!(reverts.get(commit) ?? []).includes(revert)) reverts.set(commit, [...(reverts.get(commit) ?? []), revert]);
  }
  return revertOf;

  function revertOf(commit: UpstreamCommit): UpstreamCommit | undefined {
    return reverts.get(commit)?.find((revert) => revertOf(revert) === undefined);
  }

  function isBefore(one: UpstreamCommit, other: UpstreamCommit): boolean {
    return (order.get(one) ?? 0) < (order.get(other) ?? 0);
  }

  /** By id where the message tells one, else the newest commit before it that has the subject. */
  function targetsOf(revert: UpstreamCommit): UpstreamCommit[] {
    const ids = revertedCommits(revert.message);
    const byId = ids.flatMap((id) => (byStart.get(id.slice(0, 7)) ?? []).filter((commit) => commit.id.startsWith(id)));
    const subject = revertedSubject(revert.subject);
    if (byId.length > 0 || subject === undefined) return byId;
    const same = (bySubject.get(plainSubject(subject)) ?? []).filter((commit) => isBefore(commit, revert));
    return same.slice(-1);
  }
}

type IsBefore = (one: UpstreamCommit, other: UpstreamCommit) => boolean;

/** Pairs of which the second gives every file of the first the content it had before, and touches no other. */
function undoneByContent(commits: readonly UpstreamCommit[], isBefore: IsBefore): [UpstreamCommit, UpstreamCommit][] {
  const byChange = groupBy(
    commits.filter(({ touched }) => touched.length > 0),
    (commit) => changeKey(commit, false),
  );
  const pairs: [UpstreamCommit, UpstreamCommit][] = [];
  for (const revert of commits) {
    if (revert.touched.length === 0) continue;
    const before = (byChange.get(changeKey(revert, true)) ?? []).filter((commit) => isBefore(commit, revert));
    pairs.push(...before.map((commit): [UpstreamCommit, UpstreamCommit] => [commit, revert]));
  }
  return pairs;
}

function changeKey({ touched }: UpstreamCommit, inverse: boolean): string {
  const sides = touched.map(({ path, before, after }) => {
    const [from, to] = inverse ? [after, before] : [before, after];
    return `${path} ${from?.mode} ${from?.id} ${to?.mode} ${to?.id}`;
  });
  return sides.toSorted().join("\0");
}
