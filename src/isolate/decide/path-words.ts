/** Owns which words are parts of a path on a line of its own, `INCLUDE ../ext/part.h`, which a script reads and no compiler, or of an assembler file. */
import { tokenText } from "../survey/token-text.js";
import { BYTE, KIND } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading } from "../survey/heads.js";

const SLASH = 47;
const MINUS = 45;

/** Whether the token is a part of `a/b.h`, which ends its line, and before which nothing but one word stands in it. */
export function isInPath(reading: Reading, token: number): boolean {
  if (!isMark(reading, token - 1, SLASH) && !isMark(reading, token + 1, SLASH)) return false;
  if (namesAssembler(reading, token)) return true;
  let [from, to] = [token, token];
  while (from > 0 && touches(reading, from - 1) && isOfPath(reading, from - 1)) from--;
  while (to + 1 < reading.stream.count && touches(reading, to) && isOfPath(reading, to + 1)) to++;
  const word = from - 1;
  return isWord(reading, word) && !KEYWORDS.has(tokenText(reading, word)) && beginsLine(reading, word) && endsLine(reading, to);
}

/** Whether the path goes on to its end in `.asm`: `x86/run.asm`, as macros of m4 include it. */
function namesAssembler(reading: Reading, token: number): boolean {
  let to = token;
  while (to + 1 < reading.stream.count && touches(reading, to) && isOfPath(reading, to + 1)) to++;
  return to > token && isMark(reading, to - 1, BYTE.dot) && isWord(reading, to) && tokenText(reading, to) === "asm";
}

/** Words of the language that an expression may follow. */
const KEYWORDS = new Set(["return", "case", "else", "do", "sizeof", "throw", "co_return", "co_yield", "co_await"]);

function isOfPath(reading: Reading, token: number): boolean {
  const { kinds } = reading.stream;
  return (
    kinds[token] === KIND.identifier ||
    kinds[token] === KIND.number ||
    [BYTE.dot, SLASH, MINUS].some((mark) => isMark(reading, token, mark))
  );
}

/** Whether nothing stands between the token and the next one. */
function touches({ stream: { starts, ends } }: Reading, token: number): boolean {
  return ends[token] === starts[token + 1];
}

function beginsLine({ bytes, stream }: Reading, token: number): boolean {
  let i = (stream.starts[token] as number) - 1;
  while (i >= 0 && (bytes[i] === 32 || bytes[i] === 9)) i--;
  return i < 0 || bytes[i] === 10;
}

function endsLine({ bytes, stream }: Reading, token: number): boolean {
  let i = stream.ends[token] as number;
  while (i < bytes.length && (bytes[i] === 32 || bytes[i] === 9 || bytes[i] === 13)) i++;
  return i >= bytes.length || bytes[i] === 10;
}
