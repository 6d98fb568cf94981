/** Owns strings that are template arguments: arrays of `char` whose values are all told. */
import { ARRAY, INTEGER, TEXT } from "../kinds.js";
import { itemOf, kindOf, lengthOf } from "../tree.js";
import { text } from "../texts.js";
import { of } from "./dispatch.js";
import { type Printer, writeByte } from "./printer.js";

const CHAR = text("char");
const QUOTE = 34;
const BACKSLASH = 92;
/** The letters of escapes for 7 to 13. */
const LETTERS = "abtnvfr";

/** Whether an initialiser list is a string. */
export function isString(o: Printer, at: number): boolean {
  const type = of(o, at, 1);
  if (type === 0 || kindOf(o.tree, type) !== ARRAY) return false;
  const element = of(o, type, 1);
  if (kindOf(o.tree, element) !== TEXT || of(o, element, 1) !== CHAR) return false;
  const list = of(o, at, 2);
  for (let index = 0; index < lengthOf(o.tree, list); index++) if (characterOf(o, itemOf(o.tree, list, index)) < 0) return false;
  return true;
}

/** The value of a literal that is a character; -1 for anything else. */
function characterOf(o: Printer, at: number): number {
  if (kindOf(o.tree, at) !== INTEGER) return -1;
  let value = 0;
  for (let index = of(o, at, 2); index < of(o, at, 3); index++) {
    value = value * 10 + (o.source[index] ?? 0) - 48;
    if (value > 255 || o.source[index] === 110 /* n */) return -1;
  }
  return value;
}

export function writeString(o: Printer, list: number): void {
  let numeric = false;
  writeByte(o, QUOTE);
  for (let index = 0; index < lengthOf(o.tree, list); index++) {
    const value = characterOf(o, itemOf(o.tree, list, index));
    if (numeric && isHexDigit(value)) quoteTwice(o);
    numeric = writeCharacter(o, value);
  }
  writeByte(o, QUOTE);
}

/** The digit is no part of the escape before it. */
function quoteTwice(o: Printer): void {
  writeByte(o, QUOTE);
  writeByte(o, QUOTE);
}

function isHexDigit(value: number): boolean {
  return (value >= 48 && value <= 57) || (value >= 65 && value <= 70) || (value >= 97 && value <= 102);
}

/** Gives whether the character was told by its number. */
function writeCharacter(o: Printer, value: number): boolean {
  if (value > 127) o.highBytes = true;
  const isShort = value >= 7 && value <= 13;
  const isNumeric = !isShort && (value < 32 || value === 127);
  if (isShort || isNumeric || value === QUOTE || value === BACKSLASH) writeByte(o, BACKSLASH);
  if (isNumeric) writeAll(o, value < 7 ? String(value) : `x${value.toString(16).toUpperCase()}`);
  else writeByte(o, isShort ? LETTERS.charCodeAt(value - 7) : value);
  return isNumeric;
}

function writeAll(o: Printer, chars: string): void {
  for (const char of chars) writeByte(o, char.charCodeAt(0));
}
