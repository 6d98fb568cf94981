/** Owns the question whether a word is a function's own name: a parameter, or a variable that a block around it declares before. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading, valueAt } from "../survey/heads.js";
import { tokenText } from "../survey/token-text.js";
import { enclosing } from "./enclosing.js";

/** Whether a declaration that no scope outside of the function sees gives the word its meaning; false where tokens leave that open. */
export function isLocalName(reading: Reading, token: number): boolean {
  if (isParameterNear(reading, token, token)) return true;
  for (const { kind, brace } of enclosing(reading, token)) {
    if (kind !== "other" && kind !== "method") return false;
    if (isDeclaredBehind(reading, brace, token) || isParameterNear(reading, brace - 1, token)) return true;
  }
  return false;
}

/** Whether the block declares the word, up to where it stands. */
function isDeclaredBehind(reading: Reading, brace: number, token: number): boolean {
  const { kinds } = reading.stream;
  const id = valueAt(reading, token);
  let [depth, start, line] = [0, brace + 1, false];
  for (let i = brace + 1; i <= token; i++) {
    if (kinds[i] === KIND.directive || kinds[i] === KIND.directiveEnd) {
      line = kinds[i] === KIND.directive;
      start = i + 1;
    } else if (line) continue;
    else if (isOpening(reading, i)) depth++;
    else if (isClosing(reading, i)) {
      depth--;
      if (depth === 0 && isMark(reading, i, BYTE.closeBrace)) start = i + 1;
    } else if (depth !== 0) continue;
    else if (isMark(reading, i, BYTE.semicolon)) start = i + 1;
    else if (isWord(reading, i) && valueAt(reading, i) === id && i > start && isVariable(reading, start, i)) return true;
  }
  return false;
}

/** `T x = …`, `T *x;`, `T<U> x(*this)`: the tokens from `start` on are a type, and what follows begins no parameter. */
function isVariable(reading: Reading, start: number, token: number): boolean {
  if (NO_TYPE.has(tokenText(reading, start))) return false;
  for (let i = start; i < token; i++) if (!isOfType(reading, i)) return false;
  if (isMark(reading, token - 1, PUNCTUATION.scope) || (isWord(reading, token - 1) && NO_TYPE.has(tokenText(reading, token - 1))))
    return false;
  if (isMark(reading, token + 1, BYTE.open)) return holdsValues(reading, token + 1);
  return BEHIND.some((mark) => isMark(reading, token + 1, mark));
}

function isOfType(reading: Reading, token: number): boolean {
  const { kinds } = reading.stream;
  return kinds[token] === KIND.identifier || TYPE_MARKS.some((mark) => isMark(reading, token, mark));
}

/** Whether the list in parentheses holds values, as no list of parameters does: `*x`, `&x` or a literal. */
function holdsValues(reading: Reading, open: number): boolean {
  if (isMark(reading, open + 1, BYTE.star) || isMark(reading, open + 1, BYTE.ampersand)) return true;
  const { kinds, count } = reading.stream;
  let depth = 0;
  let found = false;
  for (let i = open; i < count; i++) {
    if (isMark(reading, i, BYTE.open)) depth++;
    else if (isMark(reading, i, BYTE.close) && --depth === 0) return found;
    else if (isMark(reading, i, BYTE.equals) || isMark(reading, i, BYTE.openSquare) || isMark(reading, i, BYTE.semicolon)) return false;
    else found ||= VALUES.has(kinds[i] as number) || (isWord(reading, i) && tokenText(reading, i) === "this");
  }
  return false;
}

/** Whether a function's head that ends at `end` has the word of `token` as a parameter. */
function isParameterNear(reading: Reading, end: number, token: number): boolean {
  const id = valueAt(reading, token);
  let [depth, outer] = [0, 0];
  for (let i = end; i >= 0 && reading.stream.kinds[i] !== KIND.directiveEnd; i--) {
    if (isMark(reading, i, BYTE.close)) depth++;
    else if (isMark(reading, i, BYTE.open)) outer = Math.min(outer, --depth);
    else if (ENDS.some((mark) => isMark(reading, i, mark))) return false;
    else if (isWord(reading, i) && valueAt(reading, i) === id && (depth > outer || i === token) && isParameter(reading, i)) return true;
  }
  return false;
}

