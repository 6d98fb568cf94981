/** Owns how commits are told to people: date, subject, the nearest tag. */
import { type Repository, git } from "../../git/git.js";
import type { ObjectStore } from "../../git/objects.js";
import { dayOf, messageText, parseRawCommit, subjectOf } from "../../git/raw-commit.js";

export async function commitLine(objects: ObjectStore, commit: string): Promise<{ commit: string; date: string; subject: string }> {
  const raw = parseRawCommit(await objects.read(commit, "commit"));
  return { commit, date: dayOf(raw.committer), subject: subjectOf(messageText(raw)) };
}

/** The newest tag before a commit, or on it; null where there is none. See git-describe(1). */
export async function nearestTag(upstream: Repository, commit: string): Promise<{ tag: string; after: number } | null> {
  const result = await git(upstream, ["describe", "--tags", "--long", "--abbrev=40", commit]);
  const match = /^(.+)-(\d+)-g[0-9a-f]+$/.exec(result.stdout.toString("utf8").trim());
  return result.code !== 0 || match === null ? null : { tag: match[1] ?? "", after: Number(match[2]) };
}
