/** Owns the question which features a patch without a place needs: put behind theirs it has one, and without any of them it has none. */
import { changedPaths } from "../text/group/changed-paths.js";
import { type Placer, placePatches } from "./place-patches.js";
import type { PlannedFeature } from "./plan-features.js";
import type { SourcePatch } from "./source-patches.js";

export interface NeededFeature {
  readonly feature: PlannedFeature;
  /** Its last patch before the one without a place, on one of the files. */
  readonly patch: SourcePatch;
  readonly path: string;
}

export interface Question {
  readonly placer: Placer;
  /** Tree of the base. */
  readonly onto: string;
  /** All patches as the collection has them. */
  readonly order: readonly SourcePatch[];
  readonly planned: readonly PlannedFeature[];
}

/**
 * Nearest first; none where it has no place behind all of them either. Patches on the same files are looked at; where these have no
 * place themselves, also those on their files.
 */
export async function neededBy(question: Question, own: PlannedFeature, patch: SourcePatch): Promise<NeededFeature[]> {
  const before = question.order.slice(0, question.order.indexOf(patch)).toReversed();
  const [direct, paths] = [new Set(changedPaths(patch.text)), new Set(changedPaths(patch.text))];
  const near = before.filter(({ text }) => changedPaths(text).some((path) => direct.has(path)));
  const found = await among(question, own, patch, { earlier: near.toReversed(), paths: direct });
  if (found.length > 0) return found;
  const far = before.filter(({ text }) => {
    const all = changedPaths(text);
    const linked = all.some((path) => paths.has(path));
    for (const path of linked ? all : []) paths.add(path);
    return linked;
  });
  return far.length === near.length ? [] : await among(question, own, patch, { earlier: far.toReversed(), paths });
}

interface Earlier {
  /** In the order of the collection. */
  readonly earlier: readonly SourcePatch[];
  readonly paths: ReadonlySet<string>;
}

async function among(
  { placer, onto, planned }: Question,
  own: PlannedFeature,
  patch: SourcePatch,
  { earlier, paths }: Earlier,
): Promise<NeededFeature[]> {
  const found = new Map<string, NeededFeature>();
  for (const other of earlier.toReversed()) {
    const feature = planned.find(({ patches }) => patches.includes(other));
    const path = changedPaths(other.text).find((one) => paths.has(one)) ?? "";
    if (feature !== undefined && feature !== own && !found.has(feature.name)) found.set(feature.name, { feature, patch: other, path });
  }
  const all = [...found.values()];
  if (all.length === 0 || !(await isPlaced(all))) return [];
  let needed = all.slice(0, await fewestOf(all.length, (count) => isPlaced(all.slice(0, count))));
  // The furthest of these is needed, or fewer would do.
  for (const one of needed.slice(0, -1)) {
    const fewer = needed.filter((other) => other !== one);
    if (await isPlaced(fewer)) needed = fewer;
  }
  return needed;

  async function isPlaced(features: readonly NeededFeature[]): Promise<boolean> {
    const groups = [own, ...features.map(({ feature }) => feature)];
    const before = earlier.filter((other) => groups.some(({ patches }) => patches.includes(other)));
    const placed = await placePatches(placer, [...before, patch], onto);
    return placed.patches.at(-1)?.status !== "refused";
  }
}

/** The least count that will do, where `most` does and none does not. */
async function fewestOf(most: number, does: (count: number) => Promise<boolean>): Promise<number> {
  let [too, enough] = [0, most];
  while (enough - too > 1) {
    const half = (too + enough) >> 1;
    if (await does(half)) enough = half;
    else too = half;
  }
  return enough;
}
