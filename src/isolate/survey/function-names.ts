/** Owns the question which function a declaration's head names. */
import { BYTE, PUNCTUATION } from "../../tokens/kinds.js";
import { angleEnd, groupEnd, hasWord, isMark, isPlainWord, isShouted, isWord, type Reading, valueAt } from "./heads.js";

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
    const special =
      isMark(reading, name, BYTE.greater) && followsParameters(reading, head, end) ? specialised(reading, head, i) : undefined;
    if (special !== undefined) return special;
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
    const old = beforeMacro(reading, head, i, end);
    if (old !== undefined) return old;
    const bracketed = isMark(reading, head[end], BYTE.open) ? behindConventions(reading, head.slice(i + 1, end - 1)) : undefined;
    if (bracketed !== undefined) return bracketed;
    if (isMark(reading, head[end], BYTE.open)) return undefined;
    if (followsParameters(reading, head, end) || (isTyped(reading, head, i - 1) && onlyMacros(reading, head, end)))
      return isPlainName(reading, head, i - 1, typed) ? name : undefined;
    i = end - 1;
  }
  return undefined;
}

/** `name` of `type name<…>(`, which specialises a function template: a type stands before it, and no `::`. */
function specialised(reading: Reading, head: readonly number[], open: number): number | undefined {
  for (let at = open - 2; at > 1; at--) {
    if (!isMark(reading, head[at], BYTE.less) || angleEnd(reading, head, at) !== open) continue;
    const name = head[at - 1];
    const before = head[at - 2];
    const isBehindType = isWord(reading, before) || isMark(reading, before, BYTE.star) || isMark(reading, before, BYTE.ampersand);
    return isPlainWord(reading, name) && isBehindType && isPlainName(reading, head, at - 1, false) ? name : undefined;
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

/** Behind `*`, `^`, `&`, `&&` or `Type::*` at `tokens[at]`, or undefined when no such thing stands there. */
export function behindPointer(reading: Reading, tokens: readonly number[], at: number): number | undefined {
  let next = isMark(reading, tokens[at], PUNCTUATION.scope) ? at + 1 : at;
  while (isWord(reading, tokens[next]) && isMark(reading, tokens[next + 1], PUNCTUATION.scope)) next += 2;
  if (next === at && isMark(reading, tokens[at], BYTE.ampersand)) return at + (isMark(reading, tokens[at + 1], BYTE.ampersand) ? 2 : 1);
  return isMark(reading, tokens[next], BYTE.star) || isMark(reading, tokens[next], CARET) ? next + 1 : undefined;
}

/** The `^` of Objective-C's blocks: `void (^name)(int)`. */
const CARET = 94;

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

/** `name` of `type name OF((…))`: a macro that leaves the list of parameters away where compilers know none. */
function beforeMacro(reading: Reading, head: readonly number[], open: number, end: number): number | undefined {
  if (end !== head.length || !isShouted(reading, head[open - 1]) || !isMark(reading, head[open + 1], BYTE.open)) return undefined;
  if (groupEnd(reading, head, open + 1) !== end - 1 || !isTyped(reading, head, open - 2)) return undefined;
  return isPlainWord(reading, head[open - 2]) && !isMark(reading, head[open - 3], PUNCTUATION.scope) ? head[open - 2] : undefined;
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
