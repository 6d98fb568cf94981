/** Owns what may stand before a declaration and says nothing of its name: templates, attributes, calls of macros. */
import { BYTE } from "../../tokens/kinds.js";
import { angleEnd, groupEnd, isMark, isShouted, isWord, type Reading, valueAt } from "./heads.js";

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
