/** Owns what happens to the conflicts of a merge: recorded resolutions, then what a person edited, then a resolver, else they stay open. */
import type { MergeResult } from "../git/merge.js";
import { clearFolder, laidFiles, layOut, takeEdited } from "./conflict-folder.js";
import { type Sides, laidAgain } from "./conflict-state.js";
import type { Context } from "./context.js";
import { type LoadedFeature, type LoadedResolution, keyOf, sameKey } from "./feature.js";
import { isWanted, layConflictsAgain } from "./lay-again.js";
import { type Placing, placesAt } from "./places.js";
import { answeredPlaces, recordedFor, treeWith } from "./recorded-answers.js";
import { recordResolution } from "./record-resolution.js";
import { rememberConflict } from "./remember.js";
import { askAbout } from "./resolve/resolve-feature.js";
import { type Open, verifyOf } from "./settling.js";
import type { Answers, Trial } from "./trial.js";
import { featureFault } from "./verify-feature.js";

export type Settled =
  | {
      readonly status: "settled";
      readonly tree: string;
      readonly resolved: readonly LoadedResolution[];
      /** The feature's build and tests were run on this very tree just now. */
      readonly looked: boolean;
    }
  | Open;

/**
 * Settles a merge for a feature. A recorded resolution counts only when path and all three contents are exactly those
 * it was recorded for. Answers given now are recorded once all are there and what comes out passes the feature's build and tests.
 * What stays open is laid out in the work folder.
 */
export async function settle(
  context: Context,
  loaded: LoadedFeature,
  merge: MergeResult,
  sides: Sides,
  placing: Placing,
): Promise<Settled> {
  const folder = { root: context.workFolder, feature: loaded.feature.name, sides };
  const trial: Trial = { loaded, merge, folder, placing };
  for (const conflict of merge.conflicts)
    if (recordedFor(context, loaded, conflict) === undefined) await rememberConflict(context, trial, conflict);
  const laid = await layConflictsAgain(context, trial);
  if (laid !== undefined) return laid;
  const again = isWanted(context, trial) ? undefined : await laidAgain(folder);
  const extra = again === undefined ? [] : await placesAt(context, placing, again.keys);
  const unknown = merge.conflicts.filter((conflict) => recordedFor(context, loaded, conflict) === undefined);
  const asked = [...unknown, ...extra.filter((place) => !unknown.some((one) => sameKey(keyOf(one), keyOf(place))))];
  const edited = await takeEdited(context.objects, folder, asked);
  const { explain } = context.settling;
  const answers: Answers = new Map(edited.map(({ conflict, content }) => [conflict, { content, why: explain }]));
  const missing = unknown.filter((conflict) => !answers.has(conflict));
  if (missing.length > 0 && context.settling.resolver === null) {
    if (verifyOf(context.settling, loaded) === null) await recordAll(context, trial, answers);
    return { status: "conflict", conflicts: await layOut(context.objects, folder, missing), fault: null };
  }
  const taken =
    missing.length > 0
      ? await askAbout(context, trial, { missing, answers })
      : await tested(context, trial, answers, again?.again === "verify");
  if (taken.status === "refused") {
    const files = missing.length > 0 ? await layOut(context.objects, folder, unknown) : laidFiles(folder, asked);
    return { status: "conflict", conflicts: files, fault: taken.why };
  }
  await recordAll(context, trial, taken.answers);
  if (merge.conflicts.length > 0 || again !== undefined) await clearFolder(folder);
  return await applyResolutions(context, trial, taken.answers.size > 0 || again?.again === "verify");
}

/** What is there is looked at when it is new, or when it failed before. */
async function tested(context: Context, trial: Trial, answers: Answers, failedBefore: boolean) {
  const fault = answers.size > 0 || failedBefore ? await featureFault(context, trial, await treeWith(context, trial, answers)) : undefined;
  return fault === undefined ? ({ status: "taken", answers } as const) : ({ status: "refused", why: fault } as const);
}

async function recordAll(context: Context, { loaded, folder }: Trial, answers: Answers): Promise<void> {
  const known = context.resolutions.get(loaded.feature.name) ?? [];
  for (const [conflict, { content, why }] of answers) {
    const key = keyOf(conflict);
    const at = known.findIndex((one) => sameKey(one, key));
    const told = why ?? known[at]?.why ?? null;
    const recorded = await recordResolution(context.objects, loaded, { key, content, why: told, release: folder.sides.release });
    known.splice(at < 0 ? known.length : at, at < 0 ? 0 : 1, recorded);
  }
}

async function applyResolutions(context: Context, trial: Trial, looked: boolean): Promise<Settled> {
  const resolved = (await answeredPlaces(context, trial)).map(({ resolution }) => resolution);
  return { status: "settled", tree: await treeWith(context, trial, new Map()), resolved, looked };
}
