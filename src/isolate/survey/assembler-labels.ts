/** Owns where a file of assembler defines a symbol, and what a label is made of where a macro puts it together. */
import { BYTE } from "../../tokens/kinds.js";
import { sameLine } from "./assembler-macros.js";
import { isMark, isWord, type Reading, valueAt } from "./heads.js";
import { tokenText } from "./token-text.js";

/** What a file of GNU's assembler says of its symbols, by their ids. */
export interface OwnSymbols {
  /** Labels, and names that are set to a value. */
  readonly defined: ReadonlySet<number>;
  /** Behind `.local`. */
  readonly local: ReadonlySet<number>;
}

const SETTING = /^(set|equ|equiv|eqv)$/;

/** `name:`, `name = value`, `.set name, value`, `.local name`. */
export function ownSymbols(reading: Reading): OwnSymbols {
  const [defined, local] = [new Set<number>(), new Set<number>()];
  for (let i = 0; i < reading.stream.count; i++) {
    if (!isWord(reading, i)) continue;
    if (isMark(reading, i + 1, BYTE.colon) || isMark(reading, i + 1, BYTE.equals)) defined.add(valueAt(reading, i));
    if (!isMark(reading, i - 1, BYTE.dot) || !isWord(reading, i + 1) || !sameLine(reading, i, i + 1)) continue;
    if (SETTING.test(tokenText(reading, i))) defined.add(valueAt(reading, i + 1));
    else if (tokenText(reading, i) === "local") for (const label of namesBehind(reading, i)) local.add(valueAt(reading, label));
  }
  return { defined, local };
}

/** The words behind the directive `at` on its line: `a`, `b` of `.globl a, b`. */
export function namesBehind(reading: Reading, at: number): number[] {
  const found: number[] = [];
  for (let i = at + 1; i < reading.stream.count && sameLine(reading, at, i); i++)
    if (isWord(reading, i) && (i === at + 1 || isMark(reading, i - 1, BYTE.comma))) found.push(i);
  return found;
}

/** Whether what the directive `at` names, a parameter, is a label between it and the end of the macro: `.weak \name`, `\name:`. */
export function definesParameter(reading: Reading, at: number, label: string): boolean {
  for (let i = at + 1; i < reading.stream.count && !/^(endm|endmacro)$/.test(tokenText(reading, i)); i++) {
    if (!isMark(reading, i, BYTE.colon) && !isMark(reading, i, BYTE.equals)) continue;
    if (textBefore(reading, i).endsWith(label)) return true;
  }
  return false;
}

/** What stands before the token in its line, without the blanks at its end. */
function textBefore({ bytes, stream }: Reading, token: number): string {
  const end = stream.starts[token] as number;
  let start = end;
  while (start > 0 && bytes[start - 1] !== NEWLINE) start--;
  return Buffer.prototype.latin1Slice.call(bytes, start, end).trimEnd();
}

const NEWLINE = 10;

/** What is joined to the parameter in a label that a macro exports. */
export interface LabelParts {
  readonly before: string;
  readonly after: string;
}

/** The text behind the directive `at`: a label as it is written, in quotes or put together by a macro. */
export function labelText({ bytes, stream }: Reading, at: number): string {
  const start = stream.ends[at] as number;
  let end = start;
  while (end < bytes.length && bytes[end] !== NEWLINE) end++;
  const text = Buffer.prototype.latin1Slice.call(bytes, start, end);
  return /^[ \t]*("[^"]*"|(?:\\\(\)|[^\s,:;()"])+)/.exec(text)?.[1] ?? "";
}

/**
 * What a label is put together of, where that is more than its parameter: `na_%1`, `lib_\name\()_sse2`, `as_##x`. Undefined for the
 * parameter alone, behind words in capitals or `_` too, which stand for the platform's own beginning of symbols.
 */
export function partsOf(label: string): LabelParts | undefined {
  const found = /^([\w.$]*?)(?:##\w+|\\\w+(?:\\\(\))?|%\{?\d+\}?|\$\d)([\w.$]*)$/.exec(label);
  if (found === null) return undefined;
  const [, before = "", after = ""] = found;
  return /[a-z]/.test(before) || /[A-Za-z]/.test(after) ? { before, after } : undefined;
}
