/** Owns the porting of one feature to the new release: an in-memory three-way merge, and the name of what came out. */
import type { FeatureOutcome } from "../model/feature.js";
import { type Context, changedPaths } from "./context.js";
import { evidenceOf } from "./evidence.js";
import type { LoadedFeature } from "./feature.js";
import { type StartPoint, commitOn } from "./feature-commit.js";
import { movesOf, newPathOf } from "./moves.js";
import { layMergedAgain } from "./lay-again.js";
import { blankOutcome, openOutcome, pathsOf } from "./outcome.js";
import { lostIn } from "./resolve/resolve-feature.js";
import { type Settled, settle } from "./settle.js";
import type { Trial } from "./trial.js";
import { autoFault } from "./verify-feature.js";

/** The feature on its base release, and where it shall go. */
export interface PortRequest {
  readonly oldStart: StartPoint;
  /** The feature's commit and tree on its base release. */
  readonly old: { readonly commit: string; readonly tree: string };
  readonly newStart: StartPoint;
}

/**
 * Ports a feature. Status: `upstreamed` when the merge leaves nothing over; `clean` when a plain apply of its diff gives
 * the same tree; `auto` when only the merge (moves, three sides, recorded resolutions) does; else `conflict`.
 */
export async function portFeature(context: Context, loaded: LoadedFeature, request: PortRequest): Promise<FeatureOutcome> {
  const { oldStart, old, newStart } = request;
  const { feature } = loaded;
  const merge = await context.placing.place({ ...old, startTree: oldStart.tree, onto: newStart.tree });
  const sides = {
    release: newStart.release,
    ours: `${newStart.release} (upstream)`,
    base: oldStart.release,
    theirs: `${feature.name} (${feature.owner})`,
  };
  const placing = { patch: old.commit, onto: newStart.commit };
  const trial: Trial = { loaded, merge, folder: { root: context.workFolder, feature: feature.name, sides }, placing };
  const settled = await settle(context, loaded, merge, sides, placing);
  const outcome = blankOutcome(feature, newStart.release);
  if (settled.status === "conflict")
    return openOutcome(outcome, settled, `upstream and this feature changed the same lines: ${pathsOf(settled)}`);
  const evidence = await evidenceOf(context, loaded, { before: newStart.tree, after: settled.tree });
  const resolved = await resolvedEvidence(context, trial, settled);
  const files = await changedPaths(context, newStart.tree, settled.tree);
  if (settled.tree === newStart.tree) {
    return {
      ...outcome,
      status: "upstreamed",
      detail: `${newStart.release} has all of it; dropped`,
      files: await newPaths(context, loaded, newStart.tree),
      evidence: [...evidence, ...resolved],
    };
  }
  context.asMerged.set(feature.name, () => layMergedAgain(context, trial, { tree: settled.tree, files, again: "edit" }));
  const commit = await commitOn(context.objects, feature, newStart, settled.tree);
  if (merge.plain && settled.resolved.length === 0)
    return { ...outcome, status: "clean", detail: "applies as it is", files, commit, evidence };
  const fault = settled.looked ? undefined : await autoFault(context, trial, settled.tree);
  if (fault !== undefined) {
    const conflicts = await layMergedAgain(context, trial, { tree: settled.tree, files, again: "verify" });
    return openOutcome(outcome, { status: "conflict", conflicts, fault }, "");
  }
  return {
    ...outcome,
    status: "auto",
    detail: await autoDetail(context, loaded, { files, resolved: settled.resolved.length }),
    files,
    commit,
    evidence: [...evidence, ...resolved],
  };
}

/** The answers that were used, and what they leave out: with the reason where one was given. */
async function resolvedEvidence(
  context: Context,
  trial: Trial,
  { resolved, tree }: Extract<Settled, { status: "settled" }>,
): Promise<string[]> {
  if (resolved.length === 0) return [];
  const used = resolved.map(({ path, ours, why }) => {
    const sentence = `${path}: recorded resolution for exactly these three contents (upstream ${ours.slice(0, 8)})`;
    return why === undefined ? sentence : `${sentence}; leaves out lines: ${why}`;
  });
  if (resolved.some(({ why }) => why !== undefined)) return used;
  const lost = await lostIn(context, trial, tree);
  const some = lost.slice(0, MOST_LINES).map((line) => `${placeAndLine(line)} is left out, and nobody said why`);
  return [...used, ...some, ...(lost.length > MOST_LINES ? [`${lost.length - MOST_LINES} more lines are left out`] : [])];
}

/** `<patch> <file>: +  line` as `<file>: '+line'`. */
function placeAndLine(lost: string): string {
  const [, file = "", sign = "", line = ""] = /^\S+ (.*?): ([+-])(.*)$/s.exec(lost) ?? [];
  return `${file}: '${sign}${line.trim()}'`;
}

const MOST_LINES = 5;

interface AutoReason {
  readonly files: readonly string[];
  readonly resolved: number;
}

async function autoDetail(context: Context, loaded: LoadedFeature, reason: AutoReason): Promise<string> {
  const moves = await movesOf(context, loaded, reason.files);
  const parts = moves.map(([before, after]) => `${before} moved to ${after}`);
  if (reason.resolved > 0) parts.push(reason.resolved === 1 ? "recorded resolution used" : `${reason.resolved} recorded resolutions used`);
  else parts.push(moves.length > 0 ? "three-way merge" : "three-way merge, where a plain apply fails or puts it elsewhere");
  return parts.join("; ");
}

async function newPaths(context: Context, loaded: LoadedFeature, tree: string): Promise<string[]> {
  const paths = loaded.changes.map(async ({ path }) => (await newPathOf(context, path, tree)) ?? path);
  return (await Promise.all(paths)).toSorted();
}
