/** Owns the numbers of COFF's tables (Microsoft, "PE Format"), plain and big. */
import { EM_386, EM_AARCH64, EM_ARM, EM_X86_64 } from "./processors.js";

export const SECTION_RECORD = 40;
export const COFF_RELOCATION = 10;

/** ELF's number of a processor. ARM64EC and ARM64X count as AArch64. */
export const MACHINES: ReadonlyMap<number, number> = new Map([
  [0, 0],
  [0x14c, EM_386],
  [0x1c0, EM_ARM],
  [0x1c2, EM_ARM],
  [0x1c4, EM_ARM],
  [0x8664, EM_X86_64],
  [0xaa64, EM_AARCH64],
  [0xa641, EM_AARCH64],
  [0xa64e, EM_AARCH64],
]);

/** Where an object's tables lie. */
export interface CoffHeader {
  readonly machine: number;
  readonly flags: number;
  readonly sectionCount: number;
  readonly sections: number;
  readonly symbols: number;
  readonly symbolCount: number;
  /** 18, or 20 with section numbers of four bytes. */
  readonly symbolEntry: 18 | 20;
}
