/** Owns which words of assembler are no symbols: the mnemonic or the macro that a line begins with, the name of a macro, registers. */
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
  if (isMark(reading, next, BYTE.dot) && /^(req|qn|dn)$/.test(tokenText(reading, next + 1))) return false;
  if (isMark(reading, next, BYTE.open)) return reading.stream.starts[next] !== reading.stream.ends[token];
  return !isWord(reading, next) || !BEHIND_LABEL.test(tokenText(reading, next));
}

/** `name` of `.macro name`, `%macro name 2`, `.purgem name`: lines that begin with it call it. */
export function isMacroName(reading: Reading, token: number): boolean {
  if (token < 2 || !isWord(reading, token - 1) || !sameLine(reading, token - 1, token)) return false;
  const isDirective = isMark(reading, token - 2, BYTE.dot) || isMark(reading, token - 2, PERCENT);
  return isDirective && /^(i?r?macro|purgem|unmacro)$/i.test(tokenText(reading, token - 1));
}

const PERCENT = 37;

/** Registers of Arm, AArch64, RISC-V and PowerPC that stand without a sign before them. */
const REGISTER = /^(?:[bhsdqvwxzrp]\d{1,2}|[af]\d{1,2}|f?[ast]\d{1,2}|[wx]zr|w?sp|lr|pc|fp|ip)$/;

/** Whether the word is a register, whatever else has that name; as a label it is none. */
export function isRegister(reading: Reading, token: number): boolean {
  if (!REGISTER.test(tokenText(reading, token)) || isMark(reading, token + 1, BYTE.colon)) return false;
  return !(token > 0 && isWord(reading, token - 1) && /^(globl|global|extern|type|size|hidden)$/.test(tokenText(reading, token - 1)));
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
