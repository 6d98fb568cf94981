/** Owns the processors that readers know by name, each by ELF's number whatever the format. */
import type { ObjectFile } from "./model.js";

export const EM_386 = 3;
export const EM_MIPS = 8;
export const EM_PPC64 = 21;
export const EM_S390 = 22;
export const EM_ARM = 40;
export const EM_X86_64 = 62;
export const EM_AARCH64 = 183;

/** Relocations relative to the end of a 4-byte field: PC32, PLT32, GOTPCREL, GOTPCRELX, REX_GOTPCRELX; PC32, PLT32. */
const X86_64_RELATIVE = new Set([2, 4, 9, 41, 42]);
const I386_RELATIVE = new Set([2, 4]);
/** PC32DBL, PLT32DBL, GOTENT: they count from the instruction's start, two bytes before the field. */
const S390_RELATIVE = new Set([19, 20, 26]);

/** How far the place that a relocation means lies behind its addend; other formats' readers give the place itself. */
export function biasOf({ format, machine }: ObjectFile, type: number): number {
  if (format !== "elf") return 0;
  if (machine === EM_X86_64) return X86_64_RELATIVE.has(type) ? 4 : 0;
  if (machine === EM_386) return I386_RELATIVE.has(type) ? 4 : 0;
  return machine === EM_S390 && S390_RELATIVE.has(type) ? -2 : 0;
}
