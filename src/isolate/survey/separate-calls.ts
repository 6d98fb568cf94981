/** Owns the division of what looks like one long declaration: calls of macros, one a line, that no semicolon ends. */
import { BYTE, KIND } from "../../tokens/kinds.js";
import { groupEnd, isMark, isShouted, isWord, type Reading, valueAt } from "./heads.js";
import { tokenText } from "./token-text.js";
import { BLOCK } from "./scope-model.js";
import type { CalledStatement } from "./survey-sink.js";

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
  for (let i = 0; i < tokens.length; i++) {
    if (!isWord(reading, tokens[i]) || !mayBeMacro(reading, tokens, i)) continue;
    survey.called.add(valueAt(reading, tokens[i]));
    isRoot ||= calls?.roots.has(valueAt(reading, tokens[i])) === true;
  }
  const first = tokens.find((token) => token !== BLOCK);
  if (!isRoot || calls === undefined || first === undefined) return;
  const texts = tokens.flatMap((token, at) => {
    if (token === BLOCK) return ["{", "}"];
    return isStaticInBranch(reading, token, tokens[at + 1]) ? [] : [tokenText(reading, token)];
  });
  calls.found.push({ texts: [...texts, ...behind], offset: reading.stream.starts[first] as number });
}

/** `static` that ends a branch of an `#if`: in the other branch the declaration is external. */
function isStaticInBranch({ stream, words }: Reading, token: number, next: number | undefined): boolean {
  if (next === undefined || next === BLOCK || stream.kinds[token] !== KIND.identifier || stream.values[token] !== words.id.static)
    return false;
  return stream.kinds[token + 1] === KIND.directive;
}

/** `NAME(…)`; `LIST` alone at the beginning of a line; `NAME` of `type NAME = …`; `DEFINE` of `LIST(DEFINE)`, which the list calls. */
function mayBeMacro(reading: Reading, tokens: readonly number[], at: number): boolean {
  if (isMark(reading, tokens[at + 1], BYTE.open)) return true;
  if (!isShouted(reading, tokens[at])) return false;
  if (at === 0 || beginsLine(reading, tokens[at - 1] as number, tokens[at] as number)) return true;
  if (isMark(reading, tokens[at + 1], BYTE.equals) || isMark(reading, tokens[at + 1], BYTE.openSquare)) return true;
  const begins = isMark(reading, tokens[at - 1], BYTE.open) || isMark(reading, tokens[at - 1], BYTE.comma);
  return begins && (isMark(reading, tokens[at + 1], BYTE.close) || isMark(reading, tokens[at + 1], BYTE.comma));
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
