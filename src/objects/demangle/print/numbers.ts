/** Owns the printing of numbers. */
import type { Printer } from "./printer.js";
import { writeByte, writeSource } from "./printer.js";

export function writeDecimal(o: Printer, value: number): void {
  for (const digit of String(value)) writeByte(o, digit.charCodeAt(0));
}

/** A number of the mangled name, in which `n` is the minus sign. */
export function writeSigned(o: Printer, begin: number, end: number): void {
  const negative = begin < end && o.source[begin] === 110;
  if (negative) writeByte(o, 45);
  writeSource(o, negative ? begin + 1 : begin, end);
}
