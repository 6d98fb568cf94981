/** Owns the heads of diffs that git did not write (GNU diff, quilt, Subversion): `---` and `+++`, with `Index:` before them or not. */
import type { DiffHunk } from "./file-diff.js";
import { type Names, prefixOf } from "./git-names.js";
import { isHunkHead } from "./parse-hunks.js";
import { type PatchLines, peek } from "./patch-lines.js";
import { hasEpochStamp, stripFolders, takeName } from "./raw-name.js";

export interface PlainHead {
  /** Names as written; null for /dev/null. */
  readonly oldName: string | null;
  readonly newName: string | null;
  /** The side's time stamp is the epoch: GNU diff's sign for a file that is not there. */
  readonly oldEpoch: boolean;
  readonly newEpoch: boolean;
  /** The name of the `Index:` line above. */
  readonly index: string | undefined;
}

/** Whether the next three lines are such a head and its first hunk. */
export function atPlainHead(lines: PatchLines): boolean {
  return peek(lines)?.startsWith("--- ") === true && peek(lines, 1)?.startsWith("+++ ") === true && isHunkHead(peek(lines, 2));
}

export function parsePlainHead(lines: PatchLines): PlainHead {
  const [old, fresh] = [(peek(lines) ?? "").slice(4), (peek(lines, 1) ?? "").slice(4)];
  const index = indexAbove(lines);
  lines.at += 2;
  return { oldName: takeName(old), newName: takeName(fresh), oldEpoch: hasEpochStamp(old), newEpoch: hasEpochStamp(fresh), index };
}

/** `Index: name`, then a row of `=`, right above the head. */
function indexAbove(lines: PatchLines): string | undefined {
  for (let back = 1; back <= 3; back++) {
    const line = peek(lines, -back);
    if (line?.startsWith("Index: ") === true) return line.slice("Index: ".length).trimEnd();
    if (line === undefined || !/^(=+|RCS file: .*|diff .*)?\r?$/.test(line)) return undefined;
  }
  return undefined;
}

/** How many leading folders this head shows to be none of the file's path; undefined when it does not tell. */
export function plainStrip({ oldName, newName, index }: PlainHead): number | undefined {
  if (oldName !== null && newName !== null) return bothStrip(oldName, newName) ?? indexStrip(newName, index) ?? flatStrip(newName);
  const name = newName ?? oldName ?? "";
  return (/^[ab]\//.test(name) ? 1 : undefined) ?? indexStrip(name, index) ?? flatStrip(name);
}

function bothStrip(old: string, fresh: string): number | undefined {
  const [plainOld, plainFresh] = [withoutSuffix(old), withoutSuffix(fresh)];
  if (/^[ab]\//.test(old) && /^[ab]\//.test(fresh) && old[0] !== fresh[0]) return 1;
  return prefixOf([plainOld, plainFresh]);
}

/** `file.orig` and `file~` stand for `file`. */
function withoutSuffix(name: string): string {
  return name.replace(/(?:\.orig|\.old|\.new|~)$/, "");
}

function indexStrip(name: string, index: string | undefined): number | undefined {
  if (index === undefined) return undefined;
  return index === name ? 0 : index === stripFolders(name, 1) ? 1 : undefined;
}

function flatStrip(name: string): number | undefined {
  return name.includes("/") ? undefined : 0;
}

/** The paths without their first `strip` folders; undefined when a name has not as many. */
export function plainNames(head: PlainHead, strip: number, hunks: readonly DiffHunk[]): Names | undefined {
  const path = shorterName(head, strip);
  if (path === undefined) return undefined;
  const only = hunks.length === 1 ? hunks[0] : undefined;
  const added = head.oldName === null || (head.oldEpoch && only?.oldCount === 0);
  const removed = head.newName === null || (head.newEpoch && only?.newCount === 0);
  return { oldPath: added ? null : path, newPath: removed ? null : path };
}

/** Of `file` and `file.orig` the shorter, else the new one. */
function shorterName({ oldName, newName }: PlainHead, strip: number): string | undefined {
  const old = oldName === null ? undefined : stripFolders(oldName, strip);
  const fresh = newName === null ? undefined : stripFolders(newName, strip);
  return old !== undefined && fresh?.startsWith(old) === true ? old : (fresh ?? old);
}
