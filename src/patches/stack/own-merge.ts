/** Owns the merging of a patch's files without git, where each is plain to merge. */
import { mergeTexts } from "../../git/text-merge/merge-texts.js";
import type { TreeEntry } from "../../git/tree.js";
import type { ContentMerge, ThreeSides } from "./content-merge.js";
import type { Placement } from "./placement.js";
import type { PortContext } from "./port-context.js";
import type { StackPatch } from "./stack-patch.js";

/** Undefined where git has to merge one of them. */
export async function ownPlacement(
  context: PortContext,
  patch: StackPatch,
  { files, settled }: ContentMerge,
): Promise<Extract<Placement, { status: "placed" }> | undefined> {
  if (!context.attributes.textsAreUsual) return undefined;
  const merged = await Promise.all(files.map((file) => mergedFile(context, file))).catch(leftToGit);
  if (merged?.every((file) => file !== undefined) !== true) return undefined;
  const changes = new Map(settled);
  for (const [at, { path, ours }] of files.entries()) {
    const entry = merged[at]?.entry ?? ours;
    if (entry.id !== ours.id || entry.mode !== ours.mode) changes.set(path, entry);
  }
  const plain = settled.size + files.length === patch.changes.length && merged.every((file) => file?.plain === true);
  return { status: "placed", way: "merged", changes, moved: new Map(), plain };
}

/** It says best what is missing. */
function leftToGit(): undefined {
  return undefined;
}

interface MergedFile {
  readonly entry: TreeEntry;
  readonly plain: boolean;
}

async function mergedFile({ pool }: PortContext, { base, ours, theirs }: ThreeSides): Promise<MergedFile | undefined> {
  const mode = ours.mode === base.mode ? theirs.mode : ours.mode;
  if (ours.id === base.id) return { entry: { mode, id: theirs.id }, plain: true };
  if (theirs.id === base.id || theirs.id === ours.id) return { entry: { mode, id: ours.id }, plain: false };
  const [before, own, other] = await Promise.all([base, ours, theirs].map(({ id }) => pool.read(id, "blob")));
  if (before === undefined || own === undefined || other === undefined) return undefined;
  const merged = mergeTexts({ base: before, ours: own, theirs: other });
  return merged === undefined ? undefined : { entry: { mode, id: pool.addScratch("blob", merged.content) }, plain: merged.plain };
}
