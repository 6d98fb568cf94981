/** Owns what messages of commits tell of other commits: ids they were taken from, ids of reviews, and what they revert. */

const ID = "([0-9a-f]{7,40})";

/** Each with the id in its only group. */
const ORIGINS: readonly RegExp[] = [
  /** git cherry-pick -x, and its older wording. */
  `\\(?(?:cherry[ -]picked|backported|ported|adapted|taken) from (?:upstream )?(?:commit )?${ID}\\b`,
  /** Linux stable, in both forms. */
  `^commit ${ID} upstream\\.?$`,
  `^\\[ *upstream commit ${ID} *\\]`,
  /** DEP-3, Yocto and others: a line that names an origin, with an id or an address that ends in one. */
  `^(?:origin|upstream[- ](?:commit|status|sha1?)|applied-upstream|original[- ]commit|cherry[- ]picked?[- ]from|x-upstream-commit)\\s*:.*?\\b${ID}\\b`,
  `\\bupstream\\b[^\\n]{0,40}?\\bcommit ${ID}\\b`,
].map((source) => new RegExp(source, "gim"));

/** Ids (may be cut short) of the commits that a message names as where it comes from. */
export function namedCommits(message: string): string[] {
  const found = ORIGINS.flatMap((pattern) => [...message.matchAll(pattern)].map((match) => (match[1] ?? "").toLowerCase()));
  return [...new Set(found)];
}

/** Trailers whose value belongs to one change only. */
const REVIEWS =
  /^[ \t]*(Change-Id|Reviewed-on|Cr-Commit-Position|Differential Revision|git-svn-id|Gerrit-Change-Id|X-Change-ID)\s*:\s*(\S.*)$/gim;

/** `Change-Id I0123…`, `Reviewed-on https://…`. */
export function reviewIds(message: string): string[] {
  return [...new Set([...message.matchAll(REVIEWS)].map((match) => `${match[1] ?? ""} ${(match[2] ?? "").trim()}`))];
}

/** Numbers of the requests at upstream that a patch's message names: by an address, or as `Upstream PR #: 12`. */
export function namedRequests(message: string): string[] {
  const found = [...message.matchAll(/\/(?:pull|merge_requests)\/(\d+)\b|^upstream (?:pr|mr|pull request)\b[^\d\n]*(\d+)\b/gim)];
  return [...new Set(found.map((match) => match[1] ?? match[2] ?? ""))];
}

/** The number that a host puts behind the subject of a request that it merged as one commit: ` (#12)`. */
export function requestOf(subject: string): string | undefined {
  return /\((?:#|!|gh-)(\d+)\)$/.exec(subject.trim())?.[1];
}

/** Ids (may be cut short) of the commits that a message takes back. */
export function revertedCommits(message: string): string[] {
  const named = message.matchAll(
    /\bthis (?:commit |change |patch |cl )?(?:reverts|undoes|backs out)(?: the)?(?: commits?| changesets?)?:?\s+([0-9a-f]{7,40})\b/gi,
  );
  return [...named].map((match) => (match[1] ?? "").toLowerCase());
}

/** The subject that `Revert "…"` takes back. */
export function revertedSubject(subject: string): string | undefined {
  return /^(?:\[[^\]]*\]\s*)*revert:?\s+["\u201c](.*)["\u201d]/i.exec(subject)?.[1];
}
