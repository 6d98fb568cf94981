/** Owns the whole of it: features applied on their release, ported to the new one, merged into candidates, laid on disk. */
import { join } from "node:path";

import { openPool } from "../git/object-pool.js";
import { type ObjectStore, openObjects } from "../git/objects.js";
import { recoverRefs } from "../git/recover-refs.js";
import { type RefUpdate, listRefs, updateRefs } from "../git/refs.js";
import { openRepository, tidyRepository } from "../git/repository.js";
import type { Candidate } from "../model/feature.js";
import { wallClockMs } from "../support/clock.js";
import { removeLeftovers } from "../support/fs.js";
import { type ReleaseTree, baseRef, baseReleases, incomingRef } from "./base-releases.js";
import { type MergedCandidate, type TriedFeature, candidateName, mergeCandidate } from "./candidate.js";
import { type BaseRelease, type Context, makeContext } from "./context.js";
import type { LoadedFeature } from "./feature.js";
import { materialise } from "./materialise.js";
import { dependencyOrder } from "./order.js";
import { portAll } from "./port-all.js";
import { openOutcome } from "./outcome.js";
import { type PortContext, openContext } from "./stack/port-context.js";
import { checkRequest } from "./request.js";
import { LEAVE_TO_PERSON, type Settling } from "./settling.js";
import { openPatchState } from "./state/patch-state.js";

export interface ApplyRequest {
  /** Path of the bare patch repository; made when missing. One run at a time: the caller holds the project's lock. */
  readonly repository: string;
  readonly releases: { readonly from: ReleaseTree; readonly to: ReleaseTree };
  readonly features: readonly LoadedFeature[];
  /** How conflicts are settled besides by hand; default: not at all. */
  readonly settling?: Settling;
  /** Where conflicted files are laid for a person: `<workFolder>/<feature>/<release>/<path>`. */
  readonly workFolder: string;
  /** Where candidates are laid on disk: `<treesFolder>/<release>`. */
  readonly treesFolder: string;
}

export interface ApplyResult {
  /** `waiting`: a conflict needs a person; call again when the files in the work folder are edited. */
  readonly status: "done" | "waiting";
  /** The base release's candidate, then the new one's. One with a conflict is not whole, and not laid on disk. */
  readonly candidates: readonly Candidate[];
}

/**
 * Applies and ports the features. Same inputs give the same commits. Refs move in one transaction at the end: a run
 * killed before leaves them as they were.
 */
export async function applyFeatures(request: ApplyRequest): Promise<ApplyResult> {
  const features = dependencyOrder(request.features.map((loaded) => ({ ...loaded.feature, loaded }))).map((each) => each.loaded);
  checkRequest(request.releases, features);
  const repository = await openRepository(request.repository);
  await recoverRefs(repository);
  await tidyRepository(repository);
  const [objects, pool] = [openObjects(repository), await openPool(repository)];
  const engine = openContext(pool);
  try {
    return await apply({ objects, engine }, request, features);
  } finally {
    await Promise.all([objects.close(), engine.merger.close()]);
    await pool.close();
  }
}

/** As of all commits of a project, so that equal inputs give equal ones; a resolver's tries have a time of their own. */
const SIGNED_AT = 946_684_800;

interface Tools {
  readonly objects: ObjectStore;
  readonly engine: PortContext;
}

async function apply({ objects, engine }: Tools, request: ApplyRequest, features: readonly LoadedFeature[]): Promise<ApplyResult> {
  const refs = await listRefs(objects.repository);
  const bases = await baseReleases(objects, refs, request.releases);
  const state = await openPatchState(engine.pool);
  const settling = request.settling ?? LEAVE_TO_PERSON;
  const context = makeContext({ objects, engine, ...bases, workFolder: request.workFolder, features, settling, state });
  const ported = await portAll(context, features);
  const from = await mergeCandidate(context, context.from, ported.from);
  const to = await laidOutAgain(context, await mergeCandidate(context, context.to, ported.to));
  const noted = state.files.update(
    "Features: what was tried and met",
    settling.resolver === null ? SIGNED_AT : Math.floor(wallClockMs() / 1000),
  );
  await engine.pool.store();
  const moves = [
    ...(noted === undefined ? [] : [noted]),
    ...branchMoves(refs, context.from, ported.from, from),
    ...branchMoves(refs, context.to, ported.to, to),
  ];
  await updateRefs(objects.repository, [...moves, ...(await finishedImports(objects))]);
  await removeLeftovers(request.treesFolder);
  await Promise.all([layOnDisk(context, request, request.releases.from, from), layOnDisk(context, request, request.releases.to, to)]);
  return {
    status: from.whole && to.whole ? "done" : "waiting",
    candidates: [describe(request, context.from, from), describe(request, context.to, to)],
  };
}

/** A feature that somebody wants to edit, and that is in no conflict anywhere: its files as they were merged. */
async function laidOutAgain(context: Context, candidate: MergedCandidate): Promise<MergedCandidate> {
  const { edit } = context.settling;
  const lay =
    edit === null || edit.release !== context.to.id || context.laidOut.has(edit.feature) ? undefined : context.asMerged.get(edit.feature);
  if (lay === undefined) return candidate;
  const conflicts = await lay();
  const outcomes = candidate.outcomes.map((outcome) =>
    outcome.name === edit?.feature
      ? openOutcome({ ...outcome, commit: null }, { status: "conflict", conflicts, fault: "laid out to be edited" }, "")
      : outcome,
  );
  return { ...candidate, outcomes, whole: false };
}

type Refs = ReadonlyMap<string, string>;

/** Branches of a release: base, every feature that has a commit (or was dropped), and the candidate when it is whole. */
function branchMoves(refs: Refs, release: BaseRelease, tried: readonly TriedFeature[], candidate: MergedCandidate): RefUpdate[] {
  const settled = tried.filter(({ outcome }) => outcome.status !== "conflict");
  const moves = [
    move(refs, baseRef(release.id), release.commit),
    ...settled.map(({ outcome }) => move(refs, `refs/heads/${outcome.name}/${release.id}`, outcome.commit)),
  ];
  return candidate.whole ? [...moves, move(refs, `refs/heads/${candidateName(release.id)}`, candidate.commit)] : moves;
}

function move(refs: Refs, ref: string, next: string | null): RefUpdate {
  return { ref, old: refs.get(ref) ?? null, next };
}

/** What held the imported trees is not needed once their base branches stand. */
async function finishedImports(objects: ObjectStore): Promise<RefUpdate[]> {
  const refs = await listRefs(objects.repository);
  return [...refs].filter(([ref]) => ref.startsWith(incomingRef(""))).map(([ref, old]) => ({ ref, old, next: null }));
}

async function layOnDisk(context: Context, request: ApplyRequest, release: ReleaseTree, candidate: MergedCandidate): Promise<void> {
  if (!candidate.whole) return;
  const base = release.id === context.from.id ? context.from.tree : context.to.tree;
  const target = join(request.treesFolder, release.id);
  await materialise(context.objects, { source: release.tree.path, base, candidate: candidate.tree, target });
}

function describe(request: ApplyRequest, release: BaseRelease, candidate: MergedCandidate): Candidate {
  return {
    release: release.id,
    commit: candidate.commit,
    tree: candidate.tree,
    path: join(request.treesFolder, release.id),
    features: candidate.outcomes.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}
