/** Owns symbols that strings name for the linker: what an alias stands for, the label of a declaration, its options. */
import type { ExtraInsertion } from "../decide/file-edits.js";
import type { FlavoredNames } from "./flavored-names.js";
import { decoratedOffsets, flavoredSymbol } from "./mangled-names.js";

/** The insertions into a string that is one symbol, with a version (`f@V1`) or without; a mangled name changes its digits, so the old string becomes a comment. */
export function symbolInsertions(text: string, start: number, names: FlavoredNames): ExtraInsertion[] {
  if (/^_{1,2}Z/.test(text)) return mangledInsertions(text, start, names);
  if (text.startsWith("?")) return decorated(text, start, names);
  const [, underscore = "", name = ""] = /^(_?)([^@]*)/.exec(text) ?? [];
  if (names.isGlobal(underscore + name)) return [grown(underscore + name, start, names)];
  return names.isGlobal(name) ? [grown(name, start + underscore.length, names)] : [];
}

/** Sections whose bounds the tree asks for, `__start_s` and `__stop_s`: each flavor has its own. */
export function sectionInsertions(text: string, start: number, names: FlavoredNames): ExtraInsertion[] {
  const bound = BOUNDS.map((before) => before + text).find((name) => names.isGlobal(name));
  return bound === undefined ? [] : [{ offset: start + text.length, text: names.suffix, names: [bound] }];
}

/** What the linker puts before a section's name for its bounds. */
export const BOUNDS = ["__start_", "__stop_"] as const;

function mangledInsertions(text: string, start: number, names: FlavoredNames): ExtraInsertion[] {
  const underscore = text.startsWith("__Z") ? "_" : "";
  const flavored = flavoredSymbol(text.slice(underscore.length), names);
  if (flavored === undefined) return [];
  return [
    { offset: start - 1, text: "/* ", names: [] },
    { offset: start + text.length + 1, text: ` */ "${underscore}${flavored}"`, names: [] },
  ];
}

function decorated(text: string, start: number, names: FlavoredNames): ExtraInsertion[] {
  return decoratedOffsets(text, names).map((at) => ({ offset: start + at, text: names.suffix, names: [] }));
}

function grown(name: string, start: number, { suffix }: FlavoredNames): ExtraInsertion {
  return { offset: start + name.length, text: suffix, names: [name] };
}

/** Options of a linker that name symbols, and the pragmas that `_Pragma` may spell. */
const OPTIONS =
  /(?:[-/](?:export|include|alternatename|entry|order):@?|^\s*(?:weak|redefine_extname)\s+)([^\s,/"\\][^\s,"]*(?:\s*=?\s*[\w$]+)?)/gi;

/** The insertions into options for the linker: `/export:name=other`, `/include:_name@8`. */
export function optionInsertions(text: string, start: number, names: FlavoredNames): ExtraInsertion[] {
  return [...text.matchAll(OPTIONS)].flatMap(({ index, 0: whole, 1: operand = "" }) =>
    [...operand.matchAll(/[^\s=]+/g)].flatMap((part) => {
      const at = start + index + whole.length - operand.length + part.index;
      return symbolInsertions(part[0].replace(/(?<=\w)@\d+$/, ""), at, names);
    }),
  );
}
