/**
 * Owns `PRAGMA(weak a = b)` of a macro that makes a pragma of its argument (`_Pragma(#x)`): the words name symbols as those of a `#pragma` line do.
 * In the body of a macro with parameters they may be its arguments: what its calls come to tells the symbols.
 */
import { BYTE, DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { STRINGIZED } from "./expand.js";
import { isMark, isShouted, isWord, type Reading } from "./heads.js";
import type { MacroFact } from "./macro-facts.js";
import { pragmaLabel, pragmaWords } from "./pragma-facts.js";
import { tokenText } from "./token-text.js";

const WORDS = ["weak", "redefine_extname"] as const;
const NONE: readonly MacroFact[] = [];
const [SPACE, TAB] = [32, 9];

/** The facts of all such calls of a file, also in bodies of macros. Their words are found by their bytes: hardly a file has one. */
export function pragmaCalls(reading: Reading): readonly MacroFact[] {
  const { words, stands } = reading;
  const here = WORDS.filter((word) => stands?.(words.id[word]) !== false);
  if (here.length === 0) return NONE;
  const bytes = Buffer.from(reading.bytes.buffer, reading.bytes.byteOffset, reading.bytes.byteLength);
  return here.flatMap((word) => {
    const found: MacroFact[] = [];
    for (let at = bytes.indexOf(word); at >= 0; at = bytes.indexOf(word, at + word.length)) {
      const fact = isBehindOpen(bytes, at) ? factAt(reading, tokenAt(reading, at)) : undefined;
      if (fact !== undefined) found.push(fact);
    }
    return found;
  });
}

function isBehindOpen(bytes: Uint8Array, at: number): boolean {
  let before = at - 1;
  while (bytes[before] === SPACE || bytes[before] === TAB) before--;
  return bytes[before] === BYTE.open;
}

function factAt(reading: Reading, token: number): MacroFact | undefined {
  const macro = token < 2 || !isWord(reading, token + 1) ? -1 : macroAround(reading, token);
  if (macro >= 0 && isMark(reading, macro + 1, BYTE.open) && reading.stream.starts[macro + 1] === reading.stream.ends[macro])
    return { kind: "head", name: tokenText(reading, macro), labels: true };
  if (token < 2 || !isWord(reading, token) || !isMark(reading, token - 1, BYTE.open) || !mayMakePragma(reading, token - 2))
    return undefined;
  const end = [3, 4].find((length) => isMark(reading, token + length, BYTE.close));
  return end === undefined ? undefined : pragmaWords(reading, token, token + end);
}

/** The name of the macro in whose `#define` the token stands; -1 when it stands in none. */
function macroAround({ stream }: Reading, token: number): number {
  let start = token;
  while (start >= 0 && stream.kinds[start] !== KIND.directive && stream.kinds[start] !== KIND.directiveEnd) start--;
  return stream.kinds[start] === KIND.directive && stream.values[start] === DIRECTIVE.define ? start + 1 : -1;
}

/** What the pragmas in the tokens of a declaration say, in which all macros are expanded: `target` is another symbol of `name`'s. */
export function pragmaSymbols(tokens: readonly string[]): { readonly name: string; readonly target: string }[] {
  return tokens.flatMap((token, at) => {
    const text = token === "_Pragma" && tokens[at + 1] === "(" ? tokens[at + 2] : undefined;
    return pragmaLabel(text?.slice(1, -1).replace(STRINGIZED, "") ?? "") ?? [];
  });
}

/** The tokens without `_Pragma("…")`, which may look like a function's head. */
export function withoutPragmas(tokens: readonly string[]): readonly string[] {
  if (!tokens.includes("_Pragma")) return tokens;
  const found: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at] === "_Pragma" && tokens[at + 1] === "(" && tokens[at + 3] === ")") at += 3;
    else found.push(tokens[at] as string);
  }
  return found;
}

/** `void F(weak a = b)` is a function of C++: no word stands before a call. */
function mayMakePragma(reading: Reading, name: number): boolean {
  if (!isWord(reading, name)) return false;
  return /pragma/i.test(tokenText(reading, name)) || (isShouted(reading, name) && !isWord(reading, name - 1));
}

/** The token that begins at a byte offset; -1 where none does. */
function tokenAt({ stream }: Reading, offset: number): number {
  let [low, high] = [0, stream.count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stream.starts[middle] as number) < offset) low = middle + 1;
    else high = middle;
  }
  return low < stream.count && stream.starts[low] === offset ? low : -1;
}
