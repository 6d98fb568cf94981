/** Owns the reading of a macro call's arguments and of the words that `##` joins. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { Reading } from "../survey/heads.js";
import type { MacroArgument, PastePart } from "./macro-model.js";

/** The arguments of a call whose `(` is the token `open`; undefined when none stands there. `parameters` are those of the macro around. */
export function argumentsAt(
  reading: Reading,
  open: number,
  parameters: readonly number[],
  nameOf: (id: number) => string,
): MacroArgument[] | undefined {
  const { kinds, values, count } = reading.stream;
  if (kinds[open] !== KIND.punctuation || values[open] !== BYTE.open) return undefined;
  const found: MacroArgument[] = [];
  let [depth, from] = [0, open + 1];
  for (let i = open; i < count && kinds[i] !== KIND.directiveEnd; i++) {
    if (kinds[i] !== KIND.punctuation) continue;
    const value = values[i];
    if (value === BYTE.open || value === BYTE.openBrace || value === BYTE.openSquare) depth++;
    else if (value === BYTE.close || value === BYTE.closeBrace || value === BYTE.closeSquare) depth--;
    const ends = depth === 0 || (depth === 1 && value === BYTE.comma);
    if (!ends) continue;
    found.push(argumentOf(reading, from, i, parameters, nameOf));
    if (depth === 0) return found;
    from = i + 1;
  }
  return undefined;
}

/** Stands for a string at the beginning of an argument: what `##` joins to it is no name. */
export const STRING = '"';

/** What stands between the tokens `from` and `to`. */
export function argumentOf(
  reading: Reading,
  from: number,
  to: number,
  parameters: readonly number[],
  nameOf: (id: number) => string,
): MacroArgument {
  const { starts, ends } = reading.stream;
  const end = (to > from ? ends[to - 1] : starts[to]) as number;
  if (to > from && reading.stream.kinds[from] === KIND.string) return { parts: [{ type: "text", text: STRING }], end };
  const call = nestedCall(reading, from, to, parameters, nameOf);
  if (call !== undefined) return { parts: [call], end };
  const parts: PastePart[] = [];
  for (let i = from; i < to; i += 2) {
    const part = partAt(reading, i, parameters, nameOf);
    // An argument that ends in `##` joins nothing: behind that no flavor may stand.
    if (part === undefined || (i + 1 < to && !isPaste(reading, i + 1)) || i + 2 === to)
      return {
        parts: undefined,
        end,
        ...lastAt(reading, from, to - 1, parameters, nameOf),
        ...firstAt(reading, from, parameters, nameOf),
      };
    parts.push(part);
  }
  return { parts, end };
}

/** The word at `from`, which others follow. */
function firstAt(
  reading: Reading,
  from: number,
  parameters: readonly number[],
  nameOf: (id: number) => string,
): Pick<MacroArgument, "first"> {
  const part = partAt(reading, from, parameters, nameOf);
  return part === undefined ? {} : { first: { part, end: reading.stream.ends[from] as number } };
}

/** The word at `last`: as a member when it is one of what stands before it. */
function lastAt(
  reading: Reading,
  from: number,
  last: number,
  parameters: readonly number[],
  nameOf: (id: number) => string,
): Pick<MacroArgument, "member" | "last"> {
  const { kinds, values } = reading.stream;
  const isMember =
    last > from && kinds[last - 1] === KIND.punctuation && (values[last - 1] === PUNCTUATION.arrow || values[last - 1] === BYTE.dot);
  const id = values[last] as number;
  if (isMember) return kinds[last] === KIND.identifier && !parameters.includes(id) ? { member: nameOf(id) } : {};
  const part = last > from ? partAt(reading, last, parameters, nameOf) : undefined;
  return part === undefined ? {} : { last: part };
}

/** `NAME(…)` and nothing else. */
function nestedCall(
  reading: Reading,
  from: number,
  to: number,
  parameters: readonly number[],
  nameOf: (id: number) => string,
): PastePart | undefined {
  const { kinds, values } = reading.stream;
  if (to - from < 3 || kinds[from] !== KIND.identifier || groupEndAt(reading, from + 1) !== to - 1) return undefined;
  const given = argumentsAt(reading, from + 1, parameters, nameOf);
  return given === undefined
    ? undefined
    : { type: "call", macro: nameOf(values[from] as number), arguments: given, end: reading.stream.ends[from] as number };
}

/** The `)` that closes the `(` at a token, or -1. */
function groupEndAt({ stream }: Reading, open: number): number {
  let depth = 0;
  for (let i = open; i < stream.count && stream.kinds[i] !== KIND.directiveEnd; i++) {
    if (stream.kinds[i] !== KIND.punctuation) {
      if (i === open) return -1;
      continue;
    }
    if (stream.values[i] === BYTE.open) depth++;
    else if (stream.values[i] === BYTE.close) depth--;
    if (depth === 0) return i;
  }
  return -1;
}

/** The byte offset behind the `)` that closes the `(` at a token. */
export function closeAt(reading: Reading, open: number): number | undefined {
  const close = groupEndAt(reading, open);
  return close < 0 ? undefined : reading.stream.ends[close];
}

/** The word, number or parameter at a token; undefined for any other token. */
export function partAt(
  { bytes, stream }: Reading,
  token: number,
  parameters: readonly number[],
  nameOf: (id: number) => string,
): PastePart | undefined {
  const kind = stream.kinds[token];
  if (kind === KIND.identifier) {
    const id = stream.values[token] as number;
    const index = parameters.indexOf(id);
    return index >= 0 ? { type: "parameter", index } : { type: "text", text: nameOf(id) };
  }
  if (kind !== KIND.number) return undefined;
  return { type: "text", text: Buffer.from(bytes.subarray(stream.starts[token], stream.ends[token])).toString("latin1") };
}

export function isPaste({ stream }: Reading, token: number): boolean {
  return token >= 0 && token < stream.count && stream.kinds[token] === KIND.punctuation && stream.values[token] === PUNCTUATION.paste;
}
