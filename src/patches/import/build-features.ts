/**
 * Owns the branches of several features out of one collection. A feature whose patches have their place on the base alone stands
 * there; one whose patches need those of others stands on these.
 */
import type { ObjectPool } from "../../git/object-pool.js";
import { type CandidateMerge, type FeatureBranch, mergeFeatures } from "../candidate/merge-features.js";
import { dependencyOrder } from "../order.js";
import type { Onto } from "../stack/write-stack.js";
import type { ImportBase } from "./import-base.js";
import { type PlacedPatches, type Placer, placePatches } from "./place-patches.js";
import type { PlannedFeature } from "./plan-features.js";
import { type Branch, writeBranch } from "./write-branch.js";

export interface BuiltFeature {
  readonly plan: PlannedFeature;
  readonly placed: PlacedPatches;
  readonly branch: Branch;
  readonly start: Onto;
  /** Features on which it stands. */
  readonly dependsOn: readonly string[];
}

export interface Building {
  readonly pool: ObjectPool;
  readonly placing: Placer;
  readonly base: ImportBase;
  readonly baseTime: string;
}

/** Features on which one has to stand, beside those that files alone tell, by name. */
export type Needs = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * In the order of the plan. `onOthers`: features that stand on those before them on the same files even where they could stand alone.
 */
export async function buildFeatures(
  building: Building,
  planned: readonly PlannedFeature[],
  needs: Needs = new Map(),
  onOthers: ReadonlySet<string> = new Set(),
): Promise<BuiltFeature[]> {
  const built = new Map<string, BuiltFeature>();
  const untangled = planned.map((plan) => ({
    name: plan.name,
    dependsOn: [...dependencesOf(plan), ...(needs.get(plan.name) ?? [])],
    plan,
  }));
  for (const { plan } of dependencyOrder(untangled)) {
    const alone = onOthers.has(plan.name) ? "not wanted" : "wanted";
    built.set(plan.name, await buildOne(building, plan, { needs, alone }, built));
  }
  return planned.flatMap(({ name }) => built.get(name) ?? []);
}

function dependencesOf({ dependsOn, entangledWith }: PlannedFeature): string[] {
  return dependsOn.filter((name) => !entangledWith.includes(name));
}

/** Alone, on all that its files tell and what was found, or on what was found: where fewest patches are without a place. */
async function buildOne(
  building: Building,
  plan: PlannedFeature,
  { needs, alone: standing }: { readonly needs: Needs; readonly alone: "wanted" | "not wanted" },
  built: ReadonlyMap<string, BuiltFeature>,
): Promise<BuiltFeature> {
  const { placing, base } = building;
  const alone = await placePatches(placing, plan.patches, base.tree);
  let best = { placed: alone, start: base as Onto, names: [] as readonly string[] };
  if (standing === "wanted" && !isRefused(alone)) return await write(building, plan, alone, base, []);
  const found = [...(needs.get(plan.name) ?? [])];
  for (const names of [[...new Set([...dependencesOf(plan), ...found])], found]) {
    const others = names.flatMap((name) => built.get(name) ?? []).filter(({ branch, start }) => branch.commit !== start.commit);
    if (others.length === 0 || (best.names.length > 0 && !isRefused(best.placed))) continue;
    const start = await startOn(building, others, built);
    if (start === undefined) continue;
    const placed = await placePatches(placing, plan.patches, start.tree);
    const asGood = standing === "not wanted" && best.names.length === 0 && refusedIn(placed) === refusedIn(alone);
    if (asGood || refusedIn(placed) < refusedIn(best.placed)) best = { placed, start, names: others.map((other) => other.plan.name) };
  }
  return await write(building, plan, best.placed, best.start, best.names);
}

export function isRefused(placed: PlacedPatches): boolean {
  return refusedIn(placed) > 0;
}

function refusedIn({ patches }: PlacedPatches): number {
  return patches.filter(({ status }) => status === "refused").length;
}

async function write(
  { pool, placing, baseTime }: Building,
  plan: PlannedFeature,
  placed: PlacedPatches,
  start: Onto,
  dependsOn: readonly string[],
): Promise<BuiltFeature> {
  const { readTree } = placing;
  const branch = await writeBranch({ pool, readTree, feature: plan, placed: placed.patches, start, baseTime });
  return { plan, placed, branch, start: { commit: start.commit, tree: start.tree }, dependsOn };
}

/** The tip of what it builds on; of several a merge of them, or undefined where these clash. */
async function startOn(
  building: Building,
  others: readonly BuiltFeature[],
  built: ReadonlyMap<string, BuiltFeature>,
): Promise<Onto | undefined> {
  const below = new Set(others.flatMap(({ dependsOn }) => allBelow(dependsOn, built)));
  const top = others.filter(({ plan }) => !below.has(plan.name));
  if (top.length === 1) return top[0]?.branch;
  const names = new Set(
    allBelow(
      top.map(({ plan }) => plan.name),
      built,
    ),
  );
  const merged = await mergeBuilt(
    building,
    [...names].flatMap((name) => built.get(name) ?? []),
  );
  return merged.clashes.length === 0 ? merged : undefined;
}

function allBelow(names: readonly string[], built: ReadonlyMap<string, BuiltFeature>): string[] {
  return [...names, ...names.flatMap((name) => allBelow(built.get(name)?.dependsOn ?? [], built))];
}

/** All of them merged onto the base, what others build on first. */
export async function mergeBuilt({ pool, base }: Building, features: readonly BuiltFeature[]): Promise<CandidateMerge> {
  const known = new Set(features.map(({ plan }) => plan.name));
  const ordered = dependencyOrder(
    features.map(({ plan, dependsOn, branch, start }) => ({
      ...asBranch(plan, branch, start),
      dependsOn: dependsOn.filter((name) => known.has(name)),
    })),
  );
  return await mergeFeatures({ pool, release: base.release, base, features: ordered });
}

function asBranch({ name, owner }: PlannedFeature, { commit, tree }: Branch, start: Onto): FeatureBranch {
  return { name, owner, commit, tree, startTree: start.tree };
}
