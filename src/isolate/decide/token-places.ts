/** Owns what the tokens around a word say of it: a tag, a member, an operand, a standard name. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { isMark, type Reading } from "../survey/heads.js";
import { isMacroName, isMnemonic, isRegister } from "./assembler-words.js";
import { isTrailingReturn } from "./trailing-return.js";

/** `std::name`, `std::outer::name`, `std::list<Item>::name`: the standard library's, whatever else has that name. */
export function isStandard({ stream, words }: Reading, token: number): boolean {
  const { kinds, values, starts, ends } = stream;
  let at = token;
  while (at >= 2 && ends[at - 2] === starts[at - 1] && kinds[at - 1] === KIND.punctuation && values[at - 1] === PUNCTUATION.scope) {
    at = kinds[at - 2] === KIND.identifier ? at - 2 : templateName(stream, at - 2);
    if (at >= 0 && values[at] === words.id.std) return true;
  }
  return false;
}

/** How far back the `<` of a template's arguments is looked for. */
const LONGEST_LIST = 200;

/** The name before the template arguments that end at the token, or -1. */
function templateName({ kinds, values }: Reading["stream"], end: number): number {
  let depth = 0;
  for (let at = end; at > 0 && end - at < LONGEST_LIST; at--) {
    if (kinds[at] !== KIND.punctuation) continue;
    if (values[at] === BYTE.greater) depth++;
    else if (values[at] === BYTE.less) depth--;
    else if (values[at] === BYTE.semicolon || values[at] === BYTE.openBrace || values[at] === BYTE.closeBrace) return -1;
    if (depth === 0) return kinds[at - 1] === KIND.identifier ? at - 1 : -1;
  }
  return -1;
}

/** `struct name`: in C never a member, wherever it stands. */
export function isTag({ stream, words }: Reading, token: number): boolean {
  return token > 0 && stream.kinds[token - 1] === KIND.identifier && words.aggregate.has(stream.values[token - 1] as number);
}

/** A directive or a local label, an instruction, a macro, a register. */
export function isNoSymbol(reading: Reading, token: number, directive: number): boolean {
  if (isDotted(reading, token)) return true;
  return directive < 0 && (isMnemonic(reading, token) || isMacroName(reading, token) || isRegister(reading, token));
}

/** `[name] "r"(…)`: how the text of an `asm` calls an operand, by `%[name]`. */
export function isAsmOperand(reading: Reading, token: number): boolean {
  const isOpen = token > 0 && isMark(reading, token - 1, BYTE.openSquare);
  return isOpen && isMark(reading, token + 1, BYTE.closeSquare) && reading.stream.kinds[token + 2] === KIND.string;
}

/** `::name`, or the word that opens a namespace at global scope. */
export function isMarkedGlobal(reading: Reading, token: number): boolean {
  const { kinds, values } = reading.stream;
  return token > 0 && kinds[token - 1] === KIND.punctuation && values[token - 1] === PUNCTUATION.scope;
}

/** `.name`, `->name`, `Other::name`; `::name` and `name::name` are no members, nor is `Base` of `x.Base::name`, `x.Base<T>::name`. */
export function isOtherMember(reading: Reading, token: number): boolean {
  const { kinds, values, starts, ends } = reading.stream;
  if (token === 0 || kinds[token - 1] !== KIND.punctuation) return false;
  const before = values[token - 1];
  if (before === BYTE.dot) return !isQualifier(reading, token);
  if (before === PUNCTUATION.arrow) return !isTrailingReturn(reading, token - 1) && !isQualifier(reading, token);
  if (before !== PUNCTUATION.scope || token < 2 || kinds[token - 2] !== KIND.identifier) return false;
  return ends[token - 2] === starts[token - 1] && values[token - 2] !== values[token];
}

/** Whether `::` follows, at once or behind template arguments. */
function isQualifier(reading: Reading, token: number): boolean {
  const behind = isMark(reading, token + 1, BYTE.less) ? behindArguments(reading, token + 1) : token + 1;
  return isMark(reading, behind, PUNCTUATION.scope);
}

/** The token behind the `<…>` that begins there, or the `<` where it is none. */
function behindArguments({ stream: { kinds, values, count } }: Reading, open: number): number {
  let depth = 0;
  for (let at = open; at < count && at - open < LONGEST_LIST; at++) {
    if (kinds[at] !== KIND.punctuation) continue;
    const value = values[at];
    if (value === BYTE.less) depth++;
    else if (value === BYTE.greater && --depth === 0) return at + 1;
    else if (value === BYTE.semicolon || value === BYTE.openBrace || value === BYTE.closeBrace) return open;
  }
  return open;
}

/** `.name`, not `a.name`. */
function isDotted({ stream: { kinds, values, starts, ends } }: Reading, token: number): boolean {
  return token > 0 && kinds[token - 1] === KIND.punctuation && values[token - 1] === BYTE.dot && ends[token - 1] === starts[token];
}

export function isPasted(reading: Reading, token: number): boolean {
  const { kinds, values, count } = reading.stream;
  const isPaste = (at: number): boolean => at >= 0 && at < count && kinds[at] === KIND.punctuation && values[at] === PUNCTUATION.paste;
  return isPaste(token - 1) || isPaste(token + 1);
}
