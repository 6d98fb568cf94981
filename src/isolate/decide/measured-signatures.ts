/** Owns the places where code counts characters in the text of a function's signature, which names with the flavor make longer. */
import { tokenText } from "../survey/token-text.js";
import { BYTE, KIND } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading } from "../survey/heads.js";

/** The words that stand for such a text. */
export const SIGNATURE_WORDS: readonly string[] = ["__PRETTY_FUNCTION__", "__FUNCSIG__"];

/** How far behind the word its text is looked at. */
const NEAR = 60;

/** `sizeof(__PRETTY_FUNCTION__)`, `__PRETTY_FUNCTION__ + 34`, `__FUNCSIG__[20]`, `name.remove_prefix(34)` and its like behind it. */
export function isMeasured(reading: Reading, token: number): boolean {
  if (isMark(reading, token + 1, BYTE.plus) || isMark(reading, token + 1, BYTE.openSquare)) return true;
  if (isMark(reading, token - 1, BYTE.open) && isWord(reading, token - 2) && tokenText(reading, token - 2) === "sizeof") return true;
  for (let at = token + 1; at < token + NEAR && at + 2 < reading.stream.count; at++) {
    const isCutByNumber = isWord(reading, at) && isMark(reading, at + 1, BYTE.open) && reading.stream.kinds[at + 2] === KIND.number;
    if (isCutByNumber && CUTTING.has(tokenText(reading, at))) return true;
  }
  return false;
}

/** Members of string views that take a number of characters. */
const CUTTING: ReadonlySet<string> = new Set(["remove_prefix", "remove_suffix", "substr"]);
