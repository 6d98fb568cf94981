/**
 * Owns the placing of a stack on a new base. Patches whose files upstream left alone are placed at once; those that need a
 * merge of contents are merged by the dozen, as long as none depends on another's outcome; the rest waits for its turn. The
 * outcome is that of merging one by one in order.
 */
import type { ByteString } from "../../git/bytes.js";
import { type DraftChanges, type TreeDraft, type TreeReader, openDraft } from "../../git/tree-draft.js";
import type { TreeEntry } from "../../git/tree.js";
import { type ContentMerge, type ThreeSides, contentPair, contentPlacement, isFile } from "./content-merge.js";
import type { WantedDrivers } from "../../git/merge-attributes.js";
import { attributedPlacement, wantedFor } from "./attributed.js";
import { ownPlacement } from "./own-merge.js";
import { type Placement, type PlacementWay, unchanged } from "./placement.js";
import type { PortContext } from "./port-context.js";
import type { StackPatch } from "./stack-patch.js";
import { shapeOf } from "./tree-shape.js";
import { wholePlacement } from "./whole-merge.js";

/** Answers a conflict otherwise (by a recorded resolution), or leaves it as it is. */
export type Settle = (patch: StackPatch, placement: Placement) => Promise<Placement>;

export interface Placing extends PortContext {
  /** Without it every conflict stays. */
  readonly settle?: Settle | undefined;
  /** Told of every answer before it counts; false leaves the patch out all the same. */
  readonly takes?: (patch: StackPatch, placement: Placement, head: TreeDraft) => Promise<boolean>;
  /** Told of merged patches of which it is not known whether a plain apply would do. */
  readonly merging?: (patches: readonly StackPatch[]) => void;
  /** What a patch is known to change; nothing is merged for it. */
  readonly known?: (patch: StackPatch) => DraftChanges | undefined;
}

/** One placement per patch, in order; patches in conflict are left out of what the later ones come onto. */
export async function placeStack(placing: Placing, patches: readonly StackPatch[], onto: string): Promise<Placement[]> {
  const { pool, readTree } = placing;
  const draft = openDraft({ readTree, add: pool.addScratch }, onto);
  const placements = new Map<StackPatch, Placement>();
  const round = { placing, draft, placements };
  for (let queue = patches; queue.length > 0;) queue = await placeRound(round, queue);
  return patches.map((patch) => placements.get(patch) ?? fail());
}

function fail(): never {
  throw new Error("a patch was left without an answer");
}

interface Round {
  readonly placing: Placing;
  readonly draft: TreeDraft;
  readonly placements: Map<StackPatch, Placement>;
}

/** Places what can be placed now and gives the rest, in order. */
async function placeRound(round: Round, queue: readonly StackPatch[]): Promise<StackPatch[]> {
  const { placing, draft } = round;
  const rest: StackPatch[] = [];
  const batch: Merging[] = [];
  const open = new Set<ByteString>();
  let stopped = false;
  for (const patch of queue) {
    const waits: boolean = stopped || attributesOpen(open) || patch.changes.some(({ path }) => open.has(path));
    const step: Step | undefined = waits ? undefined : await stepFor(placing, draft, patch);
    if (step === undefined || ((step.ordered || changesAttributes(patch)) && rest.length + batch.length > 0)) {
      // The shape of the tree counts here, so all before it has to be settled; and so for all after it.
      stopped ||= step !== undefined;
      rest.push(patch);
    } else if (step.kind === "content") batch.push({ patch, merge: step.merge });
    else {
      if (step.kind === "whole") await finish(round, patch, await wholePlacement(placing, patch, draft.write()));
      else if (step.kind === "attributed") await finish(round, patch, await attributedPlacement(placing, step.merge, step.wanted));
      else await finish(round, patch, { status: "placed", way: wayOf(patch, step.changes), changes: step.changes, moved: new Map() });
      continue;
    }
    for (const { path } of patch.changes) open.add(path);
  }
  await mergeBatch(round, batch);
  return rest;
}

/** Where upstream has a part of it already, what is left is no longer the patch itself. */
function wayOf(patch: StackPatch, changes: DraftChanges): PlacementWay {
  return changes.size === patch.changes.length ? "exact" : "merged";
}

interface Merging {
  readonly patch: StackPatch;
  readonly merge: ContentMerge;
}

