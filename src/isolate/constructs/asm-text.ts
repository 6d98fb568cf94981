/** Owns symbols in the strings of `asm(…)`: labels of declarations, directives, branches; by rule, since they are code. */
import { BYTE, KIND } from "../../tokens/kinds.js";
import type { Reading } from "../survey/heads.js";
import { isMark } from "../survey/heads.js";

/** A string literal inside `asm(…)`. */
export interface AsmText {
  /** Byte range between the quotes. */
  readonly start: number;
  readonly end: number;
  /** The only string of an `asm` behind a declarator: the symbol of what is declared. */
  readonly isLabel: boolean;
}

/** The strings of the `asm` whose word is the token `at`. */
export function asmTexts(reading: Reading, at: number): AsmText[] {
  const { kinds, starts, ends, count } = reading.stream;
  const open = asmOpen(reading, at);
  if (open < 0) return [];
  const found: AsmText[] = [];
  let depth = 0;
  for (let i = open; i < count; i++) {
    if (isMark(reading, i, BYTE.open)) depth++;
    else if (isMark(reading, i, BYTE.close) && --depth === 0) break;
    else if (isMark(reading, i, BYTE.colon)) break;
    else if (kinds[i] === KIND.string) {
      const [from, to] = [starts[i] as number, ends[i] as number];
      const quote = reading.bytes.indexOf(34, from);
      found.push({ start: quote + 1, end: Math.max(quote + 1, to - 1), isLabel: false });
    }
  }
  const [only] = found;
  const isLabel = only !== undefined && found.length === 1 && isBehindDeclarator(reading, at) && isMark(reading, open + 2, BYTE.close);
  return isLabel ? [{ ...only, isLabel }] : found;
}

/** The `(` behind the word and its qualifiers, or -1. */
function asmOpen(reading: Reading, at: number): number {
  let i = at + 1;
  while (i < at + 4 && reading.stream.kinds[i] === KIND.identifier) i++;
  return isMark(reading, i, BYTE.open) ? i : -1;
}

function isBehindDeclarator(reading: Reading, at: number): boolean {
  return (
    at > 0 &&
    (reading.stream.kinds[at - 1] === KIND.identifier || [BYTE.close, BYTE.closeSquare].some((mark) => isMark(reading, at - 1, mark)))
  );
}
