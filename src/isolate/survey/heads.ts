/** Owns what readers of declarations have at hand: the tokens' words and marks, groups of them, the head that a declaration introduces. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { TokenStream } from "../../tokens/stream.js";
import { BLOCK } from "./scope-model.js";
import type { OpenedNamespace } from "./opened-namespace.js";
import type { Words } from "./words.js";

/** What the reader of one file needs at hand. */
export interface Reading {
  readonly stream: TokenStream;
  readonly bytes: Uint8Array;
  readonly words: Words;
  /** Namespaces that the file opens, also by macros, where that is known. */
  readonly opened?: readonly OpenedNamespace[];
  /** Whether the file has the identifier, where that is known. */
  readonly stands?: (id: number) => boolean;
}

/** One introduced entity, by its token. */
export interface Head {
  readonly kind: "function" | "variable" | "type" | "enumeration";
  readonly token: number;
  /** `static`, or a constant that has internal linkage in C++. */
  readonly linkage: "external" | "internal" | "constant";
  readonly defines: boolean;
  /** `extern "C"` written on the declaration itself. */
  readonly linkageC: boolean;
  /** Words before `token` of which one is the name if `token` is a macro for an attribute: the nearest first. */
  readonly instead?: readonly number[] | undefined;
  readonly isTemplate?: boolean;
  /** Whether nothing but the name stands before its parameters: where a macro has that name, it is its call. */
  readonly isImplicit?: boolean;
  /** The word whose argument the name is, as in `SYMBOL(name)(int)`. */
  readonly wrapper?: number | undefined;
}

export function valueAt(reading: Reading, token: number | undefined): number {
  return token === undefined || token === BLOCK ? -1 : (reading.stream.values[token] as number);
}

export function isWord(reading: Reading, token: number | undefined): boolean {
  return token !== undefined && token !== BLOCK && reading.stream.kinds[token] === KIND.identifier;
}

export function isMark(reading: Reading, token: number | undefined, value: number): boolean {
  return (
    token !== undefined && token !== BLOCK && reading.stream.kinds[token] === KIND.punctuation && reading.stream.values[token] === value
  );
}

/** `#if 0`: its branch never counts for the balance of braces. */
export function isZero({ bytes, stream }: Reading, token: number): boolean {
  const { kinds, starts, ends } = stream;
  const isDigit = kinds[token] === KIND.number && (ends[token] as number) - (starts[token] as number) === 1;
  return isDigit && bytes[starts[token] as number] === 48;
}

export function hasWord(reading: Reading, tokens: readonly number[], id: number): boolean {
  return tokens.some((token) => isWord(reading, token) && valueAt(reading, token) === id);
}

/** Whether a head before `{` opens a namespace. In C, `namespace` may name a parameter, a variable or a structure. */
export function opensNamespace(reading: Reading, head: readonly number[]): boolean {
  const { id, aggregate } = reading.words;
  if (!hasWord(reading, head, id.namespace) || hasWord(reading, head, id.using)) return false;
  for (let i = 0; i < head.length; i++) {
    if (isMark(reading, head[i], BYTE.open) || isMark(reading, head[i], BYTE.openSquare)) i = groupEnd(reading, head, i) - 1;
    else if (isWord(reading, head[i]) && valueAt(reading, head[i]) === id.namespace)
      return !(isWord(reading, head[i - 1]) && aggregate.has(valueAt(reading, head[i - 1]))) && !isMark(reading, head.at(-1), BYTE.equals);
  }
  return false;
}

/** Whether `static` stands before the name, and not in some branch of an `#if` alone. */
export function isInternal(reading: Reading, before: readonly number[], name: number): boolean {
  const at = before.findLast((token) => isWord(reading, token) && valueAt(reading, token) === reading.words.id.static);
  return at !== undefined && !reading.stream.kinds.subarray(at, name).includes(KIND.directive) && !endsWithCalls(reading, before);
}

/** `static FIRST(a) static SECOND(b)`, and a declaration on the next line: the calls are definitions of their own, and hide nothing behind them. */
function endsWithCalls(reading: Reading, before: readonly number[]): boolean {
  const isStatic = (token: number | undefined): boolean => isWord(reading, token) && valueAt(reading, token) === reading.words.id.static;
  let calls = 0;
  let at = 0;
  while (isStatic(before[at]) && isWord(reading, before[at + 1]) && isMark(reading, before[at + 2], BYTE.open)) {
    at = groupEnd(reading, before, at + 2);
    calls++;
  }
  const [last, next] = [before[at - 1], before[at]];
  if (calls < 2 || last === undefined || next === undefined || last === BLOCK || next === BLOCK) return false;
  return reading.bytes.subarray(reading.stream.ends[last], reading.stream.starts[next]).includes(NEWLINE);
}

