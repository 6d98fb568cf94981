/** Owns the applying of a whole patch to a tree: all of its differences or none, with the decisions of `git apply`. */
import { applyFileDiff, mayAdd } from "./apply-file.js";
import type { ApplyOptions } from "./apply-hunks.js";
import { type FileDiff, pathOf } from "./file-diff.js";

export interface TreeFile {
  /** As git writes it. */
  readonly mode: string;
  /** Of a submodule (160000) the line `Subproject commit <id>`. */
  readonly content: Buffer;
}

/** The file at a path of the tree, or null. */
export type TreeReader = (path: string) => TreeFile | null | Promise<TreeFile | null>;

export type ApplyPatchResult =
  /** `changes`: path to new file, null where it is removed. `moved`: some hunk lay elsewhere than its head says. */
  | { readonly status: "applied"; readonly changes: ReadonlyMap<string, TreeFile | null>; readonly moved: boolean }
  /** `line`: where the difference starts in the patch; `hunk`: the one without a place, from 0. */
  | { readonly status: "refused"; readonly path: string; readonly line: number; readonly hunk: number; readonly why: string };

/** A patch on its way in. */
interface Progress {
  readonly read: TreeReader;
  readonly options: ApplyOptions;
  /** What the patch's earlier differences made of a path; null when they took it away. */
  readonly table: Map<string, TreeFile | null>;
  /** Paths that some difference of the patch takes away, earlier or later. */
  readonly leaving: ReadonlySet<string>;
  readonly removed: Set<string>;
  readonly written: Map<string, TreeFile>;
}

/** What the patch makes of the tree. A rename or copy reads its source as it was before the patch. */
export async function applyPatch(read: TreeReader, diffs: readonly FileDiff[], options: ApplyOptions = {}): Promise<ApplyPatchResult> {
  const leaving = new Set(diffs.filter(takesAway).flatMap(({ oldPath }) => oldPath ?? []));
  const progress: Progress = { read, options, table: new Map(), leaving, removed: new Set(), written: new Map() };
  let moved = false;
  for (const diff of diffs) {
    const outcome = await take(progress, diff);
    if (typeof outcome !== "boolean") return { status: "refused", path: pathOf(diff), line: diff.line, ...outcome };
    moved ||= outcome;
  }
  const changes = new Map<string, TreeFile | null>([...progress.removed].map((path) => [path, null]));
  for (const [path, file] of progress.written) changes.set(path, file);
  return { status: "applied", changes, moved };
}

function takesAway({ newPath, rename }: FileDiff): boolean {
  return newPath === null || rename;
}

interface Refusal {
  readonly hunk: number;
  readonly why: string;
}

/** Whether a hunk was moved, or why the difference does not apply. */
async function take(progress: Progress, diff: FileDiff): Promise<boolean | Refusal> {
  const before = await preimage(progress, diff);
  if (before === "gone") return refusal("the patch has moved or removed the file before");
  const added = before === null && (diff.oldPath === null || mayAdd(diff));
  const mode = modeOf(diff, before);
  if (mode === undefined) return refusal("the file is of another kind than the patch knows");
  if ((added || diff.rename || diff.copy) && (await isTaken(progress, diff.newPath)))
    return refusal("the patch adds a file that is already there");
  const result = applyFileDiff(before?.content ?? null, diff, progress.options);
  if (result.status === "refused") return { hunk: result.hunk, why: result.why };
  record(progress, diff, result.content === null ? null : { mode, content: result.content });
  return result.offsets.some((offset) => offset !== 0);
}

function refusal(why: string): Refusal {
  return { hunk: 0, why };
}

async function preimage({ read, table }: Progress, { oldPath, rename, copy }: FileDiff): Promise<TreeFile | null | "gone"> {
  if (oldPath === null) return null;
  const earlier = rename || copy ? undefined : table.get(oldPath);
  return earlier === undefined ? await read(oldPath) : (earlier ?? "gone");
}

/** The file's new mode: its own where the patch does not change it; undefined when it is a link, a submodule or a file against the patch. */
function modeOf({ oldMode, newMode, newPath }: FileDiff, before: TreeFile | null): string | undefined {
  if (before === null) return newMode ?? "100644";
  if (kindOf(oldMode ?? before.mode) !== kindOf(before.mode)) return undefined;
  if (newPath === null || newMode === null || newMode === oldMode) return before.mode;
  return kindOf(newMode) === kindOf(before.mode) ? newMode : undefined;
}

function kindOf(mode: string): string {
  return mode.slice(0, 3);
}

/** As git has it, by the tree before the patch: two copies taken back may come to one path, and the last is kept. */
async function isTaken({ read, table, leaving }: Progress, path: string | null): Promise<boolean> {
  if (path === null) return false;
  const earlier = table.get(path);
  if (earlier === null || (earlier === undefined && leaving.has(path))) return false;
  return (await read(path)) !== null;
}

function record({ table, removed, written }: Progress, diff: FileDiff, file: TreeFile | null): void {
  const { oldPath, newPath } = diff;
  if (newPath !== null && file !== null) {
    table.set(newPath, file);
    written.set(newPath, file);
  }
  if (oldPath === null || !takesAway(diff)) return;
  table.set(oldPath, null);
  removed.add(oldPath);
}
