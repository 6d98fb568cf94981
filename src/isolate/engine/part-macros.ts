/** Owns what a loaded part tells about macros: their definitions and uses in its files, and what it adds to the files of that knowledge. */
import { basename } from "node:path/posix";

import { scan } from "../../tokens/scan.js";
import { dialectOf, isAssembler, type Language, madeFrom } from "../code-files.js";
import type { ExtraInsertion, FileEdits } from "../decide/file-edits.js";
import type { LeftPlace, MacroAnswer, MacroDefinition, MacroQuestion, MacroUse, Pending, WantedUses } from "../decide/macro-model.js";
import type { MacroFile } from "../decide/macro-definitions.js";
import { readMacros } from "../decide/macro-uses.js";
import { definersOf } from "./definers.js";
import type { LoadedPart } from "./part-load.js";
import type { Decision, PartFile } from "./part-model.js";

/** The words of a part that wait for macros. */
export function pendingOf({ files, shared }: LoadedPart): Pending[] {
  return files.flatMap(({ file, language, edits }) => {
    const { local } = macroFileOf(file, language, shared);
    return edits.pending.map((token) => ({ ...token, local, file: file.index }));
  });
}

/** What the reading of macros must know of a file: those of a source that nobody includes hold in it and in what it includes. */
export function macroFileOf({ index }: PartFile, language: Language, shared: ReadonlySet<number>): MacroFile {
  return { index, local: language !== "header" && language !== "fragment" && !shared.has(index) };
}

/** The definitions of a part that paste. */
export function pastingOf({ files }: LoadedPart): MacroDefinition[] {
  return files.flatMap(({ pasting }) => pasting);
}

/** Reads the files that have one of the names once more. */
export function answerMacros({ interner, indexer, stream, words, files, shared }: LoadedPart, question: MacroQuestion): MacroAnswer {
  const idOf = (name: string): number => interner.find(name);
  const definitions = new Set(question.definitions.map(idOf));
  const [anywhere, single] = [new Set<number>(), new Map<number, Set<number>>()];
  for (const { macro, file } of question.uses) {
    if (file < 0) anywhere.add(idOf(macro));
    else single.set(file, (single.get(file) ?? new Set()).add(idOf(macro)));
  }
  const aroundOf = includersOf(question.uses);
  const definers = definersOf(files, definitions);
  const marks = marksOf([...anywhere], interner.size());
  const found: Pick<MacroAnswer, "definitions" | "uses">[] = [];
  for (const [at, { file, ids, content, language }] of files.entries()) {
    const around = aroundOf(file);
    const seen = around.length === 0 ? NO_IDS : new Set(around.map(({ macro }) => idOf(macro)));
    const here = single.get(file.index);
    const isConcerned =
      here !== undefined ||
      definers.has(at) ||
      (seen.size > 0 && indexer.has(ids, (id) => seen.has(id))) ||
      (anywhere.size > 0 && indexer.has(ids, (id) => marks[id] === 1)) ||
      // Of assembler the survey does not tell the macros.
      (isAssembler(language) && indexer.has(ids, (id) => definitions.has(id)));
    if (!isConcerned) continue;
    const bytes = content.once();
    scan(bytes, interner, stream, dialectOf(language));
    const wanted = { definitions, uses: new Set([...anywhere, ...(here ?? []), ...seen]) };
    const read = readMacros({ stream, bytes, words }, wanted, macroFileOf(file, language, shared), interner.name);
    const own = read.uses.filter(({ macro }) => anywhere.has(idOf(macro)) || here?.has(idOf(macro)) === true);
    found.push({ definitions: read.definitions, uses: [...own, ...seenBy(read.uses, around)] });
  }
  return {
    definitions: found.flatMap((one) => one.definitions),
    uses: found.flatMap((one) => one.uses),
    ...spellings(question.tokens ?? [], { interner, indexer, files }),
  };
}

function spellings(
  names: readonly string[],
  { interner, indexer, files }: Pick<LoadedPart, "interner" | "indexer" | "files">,
): Pick<MacroAnswer, "tokens" | "own" | "members"> {
  const tokens = names.filter((name) => interner.find(name) >= 0);
  const wanted = new Set(tokens.map((name) => interner.find(name)));
  const own = new Set<number>();
  const note = (id: number): void => void (wanted.has(id) && own.add(id));
  if (wanted.size > 0)
    for (const { survey } of files) {
      for (const { id, kind } of survey.defined) if (kind === "function" || kind === "variable" || kind === "asm") note(id);
      for (const list of [survey.internal, survey.typedefs, survey.macroNames]) for (const id of list) note(id);
    }
  return { tokens, own: [...own].map((id) => interner.name(id)), members: tokens.filter((name) => indexer.isMember(interner.find(name))) };
}

/** Gives the macros that other files, which include a file by its name, define for themselves. */
function includersOf(uses: readonly WantedUses[]): (file: PartFile) => readonly WantedUses[] {
  const found = new Map<string, WantedUses[]>();
  for (const use of uses) for (const name of use.includes ?? []) found.set(name, [...(found.get(name) ?? []), use]);
  if (found.size === 0) return () => NOBODY;
  return ({ path, index }) => (found.get(basename(madeFrom(path))) ?? NOBODY).filter(({ file }) => file !== index);
}

const NOBODY: readonly WantedUses[] = [];
const NO_IDS: ReadonlySet<number> = new Set();

/** The uses as each including file's macros see them. */
function seenBy(uses: readonly MacroUse[], around: readonly WantedUses[]): MacroUse[] {
  return around.flatMap(({ macro, file }) =>
    uses.filter((use) => use.macro === macro).map((use) => Object.assign({}, use, { from: file })),
  );
}

function marksOf(ids: readonly number[], size: number): Uint8Array {
  const marks = new Uint8Array(size);
  for (const id of ids) if (id >= 0) marks[id] = 1;
  return marks;
}

/** Adds to the edits of a file what was decided with the knowledge of all macros. */
export function withMacroDecisions({ extra, open, left }: Decision, suffix: string): (file: number, edits: FileEdits) => FileEdits {
  const [insertions, places, stay] = [byFile(extra), byFile(open), byFile(left)];
  return (file, edits) => {
    const [added, stays] = [insertions.get(file), places.get(file)];
    const kept = without(edits, stay.get(file));
    if (added === undefined && stays === undefined) return kept;
    const undecided = [...kept.undecided, ...(stays ?? [])].toSorted((a, b) => a.offset - b.offset);
    const more = (added ?? []).map(({ offset, text, names }): ExtraInsertion => ({ offset, text: text ?? suffix, names }));
    return { ...kept, undecided, extra: [...(kept.extra ?? []), ...more] };
  };
}

/** The edits without those at the places. */
function without(edits: FileEdits, places: readonly LeftPlace[] | undefined): FileEdits {
  if (places === undefined) return edits;
  const left = new Set(places.map(({ offset }) => offset));
  const stays = (_: number, at: number): boolean => !left.has(edits.offsets[at] as number);
  return { ...edits, offsets: edits.offsets.filter(stays), ids: edits.ids.filter(stays) };
}

function byFile<T extends LeftPlace>(list: readonly T[]): Map<number, T[]> {
  const found = new Map<number, T[]>();
  for (const item of list) found.set(item.file, [...(found.get(item.file) ?? []), item]);
  return found;
}
