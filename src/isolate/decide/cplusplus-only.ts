/** Owns which tokens of a file that sources of C include no C compiler reads. */
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading, valueAt } from "../survey/heads.js";
import { tokenText } from "../survey/token-text.js";

/** First and last token of a region, in ascending order. */
type Region = readonly [first: number, last: number];

const regionsOf = new WeakMap<Reading, readonly Region[]>();

/**
 * Whether the token stands behind `#ifdef __cplusplus` or its like, or in a file which has outside of such lines what C does not
 * know (`a::b`, `template`), so that C sees it by an include line behind `#ifdef` at most.
 */
export function isForCppAlone(reading: Reading, token: number): boolean {
  const known = regionsOf.get(reading) ?? findRegions(reading);
  regionsOf.set(reading, known);
  return known.some(([first, last]) => first <= token && token <= last);
}

function findRegions(reading: Reading): readonly Region[] {
  const { kinds, values, count } = reading.stream;
  const found: Region[] = [];
  const open: ("cpp" | "c" | "any")[] = [];
  const begins: number[] = [];
  for (let i = 0; i < count; i++) {
    if (kinds[i] === KIND.directive) {
      const directive = values[i] as number;
      if (open.at(-1) === "cpp" && ENDS.has(directive)) found.push([begins.pop() ?? i, i]);
      if (directive === DIRECTIVE.if) open.push(conditionAt(reading, i));
      else if (directive === DIRECTIVE.endif) open.pop();
      else if (ENDS.has(directive) && open.length > 0)
        open[open.length - 1] = directive === DIRECTIVE.else && open.at(-1) === "c" ? "cpp" : "any";
      if (open.at(-1) === "cpp" && (directive === DIRECTIVE.if || directive === DIRECTIVE.else)) begins.push(i);
      i = lineEnd(reading, i);
    } else if (!open.includes("cpp") && isCpp(reading, i)) return [[0, count]];
  }
  return found;
}

const ENDS: ReadonlySet<number> = new Set([DIRECTIVE.elif, DIRECTIVE.else, DIRECTIVE.endif]);

function lineEnd({ stream: { kinds, count } }: Reading, start: number): number {
  let end = start;
  while (end < count && kinds[end] !== KIND.directiveEnd) end++;
  return end;
}

/** `a::b` and `template <` are nothing in C; `::` alone may be the operands' of `asm`. */
function isCpp(reading: Reading, token: number): boolean {
  if (isMark(reading, token, PUNCTUATION.scope)) return isWord(reading, token - 1) && isWord(reading, token + 1);
  return isWord(reading, token) && valueAt(reading, token) === reading.words.id.template && isMark(reading, token + 1, BYTE.less);
}

/** What a line `#if`, `#ifdef` or `#ifndef` asks of `__cplusplus`; where it asks for one thing or another, that may be either. */
function conditionAt(reading: Reading, start: number): "cpp" | "c" | "any" {
  const end = lineEnd(reading, start);
  let text = "";
  for (let i = start + 1; i < end; i++) text += tokenText(reading, i);
  if (!text.includes("__cplusplus") || text.includes("||")) return "any";
  const isNot = tokenText(reading, start).includes("ifndef") || /!(defined\(?)?__cplusplus/.test(text);
  if (!isNot) return "cpp";
  return text.includes("&&") ? "any" : "c";
}
