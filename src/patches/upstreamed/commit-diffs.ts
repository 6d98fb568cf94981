/** Owns the differences that commits make, cut into changed lines. */
import type { ByteString } from "../../git/bytes.js";
import type { Repository } from "../../git/git.js";
import { patchId } from "../../git/patch-id.js";
import { patchTexts } from "../../git/patch-texts.js";
import type { FileDiff } from "../text/file-diff.js";
import { parseDiff } from "../text/parse-diff.js";

/** What one commit changes, on its first parent. */
export interface CommitDiff {
  /** As `git patch-id --stable` gives it; null for a commit that changes nothing. */
  readonly patchId: string | null;
  readonly files: readonly FileLines[];
}

/** Changed lines of one file, without those around them. A moved file is a removal and an addition. */
export interface FileLines {
  readonly path: ByteString;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly binary: boolean;
}

/** The differences by commit; merges have none. */
export async function diffsOf(repository: Repository, commits: readonly string[]): Promise<Map<string, CommitDiff>> {
  const texts = await patchTexts(repository, commits);
  return new Map([...texts].map(([commit, text]) => [commit, { patchId: patchId(text), files: parseDiff(text, commit).map(linesOf) }]));
}

function linesOf(diff: FileDiff): FileLines {
  const lines = diff.hunks.flatMap((hunk) => hunk.lines);
  const marked = (sign: string) => lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
  return { path: diff.oldPath ?? diff.newPath ?? "", added: marked("+"), removed: marked("-"), binary: diff.binary !== null };
}
