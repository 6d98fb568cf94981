/** Owns what a loaded part tells about macros: their definitions and uses in its files, and what it adds to the files of that knowledge. */
import { scan } from "../../tokens/scan.js";
import { dialectOf } from "../code-files.js";
import type { ExtraInsertion, FileEdits } from "../decide/edits.js";
import type { Insertion, MacroAnswer, MacroDefinition, MacroQuestion, OpenPlace, Pending } from "../decide/macro-model.js";
import { readMacros } from "../decide/macro-uses.js";
import type { LoadedPart } from "./part-load.js";
import type { Decision } from "./part-model.js";

/** The words of a part that wait for macros. */
export function pendingOf({ files }: LoadedPart): Pending[] {
  return files.flatMap(({ file, edits }) => edits.pending.map((token) => ({ ...token, file: file.index })));
}

/** The definitions of a part that paste. */
export function pastingOf({ files }: LoadedPart): MacroDefinition[] {
  return files.flatMap(({ pasting }) => pasting);
}

/** Reads the files that have one of the names once more. */
export function answerMacros(part: LoadedPart, question: MacroQuestion): MacroAnswer {
  const { interner, indexer, stream, words, files } = part;
  const ids = (names: readonly string[]): Set<number> => new Set(names.map((name) => interner.find(name)).filter((id) => id >= 0));
  const wanted = { definitions: ids(question.definitions), uses: ids(question.uses) };
  const marks = new Uint8Array(interner.size());
  for (const id of [...wanted.definitions, ...wanted.uses]) marks[id] = 1;
  const isWanted = (id: number): boolean => marks[id] === 1;
  const answers = files.flatMap(({ file, ids: handle, content, language }) => {
    if (!indexer.has(handle, isWanted)) return [];
    scan(content.bytes, interner, stream, dialectOf(language));
    return [readMacros({ stream, bytes: content.bytes, words }, wanted, { index: file.index, nameOf: interner.name })];
  });
  return { definitions: answers.flatMap(({ definitions }) => definitions), uses: answers.flatMap(({ uses }) => uses) };
}

/** Adds to the edits of a file what was decided with the knowledge of all macros. */
export function withMacroDecisions({ extra, open }: Decision, suffix: string): (file: number, edits: FileEdits) => FileEdits {
  const [insertions, places] = [byFile(extra), byFile(open)];
  return (file, edits) => {
    const [added, stays] = [insertions.get(file), places.get(file)];
    if (added === undefined && stays === undefined) return edits;
    const undecided = [...edits.undecided, ...(stays ?? [])].toSorted((a, b) => a.offset - b.offset);
    const more = (added ?? []).map(({ offset, text, names }): ExtraInsertion => ({ offset, text: text ?? suffix, names }));
    return { ...edits, undecided, extra: [...(edits.extra ?? []), ...more] };
  };
}

function byFile<T extends Insertion | OpenPlace>(list: readonly T[]): Map<number, T[]> {
  const found = new Map<number, T[]>();
  for (const item of list) found.set(item.file, [...(found.get(item.file) ?? []), item]);
  return found;
}
