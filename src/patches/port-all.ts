/** Owns the walk over all features in order: each on its base release, then on the new one. */
import { treeOf } from "../git/commit.js";
import type { Feature, FeatureOutcome } from "../model/feature.js";
import type { TriedFeature } from "./candidate.js";
import { type Context, changedPaths } from "./context.js";
import type { LoadedFeature } from "./feature.js";
import { type StartPoint, commitFeature } from "./feature-commit.js";
import { blankOutcome, droppedOutcome, startConflict, waitsFor } from "./outcome.js";
import type { FeaturePlace } from "./place-feature.js";
import { portFeature } from "./port.js";
import { startPoint } from "./start-point.js";

/** All features, tried on both releases. */
export interface PortedFeatures {
  readonly from: readonly TriedFeature[];
  readonly to: readonly TriedFeature[];
}

interface Progress {
  readonly from: TriedFeature[];
  to: readonly TriedFeature[];
  /** On each release, the commit that stands for a feature: its own, or its start when upstream has it. */
  readonly oldTips: Map<string, string>;
  readonly newTips: Map<string, string>;
}

/**
 * `features` in dependency order, which is that of the outcomes, too. On the new release those that wait for nothing are placed
 * at once, then those that build on them.
 */
export async function portAll(context: Context, features: readonly LoadedFeature[]): Promise<PortedFeatures> {
  const progress: Progress = { from: [], to: [], oldTips: new Map(), newTips: new Map() };
  let waiting: Tried[] = [];
  for (const [at, loaded] of features.entries()) {
    const old = await tryOld(context, loaded, progress);
    progress.from.push({ loaded, outcome: old.outcome });
    waiting.push({ at, loaded, old });
  }
  const tried = new Map<number, TriedFeature>();
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ loaded }) => loaded.feature.name));
    const ready = waiting.filter(({ loaded }) => !loaded.feature.dependsOn.some((name) => names.has(name)));
    await placeReady(context, progress, ready);
    for (const { at, loaded, old } of ready) tried.set(at, { loaded, outcome: await tryNew(context, loaded, progress, old) });
    progress.to = [...tried].toSorted(([a], [b]) => a - b).map(([, one]) => one);
    waiting = waiting.filter((one) => !ready.includes(one));
  }
  return progress;
}

interface Tried {
  /** Its place among all. */
  readonly at: number;
  readonly loaded: LoadedFeature;
  readonly old: OnBase;
}

/** Those whose start is one commit are placed at once; one that builds on several is placed when these are merged. */
async function placeReady({ objects, placing, to }: Context, { newTips }: Progress, ready: readonly Tried[]): Promise<void> {
  const places: FeaturePlace[] = [];
  for (const { loaded, old } of ready) {
    const { dependsOn, skipped } = loaded.feature;
    const { commit } = old.outcome;
    const [start = to.commit, ...others] = new Set(dependsOn.map((name) => newTips.get(name) ?? to.commit));
    const isLeftOut = skipped.some(({ release }) => release === to.id);
    if (old.start === undefined || commit === null || others.length > 0 || isLeftOut) continue;
    places.push({ commit, tree: await treeOf(objects, commit), startTree: old.start.tree, onto: await treeOf(objects, start) });
  }
  await placing.ahead(places);
}

interface OnBase {
  readonly outcome: FeatureOutcome;
  readonly start?: StartPoint;
}

async function tryOld(context: Context, loaded: LoadedFeature, progress: Progress): Promise<OnBase> {
  const { feature } = loaded;
  const stuck = stuckDependency(feature, progress.from);
  if (stuck !== undefined) return { outcome: waitsFor(feature, context.from.id, stuck) };
  const ready = await startPoint(context, loaded, context.from, progress.oldTips);
  if (ready.status === "conflict") return { outcome: startConflict(feature, context.from.id, ready) };
  const commit = await commitFeature(context.objects, loaded, ready.start);
  progress.oldTips.set(feature.name, commit);
  const files = await changedPaths(context, ready.start.tree, await treeOf(context.objects, commit));
  const outcome = { ...blankOutcome(feature, context.from.id), status: "clean" as const, detail: "written on this release", files, commit };
  return { outcome, start: ready.start };
}

async function tryNew(context: Context, loaded: LoadedFeature, progress: Progress, old: OnBase): Promise<FeatureOutcome> {
  const { feature } = loaded;
  const release = context.to.id;
  const { commit } = old.outcome;
  if (old.start === undefined || commit === null) return { ...old.outcome, release };
  const stuck = stuckDependency(feature, progress.to);
  if (stuck !== undefined) return waitsFor(feature, release, stuck);
  const ready = await startPoint(context, loaded, context.to, progress.newTips);
  if (ready.status === "conflict") return startConflict(feature, release, ready);
  const skipped = feature.skipped.find((each) => each.release === release);
  if (skipped !== undefined) {
    progress.newTips.set(feature.name, ready.start.commit);
    return droppedOutcome(feature, release, skipped.reason);
  }
  const tree = await treeOf(context.objects, commit);
  const outcome = await portFeature(context, loaded, { oldStart: old.start, old: { commit, tree }, newStart: ready.start });
  progress.newTips.set(feature.name, outcome.commit ?? ready.start.commit);
  const without = progress.to.filter((one) => one.outcome.status === "dropped" && feature.dependsOn.includes(one.loaded.feature.name));
  const told = without.map(({ loaded: { feature: other } }) => `builds on ${other.name}, which ${release} does without`);
  return outcome.status === "conflict" ? outcome : { ...outcome, evidence: [...outcome.evidence, ...told] };
}

function stuckDependency(feature: Feature, tried: readonly TriedFeature[]): Feature | undefined {
  return tried.find(({ loaded, outcome }) => feature.dependsOn.includes(loaded.feature.name) && outcome.status === "conflict")?.loaded
    .feature;
}
