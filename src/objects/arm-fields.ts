/** Owns the patched fields of ARM's and AArch64's instructions (Arm ABI, "Relocation"; Arm Architecture Reference Manual). */
import { type Field, halfField, halvesField, instructionField, signed } from "./fields.js";

/** `b`, `bl` of ARM. */
export const ARM_BRANCH = instructionField(0x00ff_ffff, (word) => signed(word & 0xff_ffff, 24) * 4);

/** `movw`, `movt` of ARM. */
export const ARM_MOVE = instructionField(0x000f_0fff, (word) => signed(((word >>> 4) & 0xf000) | (word & 0xfff), 16));

/** The offset of an ARM load or store. */
export const ARM_OFFSET_12 = instructionField(0xfff, (word) => word & 0xfff);

/** A place 31 bits away, in exception tables. */
export const ARM_PLACE_31 = instructionField(0x7fff_ffff, (word) => signed(word & 0x7fff_ffff, 31));

/** `movw`, `movt` of Thumb. */
export const THUMB_MOVE = halvesField(0x040f_70ff, thumbMove);

function thumbMove(word: number): number {
  return signed(((word >>> 4) & 0xf000) | ((word >>> 15) & 0x800) | ((word >>> 4) & 0x700) | (word & 0xff), 16);
}

/** `bl`, `blx`, `b.w` of Thumb. */
export const THUMB_BRANCH = halvesField(0x07ff_2fff, (word) => {
  const sign = (word >>> 26) & 1;
  const first = 1 - (((word >>> 13) & 1) ^ sign);
  const second = 1 - (((word >>> 11) & 1) ^ sign);
  return signed(sign * 2 ** 24 + first * 2 ** 23 + second * 2 ** 22 + ((word >>> 16) & 0x3ff) * 2 ** 12 + (word & 0x7ff) * 2, 25);
});

/** Conditional `b.w` of Thumb. */
export const THUMB_BRANCH_20 = halvesField(0x043f_2fff, (word) => {
  const [sign, first, second] = [(word >>> 26) & 1, (word >>> 13) & 1, (word >>> 11) & 1];
  return signed(sign * 2 ** 20 + second * 2 ** 19 + first * 2 ** 18 + ((word >>> 16) & 0x3f) * 2 ** 12 + (word & 0x7ff) * 2, 21);
});

export const THUMB_BRANCH_11 = halfField(0x7ff, (word) => signed(word & 0x7ff, 11) * 2);
export const THUMB_BRANCH_8 = halfField(0xff, (word) => signed(word & 0xff, 8) * 2);

/** `movw` and `movt` of Thumb, one behind the other. */
export const THUMB_MOVE_PAIR: Field = {
  size: 8,
  addend: (bytes, at, little) =>
    (THUMB_MOVE.addend(bytes, at, little) & 0xffff) | ((THUMB_MOVE.addend(bytes, at + 4, little) & 0xffff) << 16),
  blank: (bytes, at, little) => {
    THUMB_MOVE.blank(bytes, at, little);
    THUMB_MOVE.blank(bytes, at + 4, little);
  },
};

/** `b`, `bl` of AArch64, conditional branches, `tbz`. */
export const A64_BRANCH_26 = instructionField(0x03ff_ffff, (word) => signed(word & 0x3ff_ffff, 26) * 4);
export const A64_BRANCH_19 = instructionField(0x00ff_ffe0, (word) => signed((word >>> 5) & 0x7_ffff, 19) * 4);
export const A64_BRANCH_14 = instructionField(0x0007_ffe0, (word) => signed((word >>> 5) & 0x3fff, 14) * 4);

/** `adr`, `adrp`. */
export const A64_ADDRESS = instructionField(0x60ff_ffe0, (word) => signed(((word >>> 3) & 0x1f_fffc) | ((word >>> 29) & 3), 21));

/** `add` with an immediate, and loads and stores, whose offset counts in units of what they move. */
export const A64_IMMEDIATE_12 = instructionField(0x003f_fc00, (word) => (word >>> 10) & 0xfff);
export const A64_OFFSET_12 = instructionField(0x003f_fc00, (word) => ((word >>> 10) & 0xfff) * 2 ** scaleOf(word));

function scaleOf(word: number): number {
  const isQuad = (word & 0x0480_0000) === 0x0480_0000 && word >>> 30 === 0;
  return isQuad ? 4 : word >>> 30;
}
