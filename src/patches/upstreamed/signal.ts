/** Owns the kinds of signs that upstream has a patch already. */
import type { PortContext } from "../stack/port-context.js";
import type { StackPatch } from "../stack/stack-patch.js";
import type { CommitDiff } from "./commit-diffs.js";
import type { UpstreamCommit } from "./upstream-log.js";

/**
 * `strong`: enough to drop the patch. `medium`: enough when the patch leaves nothing over or is in conflict. `weak`: enough
 * when it leaves nothing over, else only told.
 */
export type Confidence = "strong" | "medium" | "weak";

export type SignalKind = "patch-id" | "trailer" | "subject" | "no-op";

export interface Signal {
  readonly kind: SignalKind;
  readonly confidence: Confidence;
  /** Upstream's commit that has the patch. */
  readonly commit: UpstreamCommit;
  /** What was seen, to follow the commit's name: `has the same change (patch id)`. */
  readonly says: string;
}

/** What the signs are looked for in. */
export interface Search extends PortContext {
  readonly patches: readonly StackPatch[];
  /** Upstream's commits from the old base to the new one, oldest first. */
  readonly upstream: readonly UpstreamCommit[];
  /** What single commits change: of the patches, and of the upstream commits that a finder asked for. */
  readonly diffs: ReadonlyMap<string, CommitDiff>;
}

/** A patch and an upstream commit that may have it; their differences decide. */
export interface Candidate {
  readonly patch: StackPatch;
  readonly commit: UpstreamCommit;
  /** What speaks for it, as in {@link Signal}. */
  readonly says: string;
}

/** One way to find that upstream has a patch: from messages and paths first, which cost nothing, then from the differences. */
export interface Finder {
  readonly find: (search: Omit<Search, "diffs">) => readonly Candidate[];
  readonly judge: (search: Search, candidate: Candidate) => Signal | undefined;
}
