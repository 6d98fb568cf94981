/** Owns the printing of `const` and its like, and of a member function's `&` and `&&`. */
import { text } from "../texts.js";
import { type Printer, write } from "./printer.js";

const QUALIFIERS = [text(" const"), text(" volatile"), text(" restrict")] as const;
const REFERENCES = [text(""), text(" &"), text(" &&")] as const;

/** Bits as `parse/qualifiers.ts` sets them. */
export function printQualifiers(o: Printer, bits: number): void {
  for (let index = 0; index < QUALIFIERS.length; index++) {
    if ((bits & (1 << index)) !== 0) write(o, QUALIFIERS[index] ?? 0);
  }
}

export function printReferenceQualifier(o: Printer, kind: number): void {
  if (kind !== 0) write(o, REFERENCES[kind] ?? 0);
}
