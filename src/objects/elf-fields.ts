/**
 * Owns the fields of ELF relocations whose addend lies in the patched bytes (SHT_REL), by processor: i386, ARM and Thumb,
 * MIPS (o32) are exact. On others such tables do not occur in practice; there bytes are taken as they are.
 */
import { ARM_BRANCH, ARM_MOVE, ARM_OFFSET_12, ARM_PLACE_31, THUMB_BRANCH, THUMB_BRANCH_11, THUMB_BRANCH_20 } from "./arm-fields.js";
import { THUMB_BRANCH_8, THUMB_MOVE } from "./arm-fields.js";
import { type FieldOf, NUMBER_16, NUMBER_32, NUMBER_8, fieldTable, instructionField, signed } from "./fields.js";
import { EM_386, EM_ARM, EM_MIPS } from "./processors.js";

/** All but R_386_NONE, the call to a TLS descriptor, and those of one or two bytes patch four. */
const I386 = fieldTable(
  [
    [NUMBER_8, [22, 23]],
    [NUMBER_16, [20, 21]],
  ],
  NUMBER_32,
);

const ARM = fieldTable([
  [NUMBER_8, [8]],
  [NUMBER_16, [5]],
  [NUMBER_32, [2, 3, 9, 24, 25, 26, 38, 41, 96, 104, 105, 106, 107, 108, 109]],
  [ARM_BRANCH, [1, 27, 28, 29]],
  [ARM_MOVE, [43, 44, 45, 46, 84, 85, 86]],
  [ARM_OFFSET_12, [4, 6]],
  [ARM_PLACE_31, [42]],
  [THUMB_BRANCH, [10, 30]],
  [THUMB_MOVE, [47, 48, 49, 50, 87, 88, 89]],
  [THUMB_BRANCH_20, [51]],
  [THUMB_BRANCH_11, [102]],
  [THUMB_BRANCH_8, [103]],
]);

const MIPS_16 = instructionField(0xffff, (word) => signed(word & 0xffff, 16));
const MIPS = fieldTable([
  [NUMBER_32, [2, 3, 12, 38, 39, 47]],
  [instructionField(0x03ff_ffff, (word) => (word & 0x3ff_ffff) * 4), [4]],
  [instructionField(0xffff, (word) => signed(word & 0xffff, 16) * 4), [10]],
  [MIPS_16, [1, 5, 6, 7, 8, 9, 11, 19, 20, 21, 22, 23, 30, 31, 42, 43, 44, 45, 46, 49, 50]],
]);

const R_386_NONE = 0;
const R_386_TLS_DESC_CALL = 40;

export function elfFields(machine: number): FieldOf {
  if (machine === EM_386) return (type) => (type === R_386_NONE || type === R_386_TLS_DESC_CALL ? null : I386(type));
  if (machine === EM_ARM) return ARM;
  return machine === EM_MIPS ? MIPS : () => null;
}

/** MIPS: the upper half of an address, whose lower half is that of the next entry with R_MIPS_LO16 and the same symbol. */
export const MIPS_HIGH: ReadonlySet<number> = new Set([5, 9]);
export const MIPS_LOW = 6;