async function mergeBatch(round: Round, batch: readonly Merging[]): Promise<void> {
  if (batch.length === 0) return;
  const { placing } = round;
  const own = new Map<Merging, Extract<Placement, { status: "placed" }>>();
  for (const one of batch) {
    const placement = await ownPlacement(placing, one.patch, one.merge);
    if (placement !== undefined) own.set(one, placement);
  }
  const merged = mergedByGit(
    placing,
    batch.filter((one) => !own.has(one)),
  );
  const unsure = batch.filter((one) => own.get(one)?.plain !== true);
  if (unsure.length > 0) placing.merging?.(unsure.map(({ patch }) => patch));
  const results = await merged;
  for (const one of batch) await finish(round, one.patch, own.get(one) ?? results.get(one) ?? fail());
}

/** All by one call. */
async function mergedByGit({ pool, merger, readTree }: Placing, batch: readonly Merging[]): Promise<Map<Merging, Placement>> {
  if (batch.length === 0) return new Map();
  const pairs = batch.map(({ merge }) => contentPair(pool, merge));
  pool.show();
  const results = await merger.merge(pairs);
  const placements = batch.map(async (one, at) => [one, await contentPlacement(readTree, one.merge, results[at] ?? fail())] as const);
  return new Map(await Promise.all(placements));
}

async function finish({ placing, draft, placements }: Round, patch: StackPatch, found: Placement): Promise<void> {
  const placement = found.status === "conflict" ? ((await placing.settle?.(patch, found)) ?? found) : found;
  const takes = placing.takes === undefined || (await placing.takes(patch, placement, draft));
  if (placement.status === "placed" && takes) await draft.apply(placement.changes);
  placements.set(patch, placement);
}

type Step =
  | { readonly kind: "exact"; readonly ordered: boolean; readonly changes: DraftChanges }
  | { readonly kind: "content"; readonly ordered: boolean; readonly merge: ContentMerge }
  | { readonly kind: "attributed"; readonly ordered: boolean; readonly merge: ContentMerge; readonly wanted: WantedDrivers }
  | { readonly kind: "whole"; readonly ordered: true };

const WHOLE: Step = { kind: "whole", ordered: true };

async function stepFor(placing: Placing, draft: TreeDraft, patch: StackPatch): Promise<Step> {
  const changes = placing.known?.(patch);
  if (changes !== undefined) return { kind: "exact", ordered: false, changes };
  const step = await lookAt(placing.readTree, draft, patch);
  if (step.kind !== "content") return step;
  const wanted = await wantedFor(
    placing,
    draft.entry,
    step.merge.files.map(({ path }) => path),
  );
  return wanted === undefined ? step : { ...step, kind: "attributed", wanted };
}

/** A patch that waits for its turn changes attributes, by which later ones are merged. */
function attributesOpen(open: ReadonlySet<ByteString>): boolean {
  for (const path of open) if (path.endsWith(".gitattributes")) return true;
  return false;
}

/** Patches before it are merged without them. */
function changesAttributes({ changes }: StackPatch): boolean {
  return changes.some(({ path }) => path.endsWith(".gitattributes"));
}

/** What a patch needs. `ordered`: only true once all patches before it are settled. */
async function lookAt(readTree: TreeReader, draft: TreeDraft, patch: StackPatch): Promise<Step> {
  const settled = new Map<ByteString, TreeEntry | null>();
  const files: ThreeSides[] = [];
  const heads = await Promise.all(patch.changes.map(({ path }) => draft.entry(path)));
  for (const [at, { path, before, after }] of patch.changes.entries()) {
    const head = heads[at] ?? null;
    // Gone on both sides may be moved on one.
    if (head === null && after === null) return WHOLE;
    if (unchanged(head, after)) continue;
    if (unchanged(head, before)) settled.set(path, after);
    else if (isFile(before) && isFile(head) && isFile(after)) files.push({ path, base: before, ours: head, theirs: after });
    else return WHOLE;
  }
  const shape = await shapeOf(readTree, draft, patch);
  if (shape === "foreign") return WHOLE;
  const ordered = shape === "changed";
  return files.length === 0 ? { kind: "exact", ordered, changes: settled } : { kind: "content", ordered, merge: { files, settled } };
}
