/** Owns the decision: which signs are enough to leave a patch out, and what is told of the others. */
import { groupBy } from "../../support/group-by.js";
import type { Placement } from "../stack/placement.js";
import type { StackPatch } from "../stack/stack-patch.js";
import type { Upstreamed } from "./find-upstreamed.js";
import type { Confidence, Signal } from "./signal.js";
import { type UpstreamCommit, named } from "./upstream-log.js";

export interface Verdict {
  readonly upstreamed: boolean;
  /** Upstream's commit that has it, by the best sign that holds. */
  readonly commit?: string;
  /** Also what is not enough, and what upstream took back. */
  readonly evidence: readonly string[];
}

/** What is known before a patch is placed: on a strong sign it need not be. */
export async function verdictBefore(known: Upstreamed, patch: StackPatch): Promise<Verdict> {
  const { confidences, evidence, ...best } = await weighedSigns(known, patch, known.signals.get(patch) ?? []);
  return { upstreamed: confidences.includes("strong"), evidence, ...best };
}

/**
 * What is known once a patch was placed. A medium sign is enough when nothing is left over of it or it is in conflict; a weak
 * one, or the patch itself in upstream's history, only when nothing is left over.
 */
export async function verdictAfter(known: Upstreamed, patch: StackPatch, placement: Placement): Promise<Verdict> {
  const inConflict = placement.status === "conflict";
  if (!inConflict && (placement.changes.size > 0 || patch.changes.length === 0)) {
    return { ...(await verdictBefore(known, patch)), upstreamed: false };
  }
  const noOp = await known.noOpOf(patch);
  const signals = [...(known.signals.get(patch) ?? []), ...(noOp === undefined ? [] : [noOp])];
  const { confidences, evidence, ...best } = await weighedSigns(known, patch, signals);
  if (confidences.some((confidence) => !inConflict || confidence !== "weak")) return { upstreamed: true, evidence, ...best };
  if (inConflict || !known.contained.has(patch.commit)) return { upstreamed: false, evidence };
  const itself = "upstream's history holds this very commit, and nothing is left over of it";
  return { upstreamed: true, evidence: [...evidence, itself], commit: patch.commit };
}

/** How much the signs are worth that hold, and all as sentences, one per commit of upstream. */
async function weighedSigns(known: Upstreamed, patch: StackPatch, signals: readonly Signal[]) {
  if (signals.length === 0) return { confidences: [], evidence: [] };
  const overwrittenBy = await known.overwritten();
  const byCommit = [...groupBy(signals, ({ commit }) => commit)];
  const holding = byCommit.flatMap(([commit, own]): { readonly commit: UpstreamCommit; readonly confidence: Confidence }[] => {
    if (known.revertOf(commit) !== undefined) return [];
    if (overwrittenBy(patch, commit) !== undefined) return [{ commit, confidence: "weak" }];
    return own.map(({ confidence }) => ({ commit, confidence }));
  });
  const best = (["strong", "medium", "weak"] as const).flatMap((wanted) => holding.filter(({ confidence }) => confidence === wanted))[0];
  return {
    confidences: holding.map(({ confidence }) => confidence),
    ...(best === undefined ? {} : { commit: best.commit.id }),
    evidence: byCommit.map(([commit, own]) => sentence(known, { commit, signals: own, snapshot: overwrittenBy(patch, commit) })),
  };
}

interface Told {
  readonly commit: UpstreamCommit;
  readonly signals: readonly Signal[];
  readonly snapshot: UpstreamCommit | undefined;
}

function sentence(known: Upstreamed, { commit, signals, snapshot }: Told): string {
  const told = `upstream's ${named(commit)}: ${signals.map(({ says }) => says).join("; ")}`;
  const revert = known.revertOf(commit);
  if (revert !== undefined) return `${told}; but upstream took it back: ${named(revert)}`;
  if (snapshot !== undefined) return `${told}; but other files were put over it since: ${named(snapshot)}`;
  const later = known.laterRevertOf(commit);
  return later === undefined ? told : `${told}; beware: upstream takes it back after the new base: ${named(later)}`;
}
