/** Owns which symbols are no names: labels of assembler and compiler, whose spelling says nothing. */
import type { ObjectFile, ObjectFormat } from "./model.js";
import { nameIndex } from "./symbols.js";

const PREFIXES: Readonly<Record<Exclude<ObjectFormat, "elf">, readonly Buffer[]>> = {
  "mach-o": ["L", "l_", "ltmp"].map((prefix) => Buffer.from(prefix)),
  coff: [".L", "$SG", "$LN"].map((prefix) => Buffer.from(prefix)),
};

const DOLLAR = 0x24;
const DOT = 0x2e;
const LETTER_L = 0x4c;

/** Whether a local symbol has no name, or that of a label. */
export function isLabel({ format, symbols }: Pick<ObjectFile, "format" | "symbols">, index: number): boolean {
  const { bytes } = symbols.strings;
  const at = nameIndex(symbols, index);
  const first = bytes[at];
  if (first === undefined || first === 0) return true;
  // `.L`; `$` is MIPS's for the same, and ARM's, AArch64's and RISC-V's for the places where code turns to data.
  if (format === "elf") return first === DOT ? bytes[at + 1] === LETTER_L : first === DOLLAR;
  return PREFIXES[format].some((prefix) => first === prefix[0] && startsWith(bytes, at, prefix));
}

function startsWith(bytes: Buffer, at: number, prefix: Buffer): boolean {
  for (let offset = 1; offset < prefix.length; offset++) if (bytes[at + offset] !== prefix[offset]) return false;
  return true;
}
