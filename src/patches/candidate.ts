/** Owns the candidate `r<release>`: the base with every feature merged, in the order of their dependencies. */
import { readCommit, treeOf, writeCommit } from "../git/commit.js";
import type { FeatureOutcome } from "../model/feature.js";
import type { BaseRelease, Context } from "./context.js";
import type { LoadedFeature } from "./feature.js";
import { openOutcome } from "./outcome.js";
import { settle } from "./settle.js";

export interface MergedCandidate {
  readonly commit: string;
  readonly tree: string;
  /** The outcomes; a feature that conflicts with one before it is now in conflict. */
  readonly outcomes: readonly FeatureOutcome[];
  /** Nothing is in conflict. */
  readonly whole: boolean;
}

/** A feature, and what became of it on the release. */
export interface TriedFeature {
  readonly loaded: LoadedFeature;
  readonly outcome: FeatureOutcome;
}

export function candidateName(release: string): string {
  return `r${release}`;
}

/** Merges every feature that has a commit on the release; same inputs, same commit. */
export async function mergeCandidate(context: Context, release: BaseRelease, features: readonly TriedFeature[]): Promise<MergedCandidate> {
  let commit = release.commit;
  const outcomes: FeatureOutcome[] = [];
  for (const [at, tried] of features.entries()) {
    const merged = outcomes.filter((each) => each.commit !== null);
    const step = await mergeOne(context, { release, candidate: commit, merged, next: features.slice(at + 1) }, tried);
    commit = step.candidate;
    outcomes.push(step.outcome);
  }
  const whole = outcomes.every((outcome) => outcome.status !== "conflict");
  return { commit, tree: await treeOf(context.objects, commit), outcomes, whole };
}

interface SoFar {
  readonly release: BaseRelease;
  readonly candidate: string;
  readonly merged: readonly FeatureOutcome[];
  /** Those whose turn comes then. */
  readonly next: readonly TriedFeature[];
}

/** One feature into the candidate; on a conflict the candidate stays as it was. */
async function mergeOne(context: Context, soFar: SoFar, { loaded, outcome }: TriedFeature) {
  const { candidate, release } = soFar;
  if (outcome.commit === null) return { candidate, outcome };
  const name = candidateName(release.id);
  const onto = await treeOf(context.objects, candidate);
  const commits = soFar.next.map((tried) => tried.outcome.commit).filter((each) => each !== null);
  const next = async () => await Promise.all(commits.map((each) => treesOfFeature(context, each)));
  const merge = await context.placing.merge({ ...(await treesOfFeature(context, outcome.commit)), onto }, next);
  const sides = { release: release.id, ours: `${name} so far`, base: release.id, theirs: `${outcome.name} (${outcome.owner})` };
  const settled = await settle(context, loaded, merge, sides, { patch: outcome.commit, onto: candidate });
  if (settled.status === "conflict") {
    const open = openOutcome({ ...outcome, commit: null, evidence: [] }, settled, clashDetail(outcome, settled.conflicts, soFar.merged));
    return { candidate, outcome: { ...open, files: outcome.files } };
  }
  const trailers = { Feature: outcome.name, Owner: outcome.owner, Release: release.id };
  const subject = `Merge ${outcome.name} into ${name}`;
  const commit = await writeCommit(context.objects, { tree: settled.tree, parents: [candidate, outcome.commit], subject, trailers });
  return { candidate: commit, outcome };
}

/** A feature is one commit on its start: the base, or what it builds on. */
async function treesOfFeature({ objects }: Context, commit: string) {
  const { tree, parents } = await readCommit(objects, commit);
  return { commit, tree, startTree: await treeOf(objects, parents[0] ?? "") };
}

/** "a (team) conflicts with b (team) in <file>": b is what was merged before and touches the same file. */
function clashDetail(outcome: FeatureOutcome, conflicts: readonly { readonly path: string }[], merged: readonly FeatureOutcome[]): string {
  const sentences = conflicts.map(({ path }) => {
    const others = merged.filter((other) => other.files.includes(path)).map((other) => `${other.name} (${other.owner})`);
    return `${others.length === 0 ? "the features before it" : others.join(" and ")} in ${path}`;
  });
  return `${outcome.name} (${outcome.owner}) conflicts with ${sentences.join("; ")}`;
}
