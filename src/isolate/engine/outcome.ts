/** Owns what became of one file in a run, and the account of a part as the sum of it. */
import type { PartResult, WrittenFile } from "./part-model.js";

/** What a run did to one file; a later run takes it over when nothing that it depends on has changed. */
export interface Outcome {
  readonly written: WrittenFile;
  /** Edits by name. */
  readonly counts: readonly (readonly [string, number])[];
  readonly undecided: PartResult["undecided"];
  readonly stringized: PartResult["stringized"];
}

/** The account of a part whose files came to these outcomes. */
export function resultOfOutcomes(outcomes: readonly Outcome[], policy: Pick<PartResult, "patched" | "strings">): PartResult {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) for (const [name, edits] of outcome.counts) counts.set(name, (counts.get(name) ?? 0) + edits);
  return {
    files: outcomes.map(({ written }) => written),
    counts: [...counts],
    undecided: outcomes.flatMap(({ undecided }) => undecided),
    stringized: outcomes.flatMap(({ stringized }) => stringized),
    ...policy,
  };
}
