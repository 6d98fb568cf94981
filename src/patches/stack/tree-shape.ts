/**
 * Owns the question whether a patch may be placed path by path. Where folders come or go, git's search for moved files and
 * folders may put something elsewhere, and a file may stand where a folder is wanted; then whole trees have to be merged.
 */
import type { ByteString } from "../../git/bytes.js";
import type { TreeChange } from "../../git/tree-changes.js";
import type { TreeDraft, TreeReader } from "../../git/tree-draft.js";
import { FOLDER, type TreeEntry } from "../../git/tree.js";
import type { StackPatch } from "./stack-patch.js";

/**
 * `kept`: no folder comes or goes. `changed`: some do, and nothing on the new base stands in the way, as far as it is known
 * now. `foreign`: the new base has other folders here than the patch knew.
 */
export type Shape = "kept" | "changed" | "foreign";

export async function shapeOf(readTree: TreeReader, draft: TreeDraft, patch: StackPatch): Promise<Shape> {
  let shape: Shape = "kept";
  for (const change of patch.changes) {
    const next = await shapeOfChange(readTree, draft, patch, change);
    if (next === "foreign") return next;
    if (next === "changed") shape = next;
  }
  return shape;
}

async function shapeOfChange(
  readTree: TreeReader,
  draft: TreeDraft,
  patch: StackPatch,
  { path, before, after }: TreeChange,
): Promise<Shape> {
  if (before === null) return await shapeOfAddition(readTree, draft, patch, path);
  return after === null ? await shapeOfRemoval(readTree, draft, patch, path) : "kept";
}

async function shapeOfAddition(readTree: TreeReader, draft: TreeDraft, patch: StackPatch, path: ByteString): Promise<Shape> {
  let shape: Shape = "kept";
  for (const folder of foldersOf(path)) {
    const known = (await entryBelow(readTree, patch.parentTree, folder))?.mode === FOLDER;
    const head = await draft.entry(folder);
    if (known ? head?.mode !== FOLDER : head !== undefined && head.mode !== FOLDER) return "foreign";
    if (!known) shape = "changed";
  }
  return shape;
}

/** The topmost folder that the patch empties has to be, on the new base, as the patch knew it. */
async function shapeOfRemoval(readTree: TreeReader, draft: TreeDraft, patch: StackPatch, path: ByteString): Promise<Shape> {
  for (const folder of foldersOf(path)) {
    if ((await entryBelow(readTree, patch.raw.tree, folder))?.mode === FOLDER) continue;
    const [before, head] = [await entryBelow(readTree, patch.parentTree, folder), await draft.entry(folder)];
    return before?.id === head?.id ? "changed" : "foreign";
  }
  return "kept";
}

/** `a`, `a/b` for `a/b/c.h`. */
export function foldersOf(path: ByteString): ByteString[] {
  const names = path.split("/").slice(0, -1);
  return names.map((_, at) => names.slice(0, at + 1).join("/"));
}

/** The entry at a path below a tree; null: the empty tree. */
export async function entryBelow(readTree: TreeReader, tree: string | null, path: ByteString): Promise<TreeEntry | undefined> {
  let entry: TreeEntry | undefined = tree === null ? undefined : { mode: FOLDER, id: tree };
  for (const name of path.split("/")) {
    if (entry?.mode !== FOLDER) return undefined;
    entry = (await readTree(entry.id)).get(name);
  }
  return entry;
}
