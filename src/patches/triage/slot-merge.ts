/** Owns three-way merges of single files by the dozen: each side a tree of just that file, one `git merge-tree` for all. */
import type { ByteString } from "../../git/bytes.js";
import type { TreeEntry } from "../../git/tree.js";
import { formatTree } from "../../git/tree.js";
import { mergeable } from "../stack/scratch.js";
import type { PortContext } from "../stack/port-context.js";
import { favouredEntry } from "./favoured.js";

/** A file on three sides; null where it is missing. */
export interface Slot {
  /** Its name; settings of the repository may speak of it. */
  readonly name: ByteString;
  readonly base: TreeEntry | null;
  readonly ours: TreeEntry | null;
  readonly theirs: TreeEntry | null;
  /** Its attributes say that it is not to be merged: what both sides changed is in conflict. */
  readonly atomic: boolean;
}

export interface SlotResult {
  readonly clean: boolean;
  /** The merged file; in conflict, what both changed is as their side has it. */
  readonly entry: TreeEntry | null;
}

export interface SlotMerger {
  readonly merge: (slots: readonly Slot[]) => Promise<SlotResult[]>;
  /** How many merges git did. */
  readonly count: () => number;
}

/** Merges each slot once, however often it is asked for. */
export function openSlotMerger(context: PortContext): SlotMerger {
  const known = new Map<string, SlotResult>();
  let done = 0;
  async function merge(slots: readonly Slot[]): Promise<SlotResult[]> {
    const fresh = new Map(slots.filter((slot) => plainResult(slot) === undefined).map((slot) => [keyOf(slot), slot]));
    for (const key of fresh.keys()) if (known.has(key)) fresh.delete(key);
    const pairs = [...fresh.values()].map((slot) => pairOf(context, slot));
    context.pool.show();
    const merges = pairs.length === 0 ? [] : await context.merger.merge(pairs);
    done += pairs.length;
    await Promise.all(
      [...fresh].map(async ([key, slot], at) => {
        const found = merges[at];
        if (found === undefined) throw new Error("a merge was asked for and none given");
        const entry = (await context.readTree(found.tree)).get(slot.name) ?? null;
        known.set(key, {
          clean: found.clean,
          entry: found.clean ? entry : await favouredEntry(context.pool, { path: slot.name, ...slot }, entry),
        });
      }),
    );
    return slots.map((slot) => plainResult(slot) ?? known.get(keyOf(slot)) ?? lost());
  }
  return { merge, count: () => done };
}

function lost(): never {
  throw new Error("a merge got no answer");
}

/** Where only one side changed, or both alike. */
function plainResult({ base, ours, theirs, atomic }: Slot): SlotResult | undefined {
  if (same(ours, theirs) || same(base, theirs)) return { clean: true, entry: ours };
  if (same(base, ours)) return { clean: true, entry: theirs };
  return atomic ? { clean: false, entry: theirs } : undefined;
}

export function same(a: TreeEntry | null, b: TreeEntry | null): boolean {
  return a?.id === b?.id && a?.mode === b?.mode;
}

function keyOf({ name, base, ours, theirs }: Slot): string {
  return [name, ...[base, ours, theirs].map((entry) => (entry === null ? "" : `${entry.mode} ${entry.id}`))].join("\0");
}

function pairOf({ pool }: PortContext, { name, base, ours, theirs }: Slot) {
  const tree = (entry: TreeEntry | null) => pool.addScratch("tree", formatTree(new Map(entry === null ? [] : [[name, entry]])));
  return mergeable(pool, { base: tree(base), ours: tree(ours), theirs: tree(theirs) });
}
