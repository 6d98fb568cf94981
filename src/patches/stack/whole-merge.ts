/** Owns the merging of whole trees for one patch: the way for moved and missing files, new and vanished folders. */
import type { ByteString } from "../../git/bytes.js";
import type { MergePair } from "../../git/merge-batch.js";
import { changesBetween } from "../../git/tree-changes.js";
import type { Placement } from "./placement.js";
import type { PortContext } from "./port-context.js";
import { mergeable } from "./scratch.js";
import type { StackPatch } from "./stack-patch.js";

/** `head`: the tree that the patch comes onto. */
export async function wholePlacement({ pool, merger, readTree }: PortContext, patch: StackPatch, head: string): Promise<Placement> {
  const pair = mergeable(pool, { base: patch.parentTree, ours: head, theirs: patch.raw.tree });
  pool.show();
  const [merge] = await merger.merge([pair]);
  if (merge === undefined) throw new Error("a merge was asked for and none given");
  const found = await changesBetween(readTree, head, merge.tree);
  const changes = new Map(found.map(({ path, after }) => [path, after]));
  if (!merge.clean) {
    for (const { path } of merge.conflicts) changes.delete(path);
    return { status: "conflict", way: "whole", conflicts: merge.conflicts, rest: changes, messages: namedSides(merge.messages, pair) };
  }
  return { status: "placed", way: "whole", changes, moved: movedPaths(patch, [...changes.keys()]) };
}

/** Git names the sides by what it was given: commits that exist only for this merge. */
function namedSides(messages: readonly ByteString[], { ours, theirs }: MergePair): ByteString[] {
  const told = messages.filter((message) => !message.startsWith("Auto-merging "));
  return told.map((message) => message.replaceAll(ours, "upstream").replaceAll(theirs, "the patch"));
}

/** A path of the patch that was not touched although a file of the same name somewhere else was: that is where it went. */
function movedPaths(patch: StackPatch, changed: readonly ByteString[]): Map<ByteString, ByteString> {
  const own = new Set(patch.changes.map(({ path }) => path));
  const elsewhere = changed.filter((path) => !own.has(path));
  const moved = new Map<ByteString, ByteString>();
  for (const path of own) {
    if (changed.includes(path)) continue;
    const after =
      elsewhere.find((other) => baseName(other) === baseName(path)) ??
      (elsewhere.length === 1 && own.size === 1 ? elsewhere[0] : undefined);
    if (after !== undefined) moved.set(path, after);
  }
  return moved;
}

function baseName(path: ByteString): ByteString {
  return path.slice(path.lastIndexOf("/") + 1);
}