/** `(T x,`, `, T& x = …)`: right in the parentheses behind a function's name. */
function isParameter(reading: Reading, token: number): boolean {
  if (![BYTE.comma, BYTE.close, BYTE.equals, BYTE.openSquare].some((mark) => isMark(reading, token + 1, mark))) return false;
  let start = token - 1;
  for (let depth = 0; start >= 0; start--) {
    if (isMark(reading, start, BYTE.greater)) depth++;
    else if (isMark(reading, start, BYTE.less)) depth--;
    else if (depth === 0 && (isMark(reading, start, BYTE.comma) || isMark(reading, start, BYTE.open))) break;
    else if (depth === 0 && !isOfType(reading, start)) return false;
    if (ENDS.some((mark) => isMark(reading, start, mark))) return false;
  }
  if (start === token - 1 || isMark(reading, token - 1, PUNCTUATION.scope)) return false;
  const isSure = isWord(reading, token - 1) && !NO_TYPE.has(tokenText(reading, token - 1));
  const open = openingOf(reading, start);
  if (open < 1 || !isWord(reading, open - 1) || NO_FUNCTION.has(tokenText(reading, open - 1))) return false;
  return isSure || isHeadBehind(reading, open);
}

/** The `(` of the list that the comma stands in, or the token itself. */
function openingOf(reading: Reading, token: number): number {
  let depth = 0;
  for (let i = token; i >= 0; i--) {
    if (isMark(reading, i, BYTE.close)) depth++;
    else if (isMark(reading, i, BYTE.open) && depth-- === 0) return i;
    else if (ENDS.some((mark) => isMark(reading, i, mark))) return -1;
  }
  return -1;
}

/** Whether a body follows the list, or what only a function's head has. */
function isHeadBehind(reading: Reading, open: number): boolean {
  let depth = 0;
  let i = open;
  for (; i < reading.stream.count; i++) {
    if (isMark(reading, i, BYTE.open)) depth++;
    else if (isMark(reading, i, BYTE.close) && --depth === 0) break;
  }
  const isBody = [BYTE.openBrace, BYTE.colon].some((mark) => isMark(reading, i + 1, mark));
  return isBody || (isWord(reading, i + 1) && HEAD_WORDS.has(tokenText(reading, i + 1)));
}

function isOpening(reading: Reading, token: number): boolean {
  return isMark(reading, token, BYTE.openBrace) || isMark(reading, token, BYTE.open) || isMark(reading, token, BYTE.openSquare);
}

function isClosing(reading: Reading, token: number): boolean {
  return isMark(reading, token, BYTE.closeBrace) || isMark(reading, token, BYTE.close) || isMark(reading, token, BYTE.closeSquare);
}

const ENDS = [BYTE.semicolon, BYTE.openBrace, BYTE.closeBrace];
const VALUES: ReadonlySet<number> = new Set([KIND.number, KIND.string, KIND.character]);
const BEHIND = [BYTE.semicolon, BYTE.equals, BYTE.comma, BYTE.openSquare, BYTE.openBrace];
const TYPE_MARKS = [BYTE.star, BYTE.ampersand, BYTE.less, BYTE.greater, PUNCTUATION.scope, BYTE.comma];
const HEAD_WORDS = new Set(["const", "volatile", "noexcept", "override", "final"]);
/** Words that no declared name follows at once, and that begin no declaration of a local one. */
const NO_TYPE = new Set(
  "return else do goto case throw new delete typename using typedef friend extern co_return co_yield co_await not and or operator".split(
    " ",
  ),
);
/** Words before parentheses that hold no parameters. */
const NO_FUNCTION = new Set(
  "if for while switch catch return sizeof alignof alignas decltype noexcept requires throw typeid static_assert explicit".split(" "),
);
