/** Owns how long the value of an attribute is, by its form (DWARF 5, section 7.5.6). */
import { FORM } from "./constants.js";
import { type Cursor, readU16, readU32, readU8, readUleb, refuseAt, skipLeb, skipText, take } from "./cursor.js";

/** What of a unit changes the length of its forms. */
export interface FormWidths {
  readonly version: number;
  readonly addressSize: number;
  readonly offsetSize: number;
}

const FIXED: Readonly<Record<number, number>> = {
  [FORM.data1]: 1,
  [FORM.data2]: 2,
  [FORM.data4]: 4,
  [FORM.data8]: 8,
  [FORM.data16]: 16,
  [FORM.flag]: 1,
  [FORM.flagPresent]: 0,
  [FORM.implicitConst]: 0,
  [FORM.ref1]: 1,
  [FORM.ref2]: 2,
  [FORM.ref4]: 4,
  [FORM.ref8]: 8,
  [FORM.refSig8]: 8,
  [FORM.refSup4]: 4,
  [FORM.refSup8]: 8,
  [FORM.strx1]: 1,
  [FORM.strx2]: 2,
  [FORM.strx3]: 3,
  [FORM.strx4]: 4,
  [FORM.addrx1]: 1,
  [FORM.addrx2]: 2,
  [FORM.addrx3]: 3,
  [FORM.addrx4]: 4,
};

const OFFSETS = new Set<number>([FORM.strp, FORM.secOffset, FORM.lineStrp, FORM.strpSup, FORM.gnuRefAlt, FORM.gnuStrpAlt]);
const LEBS = new Set<number>([
  FORM.sdata,
  FORM.udata,
  FORM.refUdata,
  FORM.strx,
  FORM.addrx,
  FORM.loclistx,
  FORM.rnglistx,
  FORM.gnuAddrIndex,
  FORM.gnuStrIndex,
]);
const BLOCKS = new Set<number>([FORM.block, FORM.block1, FORM.block2, FORM.block4, FORM.exprloc]);
const OTHERS = new Set<number>([FORM.string, FORM.indirect]);

/** The length of a form's value; -1 when the value itself tells it, -2 for a form that is not known. */
export function fixedSize(form: number, widths: FormWidths): number {
  const size = FIXED[form];
  if (size !== undefined) return size;
  if (OFFSETS.has(form)) return widths.offsetSize;
  if (form === FORM.addr) return widths.addressSize;
  if (form === FORM.refAddr) return widths.version < 3 ? widths.addressSize : widths.offsetSize;
  return LEBS.has(form) || BLOCKS.has(form) || OTHERS.has(form) ? -1 : -2;
}

/** Passes over one value. */
export function skipForm(cursor: Cursor, form: number, widths: FormWidths): void {
  const size = fixedSize(form, widths);
  if (size >= 0) take(cursor, size, "attribute");
  else skipVariable(cursor, form, widths);
}

/** Passes over one value whose length stands in front of it. */
export function skipVariable(cursor: Cursor, form: number, widths: FormWidths): void {
  if (LEBS.has(form)) skipLeb(cursor, "attribute");
  else if (form === FORM.string) skipText(cursor, "DW_FORM_string");
  else if (BLOCKS.has(form)) take(cursor, blockLength(cursor, form), "block");
  else skipForm(cursor, indirectForm(cursor), widths);
}

/** The length in front of a block; the cursor then stands on its first byte. */
export function blockLength(cursor: Cursor, form: number): number {
  if (form === FORM.block1) return readU8(cursor, "DW_FORM_block1");
  if (form === FORM.block2) return readU16(cursor, "DW_FORM_block2");
  if (form === FORM.block4) return readU32(cursor, "DW_FORM_block4");
  return readUleb(cursor, "length of a block");
}

/** The form that stands in front of the value; it cannot be indirect again. */
export function indirectForm(cursor: Cursor): number {
  const form = readUleb(cursor, "DW_FORM_indirect");
  if (form === FORM.indirect || form === FORM.implicitConst) {
    refuseAt(cursor.source, "DW_FORM_indirect", cursor.at, `form ${form} cannot stand here`);
  }
  return form;
}

export function isBlock(form: number): boolean {
  return BLOCKS.has(form);
}
