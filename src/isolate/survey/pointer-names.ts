/** Owns the names that declarators of pointers, references and bracketed ones give. */
import { BYTE } from "../../tokens/kinds.js";
import { groupEnd, hasWord, isMark, isWord, type Reading, valueAt, isAttributeName, isPlainWord } from "./heads.js";
import { behindPointer } from "./function-names.js";

/** `(*other)` and `(&other)` of `Type name(*other);`: no parameters and no array behind it, and the name before it. */
function isArgument(reading: Reading, tokens: readonly number[], open: number): boolean {
  const after = tokens[groupEnd(reading, tokens, open)];
  if (isMark(reading, after, BYTE.open) || isMark(reading, after, BYTE.openSquare)) return false;
  return isMark(reading, tokens[open + 1], BYTE.ampersand) || (open >= 2 && isPlainWord(reading, tokens[open - 1]));
}

/** `(name)` behind a type of the language, a `*` or a `(`, and no parameters behind it: a variable in parentheses. */
function isBracketed(reading: Reading, tokens: readonly number[], open: number): boolean {
  if (!isPlainWord(reading, tokens[open + 1]) || !isMark(reading, tokens[open + 2], BYTE.close)) return false;
  const [before, after] = [tokens[open - 1], tokens[open + 3]];
  if (isMark(reading, before, BYTE.open)) return true;
  if (isMark(reading, after, BYTE.open)) return false;
  const { keyword, specifier } = reading.words;
  const word = isWord(reading, before) ? valueAt(reading, before) : -1;
  const isType = keyword.has(word) && !specifier.has(word) && !isAttributeName(reading, before);
  return isType || isMark(reading, before, BYTE.star);
}

/** `name` of `(*name)(…)`, `(*const name[4])(…)`, `(*(*name)(…))(…)`, `(Type::*name)(…)`, `(&name)[2]`, `int (name)[2]`. */
export function pointerName(reading: Reading, tokens: readonly number[], open: number): number | undefined {
  if (isBracketed(reading, tokens, open)) return tokens[open + 1];
  const behind = behindPointer(reading, tokens, open + 1);
  if (behind === undefined || isArgument(reading, tokens, open)) return undefined;
  let at = behind;
  while (
    isMark(reading, tokens[at], BYTE.star) ||
    QUALIFIERS.some((word) => hasWord(reading, tokens.slice(at, at + 1), reading.words.id[word]))
  )
    at++;
  if (isMark(reading, tokens[at], BYTE.open)) return pointerName(reading, tokens, at);
  return isWord(reading, tokens[at]) ? tokens[at] : undefined;
}

const QUALIFIERS = ["const", "volatile"] as const;
