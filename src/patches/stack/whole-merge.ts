/** Owns the merging of whole trees for one patch: the way for moved and missing files, new and vanished folders. */
import type { ByteString } from "../../git/bytes.js";
import type { BatchMerge, MergePair } from "../../git/merge-batch.js";
import { changesBetween } from "../../git/tree-changes.js";
import { toldOf, wantedFor } from "./attributed.js";
import type { Placement } from "./placement.js";
import { plainPath } from "../triage/favoured.js";
import type { PortContext } from "./port-context.js";
import { mergeable } from "./scratch.js";
import type { StackPatch } from "./stack-patch.js";
import { entryBelow } from "./tree-shape.js";

/** `head`: the tree that the patch comes onto. */
export async function wholePlacement(context: PortContext, patch: StackPatch, head: string): Promise<Placement> {
  const { pool, merger } = context;
  const pair = mergeable(pool, { base: patch.parentTree, ours: head, theirs: patch.raw.tree });
  pool.show();
  const [asText] = await merger.merge([pair]);
  if (asText === undefined) throw new Error("a merge was asked for and none given");
  const placement = await placementOf(context, patch, { head, pair, merge: asText });
  const paths = placement.status === "placed" ? [...placement.changes.keys()] : placement.conflicts.map(({ path }) => path);
  const rest = placement.status === "placed" ? [] : [...placement.rest.keys()];
  // Only now it is known where moved files went, and so which attributes count for them.
  const wanted = await wantedFor(context, (path) => entryBelow(context.readTree, head, path), [...paths, ...rest].map(plainPath));
  if (wanted === undefined) return placement;
  const merge = await context.attributes.merge(pair, wanted);
  return { ...(await placementOf(context, patch, { head, pair, merge })), told: toldOf(wanted) };
}

interface Whole {
  readonly head: string;
  readonly pair: MergePair;
  readonly merge: BatchMerge;
}

async function placementOf({ readTree }: PortContext, patch: StackPatch, { head, pair, merge }: Whole): Promise<Placement> {
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
