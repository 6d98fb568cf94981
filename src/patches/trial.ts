/** Owns one merge of a feature that is to be settled, and the answers that are tried on it. */
import type { ConflictedPath, MergeResult } from "../git/merge.js";
import type { ConflictFolder } from "./conflict-state.js";
import type { LoadedFeature } from "./feature.js";
import type { Placing } from "./places.js";
import type { Refused } from "./resolve/record-try.js";

export interface Trial {
  readonly loaded: LoadedFeature;
  readonly merge: MergeResult;
  /** Where its files lie for a person. */
  readonly folder: ConflictFolder;
  readonly placing: Placing;
}

export interface TriedAnswer {
  /** The whole file as it shall be; null: it goes. */
  readonly content: Buffer | null;
  /** Why lines of the feature are left out, where some are. */
  readonly why: string | null;
}

export type Answers = ReadonlyMap<ConflictedPath, TriedAnswer>;

export type Taken = { readonly status: "taken"; readonly answers: Answers } | Refused;
