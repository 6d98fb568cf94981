/** Owns mergeable constants (SHF_MERGE without SHF_STRINGS, such as `.rodata.cst8`): it is their values that count, not their places. */
import type { ProofRelocation, ProofSection, ProofSymbol } from "./proof-object.js";
import { SHF } from "./section-kinds.js";

export function isConstantPool({ flags, entrySize, relocations, bytes }: ProofSection): boolean {
  return (flags & SHF.merge) !== 0 && (flags & SHF.strings) === 0 && entrySize > 0 && relocations.length === 0 && bytes !== null;
}

/** Values of one side that the other lacks, in hexadecimal. */
export function lackingValues(section: ProofSection, other: ProofSection): string[] {
  const values = new Set(valuesOf(other));
  return [...new Set(valuesOf(section))].filter((value) => !values.has(value));
}

function valuesOf({ bytes, entrySize }: ProofSection): string[] {
  const all = bytes ?? Buffer.alloc(0);
  return Array.from({ length: Math.ceil(all.length / entrySize) }, (_, index) =>
    hexOf(all.subarray(index * entrySize, (index + 1) * entrySize)),
  );
}

/** The value at a place and how far into it the place is; undefined outside. A label with the instruction's addend is the label's value. */
export function pointedValue(section: ProofSection, symbol: ProofSymbol, relocation: ProofRelocation, bias: number): string | undefined {
  const distance = relocation.addend + bias;
  const place = symbol.name !== "" && distance < 0 ? symbol.value : symbol.value + distance;
  if (place < 0 || place >= section.size) return undefined;
  const start = place - (place % section.entrySize);
  const value = section.bytes?.subarray(start, start + section.entrySize) ?? Buffer.alloc(0);
  return `${hexOf(value)}${floatOf(value)}${place === start ? "" : ` from byte ${place - start}`}`;
}

function hexOf(value: Buffer): string {
  return value.toString("hex").replaceAll(/(..)(?=.)/g, "$1 ");
}

function floatOf(value: Buffer): string {
  if (value.length === 4) return ` (${Number(value.readFloatLE().toPrecision(7))})`;
  return value.length === 8 ? ` (${value.readDoubleLE()})` : "";
}
