/** Owns the sign of an upstream commit with the patch's subject; files and lines say how much that means. */
import { groupBy } from "../../support/group-by.js";
import { likeness } from "./changed-lines.js";
import type { CommitDiff } from "./commit-diffs.js";
import { plainSubject } from "./plain-subject.js";
import type { Finder } from "./signal.js";

/** "fix", "wip", "update": no subject to know a patch by. */
const SHORTEST = 8;

export const bySubject: Finder = {
  find: ({ patches, upstream }) => {
    const bySame = groupBy(upstream, ({ subject }) => plainSubject(subject));
    return patches.flatMap((patch) => {
      const subject = plainSubject(patch.subject);
      const commits = subject.length < SHORTEST ? [] : (bySame.get(subject) ?? []);
      return commits.map((commit) => ({ patch, commit, says: "has the same subject" }));
    });
  },
  judge: ({ diffs }, { patch, commit, says }) => {
    const [own, its] = [diffs.get(patch.commit), diffs.get(commit.id)];
    if (own === undefined || its === undefined) return undefined;
    if (!shareFiles(own, its)) return { kind: "subject", confidence: "weak", commit, says: `${says}, but touches other files` };
    const { ofOne, ofOther } = likeness(own, its);
    const confidence = ofOne >= 0.95 && ofOther >= 0.95 ? "strong" : ofOne >= 0.5 ? "medium" : "weak";
    return { kind: "subject", confidence, commit, says: `${says} and ${Math.round(ofOne * 100)} % of the patch's changed lines` };
  },
};

/** By name alone: a file may have moved. */
function shareFiles(own: CommitDiff, its: CommitDiff): boolean {
  const names = new Set(its.files.map(({ path }) => nameOf(path)));
  return own.files.some(({ path }) => names.has(nameOf(path)));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
