/** Owns whether the parentheses behind a name hold parameters, or what a variable is initialised with. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { Reading } from "./heads.js";
import { angleEnd, groupEnd, isMark, isWord, valueAt } from "./heads.js";
import { BLOCK } from "./scope-model.js";

/**
 * Whether the parentheses at `tokens[open]` hold expressions: `name(1)`, `name(&other)`, `name(a.b, c + d)`, `name(f("x"))`, `name(v)`
 * where `v` is one of the variables. What may be both is taken for parameters, as C++ does.
 */
export function holdsExpressions(
  reading: Reading,
  tokens: readonly number[],
  open: number,
  variables: ReadonlySet<number>,
  isInner = false,
): boolean {
  const end = groupEnd(reading, tokens, open) - 1;
  for (let from = open + 1; from < end;) {
    const next = segmentEnd(reading, tokens, from, end);
    // `type (*)(…)` and `type (&name)[2]` are parameters.
    const isDeclarator = isInner && (isMark(reading, tokens[from], BYTE.star) || isMark(reading, tokens[from], BYTE.ampersand));
    if (!isDeclarator && isExpression(reading, tokens, from, next, variables)) return true;
    from = next + 1;
  }
  return false;
}

/** Index of the comma that ends the argument, or `end`. */
function segmentEnd(reading: Reading, tokens: readonly number[], from: number, end: number): number {
  for (let i = from; i < end; i++) {
    if (isMark(reading, tokens[i], BYTE.comma)) return i;
    if (isMark(reading, tokens[i], BYTE.open) || isMark(reading, tokens[i], BYTE.openSquare)) i = groupEnd(reading, tokens, i) - 1;
    else if (isMark(reading, tokens[i], BYTE.less) && isWord(reading, tokens[i - 1])) i = Math.min(angleEnd(reading, tokens, i), end) - 1;
  }
  return end;
}

function isExpression(reading: Reading, tokens: readonly number[], from: number, end: number, variables: ReadonlySet<number>): boolean {
  const first = tokens[from];
  if (isLiteral(reading, first) || STARTS.some((mark) => isMark(reading, first, mark))) return true;
  if (isMark(reading, first, BYTE.openSquare)) return !isMark(reading, tokens[from + 1], BYTE.openSquare);
  if (isWord(reading, first) && reading.words.expression.has(valueAt(reading, first))) return true;
  const isAlone = end === from + 1 || isMark(reading, tokens[from + 1], BYTE.openSquare);
  if (isAlone && isWord(reading, first) && variables.has(valueAt(reading, first))) return true;
  for (let i = from; i < end; i++) {
    const token = tokens[i];
    if (isMark(reading, token, BYTE.equals)) return false;
    if (token === BLOCK || (i > from && isOperator(reading, tokens, i))) return true;
    if (isMark(reading, token, BYTE.less) && isWord(reading, tokens[i - 1])) i = Math.min(angleEnd(reading, tokens, i), end) - 1;
    else if (isMark(reading, token, BYTE.openSquare)) i = groupEnd(reading, tokens, i) - 1;
    else if (isMark(reading, token, BYTE.open)) {
      const isCall = i === from || (isWord(reading, tokens[i - 1]) && !reading.words.attribute.has(valueAt(reading, tokens[i - 1])));
      if (isCall && holdsExpressions(reading, tokens, i, variables, true)) return true;
      i = groupEnd(reading, tokens, i) - 1;
    }
  }
  return false;
}

const STARTS = [BYTE.ampersand, BYTE.star, BYTE.minus, BYTE.plus, BYTE.exclamation, BYTE.tilde] as const;
const OPERATORS = [BYTE.minus, BYTE.plus, BYTE.slash, BYTE.percent, BYTE.question, BYTE.exclamation, PUNCTUATION.arrow] as const;

/** An operator that no declaration of a parameter has; the dots of `...` are none. */
function isOperator(reading: Reading, tokens: readonly number[], at: number): boolean {
  if (OPERATORS.some((mark) => isMark(reading, tokens[at], mark))) return true;
  if (!isMark(reading, tokens[at], BYTE.dot)) return false;
  return !isMark(reading, tokens[at - 1], BYTE.dot) && !isMark(reading, tokens[at + 1], BYTE.dot);
}

function isLiteral(reading: Reading, token: number | undefined): boolean {
  if (token === undefined || token === BLOCK) return false;
  const kind = reading.stream.kinds[token];
  return kind === KIND.number || kind === KIND.string || kind === KIND.character;
}
