/** Owns the division of what looks like one long declaration: calls of macros, one a line, that no semicolon ends. */
import { BYTE } from "../../tokens/kinds.js";
import { groupEnd, isMark, isWord, type Reading, valueAt } from "./heads.js";
import { tokenText } from "./macro-bodies.js";
import { BLOCK } from "./scopes.js";
import type { CalledStatement } from "./survey.js";

/** Fewer calls may be attributes of one declaration. */
const FEWEST = 4;

/** Where they go; the declarations themselves are only wanted when `calls` is there. */
export interface CallSink {
  readonly survey: { readonly called: Set<number> };
  readonly calls?: { readonly roots: ReadonlySet<number>; readonly found: CalledStatement[] };
}

/** Takes the words called in a statement, and the statement where one of the wanted macros is called; `behind`: how it ends. */
export function noteCalls(reading: Reading, sink: CallSink, tokens: readonly number[], behind: readonly string[]): void {
  for (const part of separateCalls(reading, tokens)) noteCall(reading, sink, part, behind);
}

function noteCall(reading: Reading, { survey, calls }: CallSink, tokens: readonly number[], behind: readonly string[]): void {
  let isRoot = false;
  for (let i = 0; i + 1 < tokens.length; i++) {
    if (!isWord(reading, tokens[i]) || !(isMark(reading, tokens[i + 1], BYTE.open) || isHandedMacro(reading, tokens, i))) continue;
    survey.called.add(valueAt(reading, tokens[i]));
    isRoot ||= calls?.roots.has(valueAt(reading, tokens[i])) === true;
  }
  const first = tokens.find((token) => token !== BLOCK);
  if (!isRoot || calls === undefined || first === undefined) return;
  const texts = tokens.flatMap((token) => (token === BLOCK ? ["{", "}"] : [tokenText(reading, token)]));
  calls.found.push({ texts: [...texts, ...behind], offset: reading.stream.starts[first] as number });
}

/** A word in capitals that is all of an argument: a macro, perhaps, which the one that is called calls. */
function isHandedMacro(reading: Reading, tokens: readonly number[], at: number): boolean {
  const isAlone =
    [BYTE.open, BYTE.comma].some((mark) => isMark(reading, tokens[at - 1], mark)) &&
    [BYTE.close, BYTE.comma].some((mark) => isMark(reading, tokens[at + 1], mark));
  if (!isAlone) return false;
  const { starts, ends } = reading.stream;
  const token = tokens[at] as number;
  for (let i = starts[token] as number; i < (ends[token] as number); i++) if (isSmall(reading.bytes[i] as number)) return false;
  return true;
}

function isSmall(byte: number): boolean {
  return byte >= 97 && byte <= 122;
}

/** The calls that a statement begins with, each alone; the last one stays with what follows. */
function separateCalls(reading: Reading, tokens: readonly number[]): readonly (readonly number[])[] {
  const starts: number[] = [];
  let at = 0;
  while (isCall(reading, tokens, at) && (at === 0 || beginsLine(reading, tokens[at - 1] as number, tokens[at] as number))) {
    starts.push(at);
    at = groupEnd(reading, tokens, at + 1);
  }
  if (starts.length < FEWEST) return [tokens];
  return starts.map((start, index) => tokens.slice(start, starts[index + 1] ?? tokens.length));
}

function isCall(reading: Reading, tokens: readonly number[], at: number): boolean {
  return isWord(reading, tokens[at]) && isMark(reading, tokens[at + 1], BYTE.open);
}

function beginsLine({ bytes, stream }: Reading, before: number, token: number): boolean {
  if (before === BLOCK) return false;
  return bytes.subarray(stream.ends[before], stream.starts[token]).includes(NEWLINE);
}

const NEWLINE = 10;
