/** Owns the start of a part from the state of an earlier run: only files that changed are read again. */
import { join } from "node:path";

import { createFastInterner, internNames } from "../../tokens/interner.js";
import { NO_MACROS } from "../survey/survey-model.js";
import { createContents } from "./file-content.js";
import { type FileStamp, stampIn } from "./file-stamp.js";
import type { Outcome } from "./outcome.js";
import { beginPart, type CodeFile, createFileLoader, type LoadedPart } from "./part-load.js";
import type { Decision, PartRequest } from "./part-model.js";
import type { PartState } from "./part-state.js";

/** What a run takes over from the one before. */
export interface Remembered {
  readonly state: PartState;
  /** Files that must be read again, by index, each with its input's stamp before that. */
  readonly changed: ReadonlyMap<number, FileStamp>;
}

/** What the files of a restored part came to last time, for those that did not change. */
export interface Kept {
  readonly decision: Decision;
  readonly outcomes: ReadonlyMap<number, Outcome>;
}

/** The part as {@link loadPart} would have loaded it. Throws `input-missing` or `disk`. */
export function restorePart(request: PartRequest, { state, changed }: Remembered, told: () => void): LoadedPart {
  const interner = createFastInterner(request.trigraphs);
  internNames(interner, Buffer.from(state.names));
  const part = beginPart(request, interner, createContents(), state.includeLines);
  const { indexer, read } = part;
  const kept = state.files.filter(({ index }) => !changed.has(index));
  indexer.restore(
    state.pool,
    kept.map(({ ids }) => ids),
  );
  const load = createFileLoader(part);
  const byIndex = new Map(kept.map((file) => [file.index, file]));
  const stamps = new Map<number, FileStamp>();
  const files = request.files.flatMap((file, at): CodeFile[] => {
    told();
    const known = byIndex.get(file.index);
    if (known !== undefined) {
      const { index: _index, ...facts } = known;
      return [{ ...facts, file, content: read(join(request.source, file.path), stampIn(state.sources, at)) }];
    }
    const loaded = changed.has(file.index) ? load(file, stamps) : undefined;
    return loaded === undefined ? [] : [loaded];
  });
  return { ...part, files, macros: NO_MACROS, shared: new Set(), stamps, startedAt: 0, kept: keptOf(state, changed) };
}

function keptOf({ decision, outcomes }: PartState, changed: Remembered["changed"]): Kept {
  const unchanged = outcomes.filter(({ written }) => !changed.has(written.index));
  return { decision, outcomes: new Map(unchanged.map((outcome) => [outcome.written.index, outcome])) };
}
