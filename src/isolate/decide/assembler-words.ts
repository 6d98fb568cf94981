/** Owns which words of assembler are no symbols by their place: the mnemonic, or the macro, that a line begins with. */
import { tokenText } from "../survey/token-text.js";
import { BYTE, KIND } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading } from "../survey/heads.js";

/** What makes a label of the word before it, where labels need no colon (NASM, MASM, Arm's assembler). */
const BEHIND_LABEL =
  /^(equ|d[bwdqtoyz]|res[bwdqtoyz]|times|istruc|proc|macro|label|rout|dc[bdwqfi]u?|space|incbin|struct?|segment|textequ|endp|ends|endfunc)$/i;

/** Whether the word stands where an instruction does: first on its line or behind a label, with operands, and is no label itself. */
export function isMnemonic(reading: Reading, token: number): boolean {
  if (!beginsStatement(reading, token) || !sameLine(reading, token, token + 1)) return false;
  const next = token + 1;
  if (isMark(reading, next, BYTE.colon) || isMark(reading, next, BYTE.equals)) return false;
  if (isMark(reading, next, BYTE.open)) return reading.stream.starts[next] !== reading.stream.ends[token];
  return !isWord(reading, next) || !BEHIND_LABEL.test(tokenText(reading, next));
}

function beginsStatement(reading: Reading, token: number): boolean {
  if (token === 0 || reading.stream.kinds[token - 1] === KIND.directiveEnd) return true;
  return !sameLine(reading, token - 1, token) || (isMark(reading, token - 1, BYTE.colon) && isWord(reading, token - 2));
}

function sameLine({ bytes, stream }: Reading, from: number, to: number): boolean {
  if (to >= stream.count || stream.kinds[to] === KIND.directive || stream.kinds[to] === KIND.directiveEnd) return false;
  for (let i = stream.ends[from] as number; i < (stream.starts[to] as number); i++) if (bytes[i] === NEWLINE) return false;
  return true;
}

const NEWLINE = 10;
