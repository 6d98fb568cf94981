/** Owns `patch candidate`: the branches of a release merged into `r<release>`. */
import type { PatchCandidate } from "../../model/patch-candidate.js";
import { type Session, finish, withRepository } from "../alone/session.js";
import { openPatchState } from "../state/patch-state.js";
import { featureBranches } from "./feature-branches.js";
import { mergeFeatures } from "./merge-features.js";
import { candidateUpdates } from "./own-candidate.js";

export interface CandidateAlone {
  readonly repo: string;
  readonly release: string;
  readonly dryRun: boolean;
}

/** Merges what can be merged; the ref moves only when every feature is in. */
export async function candidateAlone({ repo, release, dryRun }: CandidateAlone): Promise<PatchCandidate> {
  return await withRepository(repo, (session) => merged(session, { repo, release, dryRun }), dryRun ? "tell" : "recover");
}

async function merged(session: Session, { repo, release, dryRun }: CandidateAlone): Promise<PatchCandidate> {
  const { pool } = session;
  const { base, features } = await featureBranches(pool, release);
  const ref = `refs/heads/r${release}`;
  const result = await mergeFeatures({ pool, release, base, features });
  const whole = result.clashes.length === 0;
  if (whole && !dryRun) {
    const state = await openPatchState(pool);
    const move = { session, state, release, next: result.commit, place: "", folder: repo };
    await finish(session, await candidateUpdates(move));
  }
  const shown = features.map(({ name, owner, commit, dependsOn }) => ({ name, owner, commit, dependsOn: [...dependsOn] }));
  const clashes = result.clashes.map(({ feature, others, files }) => ({
    feature: named(feature),
    others: others.map(named),
    files: [...files],
  }));
  return {
    release,
    ref: whole && !dryRun ? ref : null,
    base: base.commit,
    commit: result.commit,
    tree: result.tree,
    features: shown,
    clashes,
  };
}

function named({ name, owner }: { readonly name: string; readonly owner: string }) {
  return { name, owner };
}
