/** Owns the reading of characters and numbers. */
import { malformed } from "../failure.js";
import type { Parser } from "./parser.js";

/** The code of the character that lies ahead; 0 behind the name. */
export function peek(p: Parser, ahead: number): number {
  return p.bytes[p.at + ahead] ?? 0;
}

export function isNext(p: Parser, char: string): boolean {
  return p.bytes[p.at] === char.charCodeAt(0);
}

export function isAhead(p: Parser, ahead: number, char: string): boolean {
  return p.bytes[p.at + ahead] === char.charCodeAt(0);
}

export function take(p: Parser, char: string): boolean {
  if (p.bytes[p.at] !== char.charCodeAt(0)) return false;
  p.at++;
  return true;
}

/** Takes two characters, or none. */
export function takePair(p: Parser, pair: string): boolean {
  if (p.bytes[p.at] !== pair.charCodeAt(0) || p.bytes[p.at + 1] !== pair.charCodeAt(1)) return false;
  p.at += 2;
  return true;
}

export function takeText(p: Parser, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (p.bytes[p.at + index] !== text.charCodeAt(index)) return false;
  }
  p.at += text.length;
  return true;
}

export function need(p: Parser, char: string): void {
  if (p.bytes[p.at] !== char.charCodeAt(0)) malformed();
  p.at++;
}

export function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 48 && code <= 57;
}

/** Goes over digits, which may be none. */
export function skipDigits(p: Parser): void {
  while (isDigit(p.bytes[p.at])) p.at++;
}

/** Goes over a number, `n` before it when negative; false, and nothing but the `n` is taken, without digits. */
export function takeNumber(p: Parser): boolean {
  take(p, "n");
  const begin = p.at;
  skipDigits(p);
  return p.at > begin;
}

/** The value of digits, of which there is at least one; what is above any sensible value is not told apart. */
export function positive(p: Parser): number {
  if (!isDigit(p.bytes[p.at])) malformed();
  let value = 0;
  while (isDigit(p.bytes[p.at])) value = Math.min(value * 10 + (p.bytes[p.at++] ?? 0) - 48, 0x3fff_ffff);
  return value;
}

/** The value of a sequence number in base 36, or -1 when there is none. */
export function sequence(p: Parser): number {
  let value = -1;
  for (let digit = digit36(p.bytes[p.at]); digit >= 0; digit = digit36(p.bytes[p.at])) {
    value = Math.min((value < 0 ? 0 : value) * 36 + digit, 0x3fff_ffff);
    p.at++;
  }
  return value;
}

function digit36(code = 0): number {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 65 && code <= 90 ? code - 55 : -1;
}
