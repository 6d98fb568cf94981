/** Owns which words of Objective-C are selectors or properties: they name methods, whatever function or variable has the same name. */
import { BYTE, KIND } from "../../tokens/kinds.js";
import { isMark, isPlainWord, isWord, type Reading } from "../survey/heads.js";
import { tokenText } from "../survey/token-text.js";
import { groupStart } from "./namespace-tokens.js";

/** How far back the beginning of a message or a declaration is looked for. */
const LONGEST = 400;

/** Whether an `@` stands in the file as a token: no other language of the family has one. */
export function hasAtSign({ stream: { kinds, values, count } }: Reading): boolean {
  for (let at = 0; at < count; at++) if (kinds[at] === KIND.punctuation && values[at] === BYTE.at) return true;
  return false;
}

/** Whether the word is one, in a file of Objective-C. */
export function isSelector(reading: Reading, token: number): boolean {
  const before = wordBefore(reading, token);
  if (before !== undefined && NAMING.has(before)) return before !== "property" || endsProperty(reading, token);
  return isMessage(reading, token) || isMethod(reading, token);
}

const NAMING: ReadonlySet<string> = new Set(["selector", "property", "synthesize", "dynamic"]);

/** The word of the nearest `@word` before the token in its declaration or parentheses. */
function wordBefore(reading: Reading, token: number): string | undefined {
  for (let at = token - 1; at > 0 && token - at < LONGEST; at--) {
    if (isMark(reading, at, BYTE.semicolon) || isMark(reading, at, BYTE.openBrace) || isMark(reading, at, BYTE.closeBrace))
      return undefined;
    if (isMark(reading, at, BYTE.closeSquare)) return undefined;
    if (isMark(reading, at - 1, BYTE.at) && isWord(reading, at)) {
      const word = tokenText(reading, at);
      return word !== "selector" || isInside(reading, at + 1, token) ? word : undefined;
    }
  }
  return undefined;
}

/** Whether the parenthesis that opens at `open` is not closed before the token. */
function isInside(reading: Reading, open: number, token: number): boolean {
  if (!isMark(reading, open, BYTE.open)) return false;
  for (let at = open + 1; at < token; at++) if (isMark(reading, at, BYTE.close)) return false;
  return true;
}

/** The name of `@property (…) Type *name;`, and those in its parentheses: `getter=name`. */
function endsProperty(reading: Reading, token: number): boolean {
  if (isMark(reading, token + 1, BYTE.semicolon) || isMark(reading, token + 1, BYTE.comma)) return true;
  return isMark(reading, token - 1, BYTE.equals);
}

/** `[receiver name]`, `[receiver name:x and:y]`. */
function isMessage(reading: Reading, token: number): boolean {
  const isPart = isMark(reading, token + 1, BYTE.colon) || isMark(reading, token + 1, BYTE.closeSquare);
  return isPart && endsOperand(reading, token - 1) && isMark(reading, openerOf(reading, token), BYTE.openSquare);
}

/** Whether an operand ends there, behind which no other may stand but a selector; the `)` of a cast ends none. */
function endsOperand(reading: Reading, at: number): boolean {
  if (isPlainWord(reading, at)) return true;
  const kind = reading.stream.kinds[at];
  if (kind === KIND.number || kind === KIND.string || kind === KIND.character) return true;
  if (isMark(reading, at, BYTE.closeSquare) || isMark(reading, at, BYTE.closeBrace)) return true;
  if (!isMark(reading, at, BYTE.close)) return false;
  const open = groupStart(reading, at);
  return isMark(reading, open - 1, BYTE.openSquare) || isPlainWord(reading, open - 1) || isMark(reading, open - 1, BYTE.closeSquare);
}

/** The bracket around the token that is still open there, or -1. */
function openerOf(reading: Reading, token: number): number {
  let depth = 0;
  for (let at = token - 1; at >= 0 && token - at < LONGEST; at--) {
    if (isMark(reading, at, BYTE.close) || isMark(reading, at, BYTE.closeSquare) || isMark(reading, at, BYTE.closeBrace)) depth++;
    else if (isMark(reading, at, BYTE.open) || isMark(reading, at, BYTE.openSquare) || isMark(reading, at, BYTE.openBrace)) {
      if (depth-- === 0) return at;
    }
  }
  return -1;
}

/** `- (type)name;`, `+ (type)name:(type)x and:(type)y {`. */
function isMethod(reading: Reading, token: number): boolean {
  const isUnary = isMark(reading, token + 1, BYTE.semicolon) || isMark(reading, token + 1, BYTE.openBrace);
  if (!isUnary && !isMark(reading, token + 1, BYTE.colon)) return false;
  const sign = signBefore(reading, token);
  if (sign < 0 || isValue(reading, sign)) return false;
  return !isUnary || (isMark(reading, token - 1, BYTE.close) && groupStart(reading, token - 1) === sign + 1);
}

/** The `-` or `+` before a type in parentheses that begins the declaration of a method, or -1. */
function signBefore(reading: Reading, token: number): number {
  let depth = 0;
  for (let at = token - 1; at >= 0 && token - at < LONGEST; at--) {
    if (isMark(reading, at, BYTE.close)) depth++;
    else if (isMark(reading, at, BYTE.open)) {
      if (depth-- === 0) return -1;
    } else if (depth > 0) continue;
    else if (isMark(reading, at, BYTE.minus) || isMark(reading, at, BYTE.plus)) return isMark(reading, at + 1, BYTE.open) ? at : -1;
    else if (!isWord(reading, at) && !isMark(reading, at, BYTE.colon)) return -1;
  }
  return -1;
}

/** Whether the sign stands in a value: in a body, or behind an `=` or a bracket. */
function isValue(reading: Reading, sign: number): boolean {
  if (openerOf(reading, sign) >= 0) return true;
  for (let at = sign - 1; at >= 0 && sign - at < LONGEST; at--) {
    if (isMark(reading, at, BYTE.equals)) return true;
    if (isMark(reading, at, BYTE.semicolon) || isMark(reading, at, BYTE.closeBrace) || reading.stream.kinds[at] === KIND.directiveEnd)
      return false;
  }
  return false;
}
