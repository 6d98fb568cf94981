/** Owns the numbers of Mach-O's tables (Apple, <mach-o/loader.h>, <mach-o/nlist.h>, <mach-o/fat.h>; 64-bit little-endian). */
import { EM_386, EM_AARCH64, EM_ARM, EM_X86_64 } from "./processors.js";

export const MACH_HEADER = 32;
export const LC_SYMTAB = 0x2;
export const LC_SEGMENT_64 = 0x19;
export const SEGMENT_COMMAND = 72;
export const SECTION_RECORD = 80;
export const NLIST = 16;

export const CPU_X86_64 = 0x0100_0007;
export const CPU_ARM64 = 0x0100_000c;
const CPU_ARM64_32 = 0x0200_000c;

/** ELF's number of a processor. */
export const MACHINES: ReadonlyMap<number, number> = new Map([
  [7, EM_386],
  [12, EM_ARM],
  [CPU_X86_64, EM_X86_64],
  [CPU_ARM64, EM_AARCH64],
  [CPU_ARM64_32, EM_AARCH64],
]);

const NAMES: ReadonlyMap<number, string> = new Map([
  [7, "i386"],
  [12, "arm"],
  [18, "ppc"],
  [0x0100_0012, "ppc64"],
  [CPU_X86_64, "x86_64"],
  [CPU_ARM64, "arm64"],
  [CPU_ARM64_32, "arm64_32"],
]);

const SUBTYPES: ReadonlyMap<string, string> = new Map([
  ["x86_64/8", "x86_64h"],
  ["arm64/2", "arm64e"],
  ["arm/6", "armv6"],
  ["arm/9", "armv7"],
  ["arm/11", "armv7s"],
  ["arm/12", "armv7k"],
]);

/** The name that Apple's tools give an architecture (`lipo -archs`). */
export function architectureName(cpu: number, subtype: number): string {
  const name = NAMES.get(cpu) ?? `cpu${cpu}`;
  return SUBTYPES.get(`${name}/${subtype & 0x00ff_ffff}`) ?? name;
}
