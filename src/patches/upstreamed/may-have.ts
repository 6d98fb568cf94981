/** Owns the quick look at contents: may this state of the files hold the patch already? Only what may is worth a merge. */
import type { ObjectPool } from "../../git/object-pool.js";
import type { TreeEntry } from "../../git/tree.js";
import { isFile } from "../stack/content-merge.js";
import type { StackPatch } from "../stack/stack-patch.js";
import type { CommitDiff } from "./commit-diffs.js";
import type { Moment } from "./moments.js";

/** The lines of a blob, each once. */
export type LineReader = (blob: string) => Promise<ReadonlySet<string>>;

export function lineReader(pool: ObjectPool): LineReader {
  const known = new Map<string, Promise<ReadonlySet<string>>>();
  return (blob) => {
    const before = known.get(blob);
    if (before !== undefined) return before;
    const lines = pool.read(blob, "blob").then((content) => new Set(content.toString("latin1").split("\n")));
    known.set(blob, lines);
    return lines;
  };
}

/** False only where a merge would surely leave something over: every line that the patch puts in has to be there. */
export async function mayHave(linesOf: LineReader, patch: StackPatch, diff: CommitDiff, { entries }: Moment): Promise<boolean> {
  const changed = new Map(diff.files.map((file) => [file.path, file]));
  for (const { path, before, after } of patch.changes) {
    const head = entries.get(path) ?? null;
    if (sameEntry(head, after)) continue;
    const file = changed.get(path);
    if (sameEntry(head, before) || !isFile(head) || !isFile(after) || file === undefined || file.binary) return false;
    const lines = await linesOf(head.id);
    if (!file.added.every((line) => lines.has(line))) return false;
  }
  return true;
}

export function sameEntry(a: TreeEntry | null, b: TreeEntry | null): boolean {
  return a?.id === b?.id && a?.mode === b?.mode;
}
