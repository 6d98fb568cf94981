/** Owns whether a word is a member, a parameter or a local variable there, as far as its own file tells. */
import { BYTE, KIND } from "../../tokens/kinds.js";
import { enclosing } from "../decide/enclosing.js";
import { isLocalName } from "../decide/local-names.js";
import { isDeclarator, useOf } from "../decide/word-uses.js";
import { isMark, type Reading, valueAt } from "../survey/heads.js";

/** Whether the word at `token` means or declares something of a class or a function; `::name` never does. */
export function isLocalUse(reading: Reading, token: number): boolean {
  const use = useOf(reading, token);
  if (use.is !== "global") return true;
  const around = enclosing(reading, token);
  const isOutside = around.every(({ kind }) => kind === "namespace" || kind === "linkage-c");
  if (isOutside) return isParameter(reading, token);
  return isDeclaring(reading, token) || isLocalName(reading, token);
}

/** A declarator with a type before it that is no call: `int x = 1`, `T *x;`, `int x)`. */
function isDeclaring(reading: Reading, token: number): boolean {
  if (isParameter(reading, token)) return true;
  if (!isDeclarator(reading, token) || isMark(reading, token + 1, BYTE.open)) return false;
  if (isMark(reading, token - 1, BYTE.comma)) return startsWithType(reading, token);
  return !isMark(reading, token - 1, BYTE.star) || startsWithType(reading, token);
}

/** `int x)`, `T *x,` between parentheses. */
function isParameter(reading: Reading, token: number): boolean {
  const ends = [BYTE.close, BYTE.comma, BYTE.equals, BYTE.openSquare].some((mark) => isMark(reading, token + 1, mark));
  return ends && isTyped(reading, token);
}

/** Whether a word stands before it, perhaps with `*` or `&` between: `T x`, `T *x`, not `a * x`, which has an operand's beginning before it. */
function isTyped(reading: Reading, token: number): boolean {
  let at = token - 1;
  while (isMark(reading, at, BYTE.star) || isMark(reading, at, BYTE.ampersand)) at--;
  if (reading.stream.kinds[at] !== KIND.identifier || NO_TYPE.has(reading.words.textOf(valueAt(reading, at)))) return false;
  if (at === token - 1) return true;
  const before = at - 1;
  return reading.stream.kinds[before] === KIND.identifier || [BYTE.open, BYTE.comma].some((mark) => isMark(reading, before, mark));
}

/** Whether the statement of the token begins with two words, or a word and a `*`: a declaration. */
function startsWithType(reading: Reading, token: number): boolean {
  let at = token;
  while (at > 0 && ![BYTE.semicolon, BYTE.openBrace, BYTE.closeBrace, BYTE.open].some((mark) => isMark(reading, at - 1, mark))) at--;
  const { kinds } = reading.stream;
  if (kinds[at] !== KIND.identifier || NO_TYPE.has(reading.words.textOf(valueAt(reading, at)))) return false;
  return kinds[at + 1] === KIND.identifier || isMark(reading, at + 1, BYTE.star);
}

const NO_TYPE: ReadonlySet<string> = new Set(
  "return else do goto case throw new delete sizeof typename using co_return co_yield co_await not and or".split(" "),
);