const NEWLINE = 10;

/** Written in capitals, as macros are. */
export function isShouted(reading: Reading, token: number | undefined): boolean {
  if (!isWord(reading, token)) return false;
  const { bytes, stream } = reading;
  for (let i = stream.starts[token as number] as number; i < (stream.ends[token as number] as number); i++) {
    const byte = bytes[i] as number;
    if (byte >= 97 && byte <= 122) return false;
  }
  return true;
}

/** Index behind the group that `tokens[at]` opens (parentheses, or square brackets), or the end. */
export function groupEnd(reading: Reading, tokens: readonly number[], at: number): number {
  let depth = 0;
  for (let i = at; i < tokens.length; i++) {
    const token = tokens[i];
    if (isMark(reading, token, BYTE.open) || isMark(reading, token, BYTE.openSquare)) depth++;
    else if (isMark(reading, token, BYTE.close) || isMark(reading, token, BYTE.closeSquare)) depth--;
    if (depth === 0) return i + 1;
  }
  return tokens.length;
}

/** Index behind the `<…>` that `tokens[at]` opens, or the end. */
export function angleEnd(reading: Reading, tokens: readonly number[], at: number): number {
  let depth = 0;
  for (let i = at; i < tokens.length; i++) {
    const token = tokens[i];
    if (isMark(reading, token, BYTE.open)) i = groupEnd(reading, tokens, i) - 1;
    else if (isMark(reading, token, BYTE.less)) depth++;
    else if (isMark(reading, token, BYTE.greater)) depth--;
    if (depth <= 0) return i + 1;
  }
  return tokens.length;
}

/** Whether `extern "C"` (or `"C++"`) stands at `tokens[at]`; gives the language. */
export function externLanguage(reading: Reading, tokens: readonly number[]): "c" | "c++" | undefined {
  const at = tokens.findIndex((token) => isWord(reading, token) && valueAt(reading, token) === reading.words.id.extern);
  const next = at < 0 ? undefined : tokens[at + 1];
  if (next === undefined || next === BLOCK || reading.stream.kinds[next] !== KIND.string) return undefined;
  return (reading.stream.ends[next] as number) - (reading.stream.starts[next] as number) === 3 ? "c" : "c++";
}

/** The name that a `struct`, `class`, `union` or `enum` head gives, or undefined (unnamed, qualified, specialised, or no such head). */
export function aggregateName(reading: Reading, head: readonly number[]): { token: number | undefined } | undefined {
  const at = head.findIndex((token) => isWord(reading, token) && reading.words.aggregate.has(valueAt(reading, token)));
  if (at < 0) return undefined;
  let name: number | undefined;
  for (let i = at + 1; i < head.length; i++) {
    const token = head[i];
    if (isMark(reading, token, BYTE.open) || isMark(reading, token, BYTE.openSquare)) {
      i = groupEnd(reading, head, i) - 1;
      name = isMark(reading, token, BYTE.open) ? undefined : name;
    } else if (isMark(reading, token, BYTE.colon)) break;
    else if (isMark(reading, token, BYTE.less) || isMark(reading, token, PUNCTUATION.scope)) return { token: undefined };
    else if (isMark(reading, token, BYTE.star) || isMark(reading, token, BYTE.equals)) return undefined;
    else if (isWord(reading, token) && !isAggregateWord(reading, token) && !isMacroBehind(reading, token, name)) name = token;
  }
  return { token: name };
}

/** `LIB_FINAL` of `class Name LIB_FINAL`: a word in capitals behind one that is not. */
function isMacroBehind(reading: Reading, token: number | undefined, name: number | undefined): boolean {
  return name !== undefined && isShouted(reading, token) && !isShouted(reading, name);
}

function isAggregateWord(reading: Reading, token: number | undefined): boolean {
  const value = valueAt(reading, token);
  return value === reading.words.id.final || reading.words.aggregate.has(value);
}

export function isPlainWord(reading: Reading, token: number | undefined): boolean {
  return isWord(reading, token) && !reading.words.keyword.has(valueAt(reading, token));
}

export function isAttributeName(reading: Reading, token: number | undefined): boolean {
  return isWord(reading, token) && reading.words.attribute.has(valueAt(reading, token));
}
