/** Owns the plain applying of a patch to a tree of git objects, as `git apply` does, with every file told that has no place. */
import { shownBytes } from "../../git/bytes.js";
import type { ObjectPool } from "../../git/object-pool.js";
import type { DraftChanges } from "../../git/tree-draft.js";
import { FOLDER, type TreeEntry } from "../../git/tree.js";
import type { ImportRefusal } from "../../model/patch-import.js";
import { type TreeFile, applyPatch } from "../text/apply-patch.js";
import { type FileDiff, pathOf } from "../text/file-diff.js";
import { type Lookup, inTheWay } from "./in-the-way.js";

/** One file's difference that has no place. */
export interface FileRefusal {
  readonly diff: FileDiff;
  /** From 0 on; null where it is not a hunk's fault. */
  readonly hunk: number | null;
  readonly why: string;
  /** The content that it did not fit; null where there is none. */
  readonly content: Buffer | null;
  /** Nothing may be written there, whatever a merge would say. */
  readonly isObstacle: boolean;
}

export interface Applied {
  /** What those that have a place make of the tree. */
  readonly changes: DraftChanges;
  readonly refusals: readonly FileRefusal[];
}

const SUBMODULE = "160000";

/** So many refusals are told of one patch. */
const TOLD = 40;

/** Applies all differences to what `lookup` gives; new contents are in the pool, as scratch. */
export async function applyDiffs(pool: ObjectPool, lookup: Lookup, diffs: readonly FileDiff[]): Promise<Applied> {
  const read = (path: string) => fileAt(pool, lookup, path);
  const refusals = await obstacles(lookup, diffs);
  let rest = diffs.filter((diff) => !refusals.some((refusal) => refusal.diff === diff));
  while (refusals.length < TOLD) {
    const result = await applyPatch(read, rest);
    if (result.status === "applied") return { changes: entriesOf(pool, result.changes), refusals };
    const diff = rest.find(({ line, newPath, oldPath }) => line === result.line && pathOf({ newPath, oldPath }) === result.path) ?? rest[0];
    if (diff === undefined) break;
    const content = (await read(diff.oldPath ?? diff.newPath ?? ""))?.content ?? null;
    const isHunk = diff.hunks.length > 0 && content !== null && diff.oldPath !== null;
    refusals.push({ diff, hunk: isHunk ? result.hunk : null, why: result.why, content, isObstacle: false });
    rest = rest.filter((one) => one !== diff);
  }
  return { changes: new Map(), refusals };
}

/** Differences that could not be written, whatever their content. */
async function obstacles(lookup: Lookup, diffs: readonly FileDiff[]): Promise<FileRefusal[]> {
  const leaving = new Set(
    diffs.flatMap(({ oldPath, newPath, copy }) => (oldPath !== null && oldPath !== newPath && !copy ? [oldPath] : [])),
  );
  const found: FileRefusal[] = [];
  for (const diff of diffs) {
    const why = diff.newPath === null ? undefined : await inTheWay(lookup, leaving, diff.newPath);
    if (why !== undefined) found.push({ diff, hunk: null, why, content: null, isObstacle: true });
  }
  return found;
}

async function fileAt(pool: ObjectPool, lookup: Lookup, path: string): Promise<TreeFile | null> {
  const entry = await lookup(path);
  if (entry === undefined || entry.mode === FOLDER) return null;
  const content = entry.mode === SUBMODULE ? Buffer.from(`Subproject commit ${entry.id}\n`) : await pool.read(entry.id, "blob");
  return { mode: entry.mode, content };
}

function entriesOf(pool: ObjectPool, changes: ReadonlyMap<string, TreeFile | null>): DraftChanges {
  return new Map([...changes].map(([path, file]) => [path, file === null ? null : entryOf(pool, file)]));
}

function entryOf(pool: ObjectPool, { mode, content }: TreeFile): TreeEntry {
  const commit = mode === SUBMODULE ? /^Subproject commit ([0-9a-f]{40})\n?$/.exec(content.toString("latin1"))?.[1] : undefined;
  return { mode, id: commit ?? pool.addScratch("blob", content) };
}

/** A refusal for people. `further`: what else was tried or found out. */
export function toldRefusal({ diff, hunk, why }: FileRefusal, file: string, further: readonly string[]): ImportRefusal {
  return {
    file: shownBytes(pathOf(diff)),
    hunk: hunk === null ? null : hunk + 1,
    at: `${file}:${diff.line}`,
    why: [why, ...further].join("; "),
  };
}
