/** Owns how conflicts of features are to be settled: what looks at answers, who gives them, what somebody wants to edit again. */
import type { FeatureOutcome } from "../model/feature.js";
import type { LoadedFeature } from "./feature.js";
import type { ResolverCommand } from "./resolve/ask-resolver.js";
import { type Verify, listedVerify } from "./resolve/verify.js";

export interface Settling {
  /** Settles what nobody edited; null: it waits for a person. */
  readonly resolver: ResolverCommand | null;
  /** Build and tests: a feature's own are in its folder. Null: nothing is verified, whatever the folders say. */
  readonly verify: VerifyFeatures | null;
  /** Why lines of the features just edited are left out. */
  readonly explain: string | null;
  /** A feature whose files are laid out again, also where a recorded answer settles them. */
  readonly edit: EditAgain | null;
}

export interface VerifyFeatures {
  /** For features that have none of their own; null: none. */
  readonly common: Verify | null;
  /** In the place of all others. */
  readonly instead: Verify | null;
  readonly timeoutMs: number;
  /** Also features that are merged without a person. */
  readonly auto: boolean;
  /** The configuration's folder. */
  readonly root: string;
  /** Outputs of what failed: `<logs>/<feature>/<release>.log`. */
  readonly logs: string;
}

export interface EditAgain {
  readonly feature: string;
  readonly release: string;
}

/** Nobody is asked, nothing verified. */
export const LEAVE_TO_PERSON: Settling = { resolver: null, verify: null, explain: null, edit: null };

/** The build and tests of a feature, or null. */
export function verifyOf({ verify }: Settling, { feature, folder }: LoadedFeature): Verify | null {
  if (verify === null) return null;
  if (verify.instead !== null) return verify.instead;
  if (feature.verify === undefined) return verify.common;
  return feature.verify.length === 0 ? null : listedVerify(feature.verify, `${folder}/feature.yaml:verify`, verify.timeoutMs);
}

/** What settles the conflicts of one merge, or what is still open. */
export type Open = {
  readonly status: "conflict";
  readonly conflicts: FeatureOutcome["conflicts"];
  /** Why an answer that is there was not taken; null: there is none. */
  readonly fault: string | null;
};
