/** Owns a file that a patch has in conflict: its names on all sides, and the question whether it merges with a version of upstream's. */
import type { ByteString } from "../../git/bytes.js";
import type { BatchConflict } from "../../git/merge-batch.js";
import { wantedFor } from "../stack/attributed.js";
import type { Placement } from "../stack/placement.js";
import { FOLDER, type TreeEntry } from "../../git/tree.js";
import type { StackPatch } from "../stack/stack-patch.js";
import { entryBelow } from "../stack/tree-shape.js";
import type { PortContext } from "../stack/port-context.js";
import { plainPath } from "./favoured.js";
import { fileName, ownPath, pathBefore, pathOnOldBase } from "./own-path.js";
import type { Slot, SlotMerger } from "./slot-merge.js";
import type { EntriesApart, PortedPatches } from "./stack-apart.js";

export type PlacementConflict = Extract<Placement, { status: "conflict" }>;

export interface StuckFile {
  readonly patch: StackPatch;
  readonly conflict: BatchConflict;
  /** Its path in the patch. */
  readonly path: ByteString;
  /** The same before the patch, which may move it. */
  readonly before: ByteString;
  /** Its path on the old base; of a file that the stack makes, the path in the stack. */
  readonly oldPath: ByteString;
  /** Its path on the new base. */
  readonly newPath: ByteString;
  /** One side moved or removed it and the other did something else: no question of its lines. */
  readonly misplaced: boolean;
  /** The patch changes, moves or removes a file that is there before it. */
  readonly needed: boolean;
  /** A file stands where the patch wants a folder, or the other way round, and would so with all patches in conflict left out. */
  readonly inTheWay: boolean;
  /** Its attributes say that it is not to be merged. */
  readonly atomic: boolean;
  readonly onOldBase: TreeEntry | null;
  readonly onNewBase: TreeEntry | null;
  /** What stands there before the patch when all patches in conflict are left out. */
  readonly apart: TreeEntry | null;
}

export async function stuckFiles(
  context: PortContext,
  ported: PortedPatches,
  apart: EntriesApart,
  patch: StackPatch,
  { conflicts }: PlacementConflict,
): Promise<StuckFile[]> {
  const { readTree } = context;
  const earlier = ported.patches.slice(0, ported.patches.indexOf(patch));
  const telling = conflicts.filter((one) => !isCompanion(one));
  return await Promise.all((telling.length > 0 ? telling : conflicts).map(fileOf));

  async function fileOf(conflict: BatchConflict): Promise<StuckFile> {
    const { base, ours, theirs } = conflict;
    const path = ownPath(patch, conflict);
    const before = pathBefore(patch, conflict);
    const oldPath = await pathOnOldBase(readTree, ported.oldBase, earlier, before);
    const plain = plainPath(conflict.path);
    const moved = before !== path || plain !== path;
    const misplaced = isCompanion(conflict) || (base !== null && (ours === null || theirs === null) && (moved || ours === theirs));
    const needed = patch.changes.some((one) => one.path === before && one.before !== null);
    const onNewBase = (of: ByteString) => entryBelow(readTree, ported.newBase, of);
    const places = plain === path ? [oldPath, path] : [plain, oldPath, path];
    const newPath = (misplaced ? oldPath : await firstThere(onNewBase, places)) ?? oldPath;
    const wanted = await wantedFor(context, onNewBase, [newPath]);
    return {
      patch,
      conflict,
      path,
      before,
      oldPath,
      newPath,
      misplaced,
      needed,
      inTheWay: isInTheWay(patch, conflict, apart.get(patch)?.get(plain) ?? null),
      atomic: wanted?.byPath.get(newPath) === "binary",
      onOldBase: (await entryBelow(readTree, ported.oldBase, oldPath)) ?? null,
      onNewBase: (await onNewBase(newPath)) ?? null,
      apart: apart.get(patch)?.get(before) ?? null,
    };
  }
}

function isInTheWay(patch: StackPatch, conflict: BatchConflict, standing: TreeEntry | null): boolean {
  const path = plainPath(conflict.path);
  if (!isCompanion(conflict) || standing === null) return false;
  if (conflict.theirs !== null) return standing.mode === FOLDER;
  return standing.mode !== FOLDER && patch.changes.some((change) => change.after !== null && change.path.startsWith(`${path}/`));
}

async function firstThere(
  entryAt: (path: ByteString) => Promise<TreeEntry | undefined>,
  paths: readonly ByteString[],
): Promise<ByteString | undefined> {
  for (const path of paths) if ((await entryAt(path)) !== undefined) return path;
  return undefined;
}

/** One of the new names of a file that both sides moved, or a file that gave way to a folder: the old name tells more. */
function isCompanion({ base, ours, theirs }: BatchConflict): boolean {
  return base === null && (ours === null || theirs === null);
}

/** A file of a patch, the stack below it, and a version of upstream's file. */
export interface Meeting {
  readonly file: StuckFile;
  readonly stack: TreeEntry | null;
  readonly upstream: TreeEntry | null;
}

/** Whether the patch is in conflict: upstream's version gets the stack below the patch (its side wherever they clash), then the patch. */
export async function meet(slots: SlotMerger, meetings: readonly Meeting[]): Promise<boolean[]> {
  const below = await slots.merge(
    meetings.map(({ file, stack, upstream }): Slot => ({
      name: fileName(file.path),
      base: file.onOldBase,
      ours: upstream,
      theirs: stack,
      atomic: file.atomic,
    })),
  );
  const merged = await slots.merge(meetings.map(({ file }, at) => patchOnto(file, below[at]?.entry ?? null)));
  return merged.map(({ clean }) => !clean);
}

/** The patch's own change of the file, onto something else. */
export function patchOnto({ path, atomic, conflict: { base, theirs } }: StuckFile, ours: TreeEntry | null): Slot {
  return { name: fileName(path), base, ours, theirs, atomic };
}
