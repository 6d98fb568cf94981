/** Owns variables that are defined without a type, as `int`: C before 1999. */
import { BYTE } from "../../tokens/kinds.js";
import { groupEnd, isMark, isShouted, isWord, type Reading, valueAt } from "./heads.js";
import { BLOCK } from "./scope-model.js";

/**
 * The names of `level = 3;`, `table[4];`, `*first, second = 2;`, by their tokens; none where a declarator is anything else. Each stands
 * before all of its uses: a macro may begin a function whose statements look like that.
 */
export function untypedVariables(reading: Reading, tokens: readonly number[]): number[] {
  const [first, second] = tokens;
  const isTold =
    isMark(reading, first, BYTE.star) || [BYTE.equals, BYTE.openSquare, BYTE.comma].some((mark) => isMark(reading, second, mark));
  if (!isTold) return [];
  const found: number[] = [];
  let isPlain = true;
  for (let at = 0; at < tokens.length; at++) {
    const begin = at;
    while (isMark(reading, tokens[at], BYTE.star)) at++;
    const name = tokens[at];
    if (name === undefined || !isOwnName(reading, name)) return [];
    at++;
    while (isMark(reading, tokens[at], BYTE.openSquare)) at = groupEnd(reading, tokens, at);
    const isInitialised = isMark(reading, tokens[at], BYTE.equals);
    if (isInitialised) at = initialiserEnd(reading, tokens, at);
    if (at < tokens.length && !isMark(reading, tokens[at], BYTE.comma)) return [];
    isPlain &&= at === begin + 1;
    found.push(name);
  }
  return isPlain ? [] : found.filter((token) => !isUsedBefore(reading, token));
}

function isUsedBefore(reading: Reading, token: number): boolean {
  const id = valueAt(reading, token);
  for (let i = 0; i < token; i++) if (isWord(reading, i) && valueAt(reading, i) === id) return true;
  return false;
}

/** Written as functions and variables are: macros are called between declarations, too. */
function isOwnName(reading: Reading, token: number): boolean {
  return token !== BLOCK && isWord(reading, token) && !reading.words.keyword.has(valueAt(reading, token)) && !isShouted(reading, token);
}

/** The comma behind an initialiser, or the end. */
function initialiserEnd(reading: Reading, tokens: readonly number[], from: number): number {
  let at = from + 1;
  while (at < tokens.length && !isMark(reading, tokens[at], BYTE.comma))
    at = isMark(reading, tokens[at], BYTE.open) || isMark(reading, tokens[at], BYTE.openSquare) ? groupEnd(reading, tokens, at) : at + 1;
  return at;
}
