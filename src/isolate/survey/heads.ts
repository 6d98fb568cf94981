/** Owns the reading of one declaration's tokens: which entity it introduces, and whether it defines it. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { TokenStream } from "../../tokens/stream.js";
import { BLOCK } from "./scopes.js";
import type { OpenedNamespace } from "./opened-namespace.js";
import type { Words } from "./words.js";

/** What the reader of one file needs at hand. */
export interface Reading {
  readonly stream: TokenStream;
  readonly bytes: Uint8Array;
  readonly words: Words;
  /** Namespaces that the file opens, also by macros, where that is known. */
  readonly opened?: readonly OpenedNamespace[];
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
  return at !== undefined && !reading.stream.kinds.subarray(at, name).includes(KIND.directive);
}

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

/** The tokens without `template <…>`, attributes, `extern "C"` and macro calls at the front. */
export function withoutPrefix(reading: Reading, tokens: readonly number[]): readonly number[] {
  let rest = tokens;
  for (;;) {
    const next = stripOne(reading, rest);
    if (next === rest) return rest;
    rest = next;
  }
}

function stripOne(reading: Reading, tokens: readonly number[]): readonly number[] {
  const { words } = reading;
  const first = tokens[0];
  const id = isWord(reading, first) ? valueAt(reading, first) : -1;
  if (id === words.id.template && isMark(reading, tokens[1], BYTE.less)) return tokens.slice(angleEnd(reading, tokens, 1));
  if (isMark(reading, first, BYTE.at)) return withoutDirective(reading, tokens);
  if (isMark(reading, first, BYTE.openSquare)) return tokens.slice(groupEnd(reading, tokens, 0));
  if (id >= 0 && isMark(reading, tokens[1], BYTE.open)) {
    const end = groupEnd(reading, tokens, 1);
    const removable = words.attribute.has(id) || (isShouted(reading, first) && isWord(reading, tokens[end]));
    if (removable || isCallBefore(reading, tokens, end)) return tokens.slice(end);
  }
  return isShouted(reading, first) ? behindMacros(reading, tokens) : tokens;
}

/**
 * Whether a declaration begins behind the call of a macro, `weak_alias(a, b)` and no `;`: a word that begins one follows, or a type and a
 * name on the next line. Not the head of a function of C before 1989, `main(argc) int argc;`.
 */
function isCallBefore(reading: Reading, tokens: readonly number[], end: number): boolean {
  const { words } = reading;
  const next = tokens[end];
  if (!isWord(reading, next) || words.keyword.has(valueAt(reading, tokens[0]))) return false;
  const value = valueAt(reading, next);
  if (words.afterParameters.has(value) || words.attribute.has(value)) return false;
  const given = new Set(tokens.slice(2, end).map((token) => valueAt(reading, token)));
  const names = tokens.slice(end + 1).findIndex((token) => !isMark(reading, token, BYTE.star));
  const name = names < 0 ? undefined : tokens[end + 1 + names];
  if (!isWord(reading, name) || given.has(valueAt(reading, name))) return false;
  return words.keyword.has(value) || beginsLine(reading, tokens[end - 1] as number, next as number);
}

function beginsLine({ bytes, stream }: Reading, before: number, token: number): boolean {
  return bytes.subarray(stream.ends[before], stream.starts[token]).includes(NEWLINE);
}

const NEWLINE = 10;

/** Behind words in capitals, called or not, when a word follows that only begins a declaration: they end no declaration of their own. */
function behindMacros(reading: Reading, tokens: readonly number[]): readonly number[] {
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (isMark(reading, token, BYTE.open)) i = groupEnd(reading, tokens, i) - 1;
    else if (!isWord(reading, token)) return tokens;
    else if (reading.words.beginning.has(valueAt(reading, token))) return tokens.slice(i);
    else if (!isShouted(reading, token)) return tokens;
  }
  return tokens;
}

