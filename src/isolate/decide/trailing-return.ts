/** Owns the question whether a `->` leads to a type (of a function, a lambda, a deduction guide, a requirement) or to a member. */
import { BYTE, KIND } from "../../tokens/kinds.js";
import type { Reading } from "../survey/heads.js";
import { groupStart } from "./namespace-tokens.js";

/** How far back the `auto` of a function is looked for. */
const LONGEST_NAME = 60;

/** Whether the type of a function stands behind the `->` at the token `arrow`. */
export function isTrailingReturn(reading: Reading, arrow: number): boolean {
  const { kinds, values } = reading.stream;
  let before = arrow - 1;
  while (markAt(reading, before) === BYTE.ampersand) before--;
  if (kinds[before] === KIND.identifier) return isSpecifier(reading, before);
  const mark = markAt(reading, before);
  if (mark === BYTE.closeBrace) return isStatement(reading, groupStart(reading, before));
  if (mark !== BYTE.close) return false;
  const open = groupStart(reading, before);
  const name = open - 1;
  if (kinds[name] !== KIND.identifier) return isLambda(reading, name) || hasAuto(reading, operatorAt(reading, name));
  if (isSpecifier(reading, name) || values[name] === values[arrow + 1]) return true;
  return hasAuto(reading, name);
}

/** `const ->`, `noexcept ->`, `noexcept(…) ->`; not `this->`. */
function isSpecifier({ stream, words }: Reading, token: number): boolean {
  const word = stream.values[token] as number;
  return words.keyword.has(word) && word !== words.id.this;
}

/** `{ expression } ->` of a requirement: nothing but another one stands before it. */
function isStatement(reading: Reading, open: number): boolean {
  const before = markAt(reading, open - 1);
  return before === BYTE.semicolon || before === BYTE.openBrace;
}

/** `[…](…)` and `[…]<…>(…)`, where the square bracket does not index anything. */
function isLambda(reading: Reading, token: number): boolean {
  const end = markAt(reading, token) === BYTE.greater ? angleStart(reading, token) - 1 : token;
  if (markAt(reading, end) !== BYTE.closeSquare) return false;
  const before = groupStart(reading, end) - 1;
  const { kinds, values } = reading.stream;
  if (kinds[before] === KIND.identifier) return reading.words.keyword.has(values[before] as number);
  const mark = markAt(reading, before);
  return mark !== BYTE.close && mark !== BYTE.closeSquare;
}

function angleStart(reading: Reading, token: number): number {
  let depth = 0;
  for (let i = token; i > 0 && token - i < LONGEST_NAME; i--) {
    const mark = markAt(reading, i);
    if (mark === BYTE.greater) depth++;
    else if (mark === BYTE.less && --depth === 0) return i;
  }
  return -1;
}

/** The word of `operator()` or `operator+` that ends at the token; 0 when it ends none. */
function operatorAt({ stream, words }: Reading, token: number): number {
  const isWord = (at: number): boolean => stream.kinds[at] === KIND.identifier && stream.values[at] === words.id.operator;
  return [token - 1, token - 2].find(isWord) ?? 0;
}

/** Whether the declaration whose name ends at the token begins with `auto`. */
function hasAuto({ stream, words }: Reading, name: number): boolean {
  const { kinds, values } = stream;
  for (let i = name - 1; i >= 0 && name - i < LONGEST_NAME; i--) {
    if (kinds[i] === KIND.identifier && values[i] === words.id.auto) return true;
    if (kinds[i] !== KIND.punctuation && kinds[i] !== KIND.identifier) return false;
    if (kinds[i] === KIND.punctuation && STOPS.has(values[i] as number)) return false;
  }
  return false;
}

const STOPS: ReadonlySet<number> = new Set([BYTE.semicolon, BYTE.openBrace, BYTE.closeBrace, BYTE.equals, BYTE.comma, BYTE.open]);

function markAt({ stream: { kinds, values } }: Reading, token: number): number {
  return token >= 0 && kinds[token] === KIND.punctuation ? (values[token] as number) : -1;
}
