/**
 * Owns the placing of a patch by its blob ids, as `git am -3` does it: the files that it was made for are taken out of the
 * repository, changed there, and the change is merged into what stands on the base now.
 */
import { shownBytes } from "../../git/bytes.js";
import { type DraftChanges, type TreeDraft, openDraft } from "../../git/tree-draft.js";
import type { TreeEntry } from "../../git/tree.js";
import { type Placing, placeStack } from "../stack/place-stack.js";
import type { StackPatch } from "../stack/stack-patch.js";
import type { FileDiff } from "../text/file-diff.js";
import { type FileRefusal, applyDiffs } from "./apply-patch.js";
import { filesNamed } from "./files-named.js";

export type ThreeWay =
  | { readonly status: "placed"; readonly changes: DraftChanges }
  /** `why` by path. */
  | { readonly status: "refused"; readonly why: ReadonlyMap<string, string> };

/** `refused`: the files that a plain apply does not take; all others are merged from what stands there now. */
export async function placeThreeWay(
  placing: Placing,
  draft: TreeDraft,
  diffs: readonly FileDiff[],
  refused: readonly FileRefusal[],
): Promise<ThreeWay> {
  const known = await oldFiles(placing, draft, diffs);
  const missing = refused.filter(({ diff }) => diff.oldPath !== null && known.get(diff.oldPath)?.byId !== true);
  if (missing.length > 0) return { status: "refused", why: new Map(missing.map(({ diff }) => [diff.oldPath ?? "", noBlob(diff)])) };
  const before = new Map([...known].map(([path, { entry }]) => [path, entry]));
  const applied = await applyDiffs(placing.pool, (path) => Promise.resolve(before.get(path)), diffs);
  if (applied.refusals.length > 0) return { status: "refused", why: new Map(applied.refusals.flatMap(unfit)) };
  const patch = await asStackPatch(placing, draft, diffs, before, applied.changes);
  const [placement] = await placeStack(placing, [patch], draft.write());
  if (placement?.status === "placed") return { status: "placed", changes: placement.changes };
  const paths = placement?.conflicts.map(({ path }) => path) ?? [];
  return { status: "refused", why: new Map(paths.map((path) => [path, "merged three ways it is in conflict"])) };
}

/** Of an added file the plain apply said all. */
function unfit({ diff: { oldPath } }: FileRefusal): [string, string][] {
  return oldPath === null ? [] : [[oldPath, "it does not fit the very file that its `index` line names"]];
}

function noBlob({ oldId }: FileDiff): string {
  return oldId === null
    ? "the patch has no `index` line to merge by"
    : `the repository does not have the file ${oldId} that it was made for`;
}

interface OldFile {
  readonly entry: TreeEntry;
  /** By the patch's `index` line, not from the base. */
  readonly byId: boolean;
}

/** What the patch was made for, by path; where the repository does not have it, what stands there now. */
async function oldFiles({ pool }: Placing, draft: TreeDraft, diffs: readonly FileDiff[]): Promise<Map<string, OldFile>> {
  const found = new Map<string, OldFile>();
  for (const { oldPath, oldId, oldMode } of diffs) {
    if (oldPath === null || found.has(oldPath)) continue;
    const head = await draft.entry(oldPath);
    const blob = oldId === null || /^0*$/.test(oldId) ? undefined : await pool.find(`${oldId}^{blob}`);
    if (blob !== undefined) found.set(oldPath, { entry: { mode: oldMode ?? head?.mode ?? "100644", id: blob.id }, byId: true });
    else if (head !== undefined) found.set(oldPath, { entry: head, byId: false });
  }
  return found;
}

async function asStackPatch(
  placing: Placing,
  draft: TreeDraft,
  diffs: readonly FileDiff[],
  before: ReadonlyMap<string, TreeEntry>,
  after: DraftChanges,
): Promise<StackPatch> {
  const objects = { readTree: placing.readTree, add: placing.pool.addScratch };
  const parentTree = await treeAround(placing, draft, diffs, before);
  const next = openDraft(objects, parentTree);
  await next.apply(after);
  const raw = { tree: next.write(), parents: [], author: "", committer: "", encoding: null, message: "" };
  const changes = [...after]
    .map(([path, entry]) => ({ path, before: before.get(path) ?? null, after: entry }))
    .filter(({ before: old, after: now }) => old?.id !== now?.id || old?.mode !== now?.mode)
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { commit: "", raw, subject: shownBytes(changes[0]?.path ?? ""), parentTree, changes };
}

/**
 * The tree that the patch was made for, as far as it is known: what stands on the base now, with the old files. Where upstream
 * moved one of them away, files of its name are left out, so that git sees where it went; without such a file the old ones alone
 * are the tree, and whatever is most alike counts, unless the patch moves files itself: it would then seem to move whole folders.
 */
async function treeAround(
  { pool, readTree }: Placing,
  draft: TreeDraft,
  diffs: readonly FileDiff[],
  before: ReadonlyMap<string, TreeEntry>,
): Promise<string> {
  const head = draft.write();
  const gone: string[] = [];
  for (const path of before.keys()) if ((await draft.entry(path)) === undefined) gone.push(path);
  const twins = gone.length === 0 ? [] : (await filesNamed(pool, head, gone)).filter((path) => !before.has(path));
  const moves = diffs.some(({ oldPath, newPath, copy }) => !copy && oldPath !== null && newPath !== oldPath);
  const alone = gone.length > 0 && twins.length === 0 && !moves;
  const tree = openDraft({ readTree, add: pool.addScratch }, alone ? pool.addScratch("tree", new Uint8Array()) : head);
  await tree.apply(new Map([...twins.map((path) => [path, null] as const), ...before]));
  return tree.write();
}