/** Behind `@end`, and behind `@implementation Name [(Category)]`: what follows may be plain C. */
function withoutDirective(reading: Reading, tokens: readonly number[]): readonly number[] {
  const word = valueAt(reading, tokens[1]);
  if (word === reading.words.id.end) return tokens.slice(2);
  if (word !== reading.words.id.implementation) return tokens;
  return tokens.slice(isMark(reading, tokens[3], BYTE.open) ? groupEnd(reading, tokens, 3) : 3);
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

/**
 * The name of the function whose head this is (everything before its `{` or `;`), or undefined. Qualified names,
 * operators, destructors and macro calls without a return type give undefined. `typed`: a macro's call before the head
 * may stand for the return type.
 */
export function functionName(reading: Reading, head: readonly number[], typed = false): number | undefined {
  for (let i = 0; i < head.length; i++) {
    if (isMark(reading, head[i], BYTE.less) && isWord(reading, head[i - 1])) i = angleEnd(reading, head, i) - 1;
    if (isMark(reading, head[i], BYTE.equals)) return undefined;
    if (!isMark(reading, head[i], BYTE.open)) continue;
    const end = groupEnd(reading, head, i);
    if (isMark(reading, head[i - 1], BYTE.closeSquare)) return functionName(reading, withoutAttributes(reading, head, i), typed);
    const name = head[i - 1];
    const returning = returningPointer(reading, head, i, end);
    if (returning !== undefined) return returning;
    if (isBareName(reading, head, i, end)) return head[i + 1];
    if (!isWord(reading, name) || reading.words.attribute.has(valueAt(reading, name))) {
      i = end - 1;
      continue;
    }
    if (isShouted(reading, name) && i >= 2 && calledBehind(reading, head, end)) {
      i = end - 1;
      continue;
    }
    if (isMark(reading, head[end], BYTE.open) && end - i === 3 && isWord(reading, head[i + 1]) && (i >= 2 || !isShouted(reading, name)))
      return head[i + 1];
    const bracketed = isMark(reading, head[end], BYTE.open) ? behindConventions(reading, head.slice(i + 1, end - 1)) : undefined;
    if (bracketed !== undefined) return bracketed;
    if (isMark(reading, head[end], BYTE.open)) return undefined;
    if (followsParameters(reading, head, end) || (isTyped(reading, head, i - 1) && onlyMacros(reading, head, end)))
      return isPlainName(reading, head, i - 1, typed) ? name : undefined;
    i = end - 1;
  }
  return undefined;
}

/** The head without the `[[…]]` that ends right before `head[open]`, and stands behind a name. */
function withoutAttributes(reading: Reading, head: readonly number[], open: number): readonly number[] {
  let [at, depth] = [open - 1, 0];
  for (; at >= 0; at--) {
    if (isMark(reading, head[at], BYTE.closeSquare)) depth++;
    else if (isMark(reading, head[at], BYTE.openSquare) && --depth === 0) break;
  }
  return [...head.slice(0, Math.max(at, 0)), ...head.slice(open)];
}

/** Behind `*`, `&`, `&&` or `Type::*` at `tokens[at]`, or undefined when no such thing stands there. */
export function behindPointer(reading: Reading, tokens: readonly number[], at: number): number | undefined {
  let next = isMark(reading, tokens[at], PUNCTUATION.scope) ? at + 1 : at;
  while (isWord(reading, tokens[next]) && isMark(reading, tokens[next + 1], PUNCTUATION.scope)) next += 2;
  if (next === at && isMark(reading, tokens[at], BYTE.ampersand)) return at + (isMark(reading, tokens[at + 1], BYTE.ampersand) ? 2 : 1);
  return isMark(reading, tokens[next], BYTE.star) ? next + 1 : undefined;
}

/** `name` of `type (*name(…))(…)`: a function that returns a pointer to one, or to an array; `(&name(…))[2]`, `(Type::*name(…))(…)`. */
export function returningPointer(
  reading: Reading,
  head: readonly number[],
  open: number,
  end = groupEnd(reading, head, open),
): number | undefined {
  const behind = behindPointer(reading, head, open + 1);
  if (behind === undefined) return undefined;
  let at = behind;
  while (isMark(reading, head[at], BYTE.star) || isShouted(reading, head[at])) at++;
  const isCalled = isWord(reading, head[at]) && isMark(reading, head[at + 1], BYTE.open);
  if (!isCalled || groupEnd(reading, head, at + 1) !== end - 1) return undefined;
  return isMark(reading, head[end], BYTE.open) || isMark(reading, head[end], BYTE.openSquare) ? head[at] : undefined;
}

/** `int (name)(…)`, `type *(name)(…)`: the parentheses keep a macro of that name away. */
function isBareName(reading: Reading, head: readonly number[], open: number, end: number): boolean {
  if (end - open !== 3 || !isWord(reading, head[open + 1]) || !isMark(reading, head[end], BYTE.open)) return false;
  const { keyword, attribute } = reading.words;
  if (keyword.has(valueAt(reading, head[open + 1]))) return false;
  const before = head[open - 1];
  return (
    isMark(reading, before, BYTE.star) ||
    (isWord(reading, before) && keyword.has(valueAt(reading, before)) && !attribute.has(valueAt(reading, before)))
  );
}

/** `name` of `(CALL name)(…)`: behind words in capitals alone. */
function behindConventions(reading: Reading, inner: readonly number[]): number | undefined {
  const before = inner.slice(0, -1);
  const name = inner.at(-1);
  return before.length > 0 && isWord(reading, name) && before.every((token) => isShouted(reading, token)) ? name : undefined;
}

/** Whether `tokens[at]` is the first word of a deduction guide: `Box(T) -> Box<T>`. */
export function isGuide(reading: Reading, tokens: readonly number[], at: number): boolean {
  if (at < 0 || !isMark(reading, tokens[at + 1], BYTE.open)) return false;
  const end = groupEnd(reading, tokens, at + 1);
  const guided = isMark(reading, tokens[end], PUNCTUATION.arrow) && isWord(reading, tokens[end + 1]);
  return guided && valueAt(reading, tokens[end + 1]) === valueAt(reading, tokens[at]);
}

/** Whether a word that is no macro's for an attribute follows at `head[at]` with parentheses: `name` of `int MACRO(x) name(int)`. */
function calledBehind(reading: Reading, head: readonly number[], at: number): boolean {
  const open = head.findIndex((token, index) => index >= at && isMark(reading, token, BYTE.open));
  if (open <= at || !head.slice(at, open).every((token) => isWord(reading, token) || isMark(reading, token, BYTE.star))) return false;
  const { attribute, afterParameters } = reading.words;
  return head
    .slice(at, open)
    .every(
      (token) => !isShouted(reading, token) && !attribute.has(valueAt(reading, token)) && !afterParameters.has(valueAt(reading, token)),
    );
}

function followsParameters(reading: Reading, head: readonly number[], at: number): boolean {
  const next = head[at];
  if (next === undefined || !isWord(reading, next)) return true;
  return reading.words.afterParameters.has(valueAt(reading, next)) || isShouted(reading, next);
}

/** Whether a type stands before `head[at]`: a word that is neither a specifier nor written in capitals, or a `*`. */
function isTyped(reading: Reading, head: readonly number[], at: number): boolean {
  for (let i = 0; i < at; i++) {
    if (isMark(reading, head[i], BYTE.star) || isMark(reading, head[i], BYTE.ampersand)) return true;
    if (isWord(reading, head[i]) && !reading.words.specifier.has(valueAt(reading, head[i])) && !isShouted(reading, head[i])) return true;
  }
  return false;
}

/** Whether nothing follows from `at` on but words, each with arguments or without: macros for attributes. */
function onlyMacros(reading: Reading, head: readonly number[], at: number): boolean {
  for (let i = at; i < head.length; i++) {
    if (isMark(reading, head[i], BYTE.open)) i = groupEnd(reading, head, i) - 1;
    else if (!isWord(reading, head[i]) || reading.words.keyword.has(valueAt(reading, head[i]))) return false;
  }
  return true;
}

/** The word whose argument the token is, when nothing else is: `SYMBOL` of `SYMBOL(name)(int)`. */
export function wrapperOf(reading: Reading, head: readonly number[], token: number): number | undefined {
  const at = head.indexOf(token);
  return isMark(reading, head[at - 1], BYTE.open) && isMark(reading, head[at + 1], BYTE.close) ? head[at - 2] : undefined;
}

/** `OTHER_MACRO NAME(Word, Word)`: nothing but capitals before the parenthesis, no parameter with a type and a name in it. */
function isMacroCall(reading: Reading, head: readonly number[], at: number): boolean {
  if (at === 0 || !head.slice(0, at + 1).every((token) => isShouted(reading, token))) return false;
  const list = head.slice(at + 2, groupEnd(reading, head, at + 1) - 1);
  const isWordOrComma = (token: number, i: number): boolean => (i % 2 === 0 ? isWord(reading, token) : isMark(reading, token, BYTE.comma));
  const hasKeyword = list.some((token) => isWord(reading, token) && reading.words.keyword.has(valueAt(reading, token)));
  return (
    list.length > 1 &&
    list.every(isWordOrComma) &&
    !hasKeyword &&
    !list.every((token) => isShouted(reading, token) || !isWord(reading, token))
  );
}

function isPlainName(reading: Reading, head: readonly number[], at: number, typed: boolean): boolean {
  if (isMacroCall(reading, head, at)) return false;
  if (at === 0) return typed && !isShouted(reading, head[0]) && !reading.words.keyword.has(valueAt(reading, head[0]));
  const before = head[at - 1];
  if (isMark(reading, before, PUNCTUATION.scope) || isMark(reading, before, BYTE.tilde)) return false;
  if (reading.words.keyword.has(valueAt(reading, head[at])) && isWord(reading, head[at])) return false;
  return !hasWord(reading, head.slice(0, at), reading.words.id.operator);
}
