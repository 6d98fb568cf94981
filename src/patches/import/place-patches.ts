/** Owns the placing of patches in their order on one tree: what each of them changes there, or why it has no place. */
import { shownBytes } from "../../git/bytes.js";
import { type DraftChanges, type TreeDraft, openDraft } from "../../git/tree-draft.js";
import type { TreeEntry } from "../../git/tree.js";
import type { ImportRefusal, ImportStatus } from "../../model/patch-import.js";
import { type Placing, placeStack } from "../stack/place-stack.js";
import type { StackPatch } from "../stack/stack-patch.js";
import type { FileDiff } from "../text/file-diff.js";
import type { TextPatch } from "../text/text-patch.js";
import { type FileRefusal, applyDiffs, toldRefusal } from "./apply-patch.js";
import { filesNamed } from "./files-named.js";
import { nearestReason } from "./nearest-place.js";
import type { SourcePatch } from "./source-patches.js";
import { type ThreeWay, placeThreeWay } from "./three-way.js";

export interface PlacedPatch {
  readonly source: SourcePatch;
  readonly status: ImportStatus;
  /** What differs from the tree before it. */
  readonly changes: DraftChanges;
  readonly refusals: readonly ImportRefusal[];
}

export interface PlacedPatches {
  readonly patches: readonly PlacedPatch[];
  /** With all that have a place. */
  readonly tree: string;
}

/** How patches are placed. */
export interface Placer extends Placing {
  /** A patch goes in without the binary files whose content it does not hold. */
  readonly lenient: boolean;
  /** What was found of a patch on a tree: the same question is asked again and again where features are taken apart. */
  readonly answers: Map<string, Promise<Found>>;
}

/** Places each patch on what the ones before it gave; those without a place are left out. Contents are scratch in the pool. */
export async function placePatches(placing: Placer, sources: readonly SourcePatch[], onto: string): Promise<PlacedPatches> {
  const draft = openDraft({ readTree: placing.readTree, add: placing.pool.addScratch }, onto);
  const patches: PlacedPatch[] = [];
  for (const source of sources) {
    const found = await foundOf(placing, draft, source, onto);
    const changes = await realChanges(draft, found.changes);
    const isEmpty = source.text.diffs.length === 0 && (source.commit?.changes.length ?? 0) === 0;
    const status = (found.status === "clean" || found.status === "merged") && changes.size === 0 && !isEmpty ? "present" : found.status;
    if (status !== "refused") await draft.apply(changes);
    patches.push({ source, ...found, status, changes });
  }
  return { patches, tree: draft.write() };
}

type Found = Pick<PlacedPatch, "status" | "changes" | "refusals">;

function foundOf(placing: Placer, draft: TreeDraft, source: SourcePatch, onto: string): Promise<Found> {
  const key = `${draft.write()} ${onto} ${source.text.name}`;
  const found =
    placing.answers.get(key) ??
    (source.commit === null ? placeText(placing, draft, source.text, onto) : placeCommit(placing, draft, source.commit));
  placing.answers.set(key, found);
  return found;
}

/** Without what is there already. */
async function realChanges(draft: TreeDraft, changes: DraftChanges): Promise<DraftChanges> {
  const real = new Map<string, TreeEntry | null>();
  for (const [path, entry] of changes) {
    const head = await draft.entry(path);
    if (head?.id !== entry?.id || head?.mode !== entry?.mode) real.set(path, entry);
  }
  return real;
}

async function placeCommit(placing: Placing, draft: TreeDraft, commit: StackPatch): Promise<Found> {
  const [placement] = await placeStack(placing, [commit], draft.write());
  if (placement?.status === "placed")
    return { status: placement.way === "exact" ? "clean" : "merged", changes: placement.changes, refusals: [] };
  const paths = placement?.conflicts.map(({ path }) => path) ?? [];
  const refusals = paths.map((path) => ({
    file: shownBytes(path),
    hunk: null,
    at: commit.commit.slice(0, 10),
    why: "merged three ways it is in conflict",
  }));
  return { status: "refused", changes: new Map(), refusals };
}

async function placeText(placing: Placer, draft: TreeDraft, { diffs, source }: TextPatch, base: string): Promise<Found> {
  const plain = await applyDiffs(placing.pool, draft.entry, diffs);
  if (plain.refusals.length === 0) return { status: "clean", changes: plain.changes, refusals: [] };
  const gone = plain.refusals.filter(({ diff }) => lacksContent(diff));
  const refusals = gone.map((refusal) => toldRefusal(refusal, source.file, []));
  if (placing.lenient && gone.length === plain.refusals.length) return { status: "incomplete", changes: plain.changes, refusals };
  const merged = plain.refusals.some(({ isObstacle }) => isObstacle)
    ? NOT_TRIED
    : await placeThreeWay(placing, draft, diffs, plain.refusals);
  if (merged.status === "placed") return { status: "merged", changes: merged.changes, refusals: [] };
  const told = await Promise.all(
    plain.refusals.map(async (refusal) => {
      const near = nearestReason(refusal) ?? (await elsewhere(placing, base, refusal));
      const further = [near, merged.why.get(refusal.diff.oldPath ?? "")].filter((one) => one !== undefined);
      return toldRefusal(refusal, source.file, further);
    }),
  );
  const inConflict = [...merged.why].filter(([path]) => !plain.refusals.some(({ diff }) => diff.oldPath === path));
  const more = inConflict.map(([path, why]) => ({ file: shownBytes(path), hunk: null, at: `${source.file}:${source.line}`, why }));
  return { status: "refused", changes: new Map(), refusals: [...told, ...more] };
}

const NOT_TRIED: ThreeWay = { status: "refused", why: new Map() };

/** `Binary files … differ`: there is nothing to apply. */
function lacksContent({ binary }: FileDiff): boolean {
  return binary !== null && binary.forward === null;
}

/** Files of the same name in other folders of the base. */
async function elsewhere({ pool }: Placing, tree: string, { diff, content }: FileRefusal): Promise<string | undefined> {
  if (content !== null || diff.oldPath === null) return undefined;
  const found = (await filesNamed(pool, tree, [diff.oldPath])).slice(0, 3);
  return found.length === 0 ? "no file of that name is in the tree" : `there is ${found.map(shownBytes).join(", ")}`;
}
