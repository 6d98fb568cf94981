/** Owns `PRAGMA(weak a = b)` of a macro that makes a pragma of its argument (`_Pragma(#x)`): the words name symbols as those of a `#pragma` line do. */
import { BYTE } from "../../tokens/kinds.js";
import { isMark, isShouted, isWord, type Reading } from "./heads.js";
import type { MacroFact } from "./macro-facts.js";
import { pragmaWords } from "./pragma-facts.js";
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
  if (token < 2 || !isWord(reading, token) || !isMark(reading, token - 1, BYTE.open) || !mayMakePragma(reading, token - 2))
    return undefined;
  const end = [3, 4].find((length) => isMark(reading, token + length, BYTE.close));
  return end === undefined ? undefined : pragmaWords(reading, token, token + end);
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
