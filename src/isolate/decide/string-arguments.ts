/** Owns what becomes of names in an argument of which a macro makes a string: nothing where it makes nothing else of it, else it is told. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading } from "../survey/heads.js";
import type { FileEdits, Stringized } from "./file-edits.js";
import { callOf } from "./namespace-tokens.js";

/** By the id of a macro. */
export interface StringParameters {
  /** Parameters of which nothing but strings and parts of longer names are made. */
  readonly only: ReadonlySet<number>;
  /** Parameters of which strings are made, and something else. */
  readonly also: ReadonlySet<number>;
  /** Parameters of which nothing but strings are made. */
  readonly texts: ReadonlySet<number>;
  /** Number of parameters: the last one of a variadic macro takes all further arguments. */
  readonly count: number;
}

/** A qualified name in a call: whether it gets the flavor depends on the macro, which another file may define. */
export interface CalledName {
  /** Index in {@link FileEdits.offsets}. */
  readonly edit: number;
  readonly start: number;
  readonly name: string;
  readonly macro: number;
  readonly index: number;
  /** Whether nothing else is in the argument. */
  readonly isWhole: boolean;
}

/** Whether the macro makes nothing but a string of the argument of that index. */
export function makesText(macro: StringParameters | undefined, index: number): boolean {
  return macro !== undefined && macro.texts.has(Math.min(index, macro.count - 1));
}

/** The call in whose arguments the namespace's word, which `::` follows, stands; undefined where there is none. */
export function calledName(reading: Reading, token: number): Pick<CalledName, "macro" | "index" | "isWhole"> | undefined {
  const call = isMark(reading, token + 1, PUNCTUATION.scope) ? callOf(reading, token) : undefined;
  if (call === undefined) return undefined;
  const first = isMark(reading, token - 1, PUNCTUATION.scope) ? token - 1 : token;
  let end = token;
  while (isMark(reading, end + 1, PUNCTUATION.scope) && isWord(reading, end + 2)) end += 2;
  const begins = isMark(reading, first - 1, BYTE.open) || isMark(reading, first - 1, BYTE.comma);
  const ends = isMark(reading, end + 1, BYTE.close) || isMark(reading, end + 1, BYTE.comma);
  return { macro: call.callee, index: call.index, isWhole: begins && ends };
}

/** The edits without those in arguments of which a macro makes nothing but a string; such as it makes a string of, too, are told. */
export function withoutTexts(
  edits: FileEdits,
  calls: readonly CalledName[],
  macros: ReadonlyMap<number, StringParameters>,
  nameOf: (id: number) => string,
): FileEdits {
  const dropped = new Set<number>();
  const told: Stringized[] = [];
  for (const { edit, start, name, macro, index, isWhole } of calls) {
    const known = macros.get(macro);
    if (makesText(known, index)) dropped.add(edit);
    else if (isWhole && known?.also.has(index) === true) told.push({ offset: start, name, macro: nameOf(macro) });
  }
  if (dropped.size + told.length === 0) return edits;
  return {
    ...edits,
    offsets: edits.offsets.filter((_, edit) => !dropped.has(edit)),
    ids: edits.ids.filter((_, edit) => !dropped.has(edit)),
    stringized: [...edits.stringized, ...told],
  };
}

/** Whether the string that `#` makes at the token is code: `_Pragma(#x)`. */
export function isPragmaText(reading: Reading, hash: number, nameOf: (id: number) => string): boolean {
  const callee = hash - 2;
  const isCall = isMark(reading, hash - 1, BYTE.open) && reading.stream.kinds[callee] === KIND.identifier;
  return isCall && /^_{1,2}pragma$/i.test(nameOf(reading.stream.values[callee] as number));
}
