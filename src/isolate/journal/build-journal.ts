/** Owns what a run writes into the journal of its result: its own records, before those that the input brought along. */
import type { PartResult } from "../engine/part-model.js";
import type { TreeFile } from "../engine/tree-files.js";
import { DIGEST_BYTES, type Journal, type JournalEntry, type JournalStep } from "./journal-file.js";

export interface JournalRequest {
  readonly flavor: string;
  readonly release: string;
  /** The tree's entries by index. */
  readonly listed: readonly TreeFile[];
  readonly results: readonly PartResult[];
  /** Files that isolation added to the result, with the first bytes of their digest. */
  readonly added: readonly (readonly [string, Buffer])[];
  /** Journal of the input, when it was isolated already. */
  readonly prior: Journal | undefined;
  /** Whether the input bore flavored names, or a marker, before this run. */
  readonly wasFlavored: boolean;
}

export function buildJournal(request: JournalRequest): Journal {
  const { flavor, release, listed, results, prior, added } = request;
  const known = new Map(prior?.files.map(({ path, steps }) => [path, steps]));
  const files = results
    .flatMap((result) => result.files)
    .flatMap((file): JournalEntry[] => {
      const { path, to } = listed[file.index] as TreeFile;
      const undo = file.undo === undefined ? undefined : Buffer.from(file.undo);
      const step = { sha256: Buffer.from(file.sha256, "hex").subarray(0, DIGEST_BYTES), undo };
      const steps = stepsOf(step, known.get(path), prior !== undefined);
      return steps.length === 0 ? [] : [{ path: to ?? path, steps }];
    });
  return {
    flavor,
    release,
    complete: prior?.complete ?? !request.wasFlavored,
    names: [...new Set([...(prior?.names ?? []), ...results.flatMap(({ counts }) => counts.map(([name]) => name))])].toSorted(),
    moves: [...(prior?.moves ?? []), ...listed.flatMap(({ path, to }): Journal["moves"] => (to === undefined ? [] : [[path, to]]))],
    links: [...(prior?.links ?? []), ...listed.flatMap(changedLink)],
    added: added.map(([path, digest]) => [path, digest.toString("hex")]),
    files,
  };
}

/** A link that points to a file's new name. */
function changedLink({ path, to, link, linkTo }: TreeFile): Journal["links"] {
  return link === undefined || linkTo === undefined ? [] : [[to ?? path, link, linkTo]];
}

/** A file that this run left alone keeps its earlier steps; one that is new since the first isolation has none before this. */
function stepsOf(step: JournalStep, earlier: readonly JournalStep[] | undefined, hasPrior: boolean): readonly JournalStep[] {
  if (!hasPrior) return [step];
  if (step.undo === undefined) return earlier ?? [];
  return [step, ...(earlier ?? [])];
}
