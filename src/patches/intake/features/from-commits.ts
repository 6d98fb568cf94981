/** Owns features proposed for a fork with its own history: a group of commits each. */
import { type ByteString, shownBytes } from "../../../git/bytes.js";
import type { IntakeCommit, IntakeFile, ProposedFeature } from "../../../model/patch-intake.js";
import { byText } from "../../../support/order.js";
import type { ChangedFile } from "../difference.js";
import type { NameGiver } from "./from-files.js";
import type { CommitGroup } from "./group-commits.js";
import { kebab } from "./kebab-name.js";
import type { OwnCommit } from "./own-commit.js";
import { plainSubject } from "./settle-commits.js";

/** Changed files by the fork's path. */
export type Standing = ReadonlyMap<ByteString, ChangedFile>;

/** The feature of a group with what still stands of it at the tip; undefined when nothing does. */
export function featureFromCommits(group: CommitGroup, standing: Standing, nameOf: NameGiver): ProposedFeature | undefined {
  const files = filesOf(group.commits, standing);
  if (files.length === 0) return undefined;
  const [first] = group.commits;
  const single = group.commits.length - group.joined === 1;
  return {
    name: nameOf([...(single ? [kebab(plainSubject(first?.subject ?? ""))] : []), kebab(group.key)]),
    purpose: single ? plainSubject(first?.subject ?? "") : null,
    owner: ownerOf(group.commits),
    because: because(group),
    files,
    ...linesOf(files),
    commits: group.commits.map(intakeCommit),
  };
}

export function backportsFeature(commits: readonly OwnCommit[], standing: Standing, nameOf: NameGiver): ProposedFeature | undefined {
  const files = filesOf(commits, standing);
  if (files.length === 0) return undefined;
  return {
    name: nameOf(["upstream-backports"]),
    purpose: "Changes of upstream's own, taken over early; each falls away once the base holds it.",
    owner: ownerOf(commits),
    because: "upstream has a commit of the same subject behind the base, or the message names it",
    files,
    ...linesOf(files),
    commits: commits.map(intakeCommit),
  };
}

export function intakeCommit({ id, subject, author }: OwnCommit): IntakeCommit {
  return { commit: id, subject, author };
}

/** Files that the commits change and that differ at the tip, with the lines of these commits. */
function filesOf(commits: readonly OwnCommit[], standing: Standing): IntakeFile[] {
  const files = new Map<ByteString, { added: number; removed: number }>();
  for (const { path, added, removed } of commits.flatMap((commit) => commit.files)) {
    const known = files.get(path) ?? { added: 0, removed: 0 };
    files.set(path, { added: known.added + added, removed: known.removed + removed });
  }
  return [...files]
    .toSorted(([a], [b]) => byText(a, b))
    .flatMap(([path, lines]) => {
      const file = standing.get(path);
      if (file === undefined) return [];
      return [{ path: shownBytes(file.path), change: file.change, from: file.from === null ? null : shownBytes(file.from), ...lines }];
    });
}

function linesOf(files: readonly IntakeFile[]): { added: number; removed: number } {
  return {
    added: files.reduce((sum, { added }) => sum + added, 0),
    removed: files.reduce((sum, { removed }) => sum + removed, 0),
  };
}

/** Who wrote most of the commits; among equals the first. */
function ownerOf(commits: readonly OwnCommit[]): string | null {
  const counts = new Map<string, number>();
  for (const { author } of commits) counts.set(author, (counts.get(author) ?? 0) + 1);
  return [...counts].toSorted(([, x], [, y]) => y - x)[0]?.[0] ?? null;
}

function because({ by, key, commits, joined }: CommitGroup): string {
  const mended = joined === 0 ? "" : `, ${joined} of them ${joined === 1 ? "mends" : "mend"} others`;
  const count = `${commits.length} ${commits.length === 1 ? "commit" : "commits"}`;
  if (by === "commit") return joined === 0 ? "one commit by itself" : `${count}${mended}`;
  if (by === "folder") return `changes in ${key}: ${count}${mended}`;
  return `the ${by} '${key}' in subjects: ${count}${mended}`;
}
