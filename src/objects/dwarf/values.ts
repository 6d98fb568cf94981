/** Owns the values of attributes: numbers, flags, expressions. Texts and references have files of their own. */
import { hasSlot } from "./abbreviations.js";
import { FORM } from "./constants.js";
import { type Cursor, cursorAt, readLeb, readU16, readU32, readU64, readU8, readUleb, refuseAt, small, take } from "./cursor.js";
import { type Entry, positionOf } from "./entry.js";
import { blockLength, indirectForm, isBlock } from "./forms.js";

/** Where the value of an attribute starts, and its form; undefined when the entry has no such attribute. */
export interface Value {
  readonly cursor: Cursor;
  readonly form: number;
  readonly constant: bigint | undefined;
}

export function valueOf(entry: Entry, slot: number): Value | undefined {
  const form = entry.abbreviation.formOfSlot[slot] ?? 0;
  if (form === 0) return undefined;
  const cursor = cursorAt(entry.unit.source, positionOf(entry, slot), entry.unit.end);
  return { cursor, form: form === FORM.indirect ? indirectForm(cursor) : form, constant: entry.abbreviation.constants?.get(slot) };
}

/** A whole number of any size; undefined when the attribute is absent or no number. */
export function wholeOf(entry: Entry, slot: number): bigint | undefined {
  const value = valueOf(entry, slot);
  if (value === undefined) return undefined;
  const { cursor, form, constant } = value;
  switch (form) {
    case FORM.implicitConst:
      return constant;
    case FORM.data1:
    case FORM.flag:
      return BigInt(readU8(cursor, "number"));
    case FORM.data2:
      return BigInt(readU16(cursor, "number"));
    case FORM.data4:
      return BigInt(readU32(cursor, "number"));
    case FORM.data8:
      return readU64(cursor, "number");
    case FORM.data16:
      return wide(cursor);
    case FORM.sdata:
      return readLeb(cursor, true, "number");
    case FORM.udata:
      return readLeb(cursor, false, "number");
    case FORM.secOffset:
      return entry.unit.offsetSize === 4 ? BigInt(readU32(cursor, "number")) : readU64(cursor, "number");
    default:
      return undefined;
  }
}

function wide(cursor: Cursor): bigint {
  const first = readU64(cursor, "number");
  const second = readU64(cursor, "number");
  return cursor.source.little ? first | (second << 64n) : second | (first << 64n);
}

/** A whole number that a size or an offset can be. */
export function numberOf(entry: Entry, slot: number): number | undefined {
  const form = entry.abbreviation.formOfSlot[slot] ?? 0;
  if (form === 0) return undefined;
  const at = positionOf(entry, slot);
  const { data, little } = entry.unit.source;
  if (form === FORM.data1) return data.getUint8(at);
  if (form === FORM.data2) return data.getUint16(at, little);
  const whole = wholeOf(entry, slot);
  return whole === undefined ? undefined : small(cursorAt(entry.unit.source, at, entry.unit.end), whole, "number");
}

export function flagOf(entry: Entry, slot: number): boolean {
  if (!hasSlot(entry.abbreviation, slot)) return false;
  const value = valueOf(entry, slot);
  if (value === undefined) return false;
  return value.form === FORM.flag ? readU8(value.cursor, "DW_FORM_flag") !== 0 : value.form === FORM.flagPresent;
}

const OP_DUP = 0x12;
const OP_DEREF = 0x06;
const OP_CONST1U = 0x08;
const OP_CONST2U = 0x0a;
const OP_CONST4U = 0x0c;
const OP_CONSTU = 0x10;
const OP_PLUS_UCONST = 0x23;
const OP_LIT0 = 0x30;
const OP_LIT31 = 0x4f;

/**
 * The number in an expression such as a vtable slot (`DW_OP_constu 3`), an offset (`DW_OP_plus_uconst 8`) or the place of
 * a virtual base (`DW_OP_dup, DW_OP_deref, DW_OP_lit24, …`); undefined when it has another shape.
 */
export function expressionNumber(entry: Entry, slot: number): number | undefined {
  const value = valueOf(entry, slot);
  if (value === undefined || !isBlock(value.form)) return undefined;
  const { cursor: outer, form } = value;
  const length = blockLength(outer, form);
  const start = take(outer, length, "expression");
  const cursor = cursorAt(outer.source, start, start + length);
  while (cursor.at < cursor.end) {
    const operation = readU8(cursor, "operation");
    if (operation !== OP_DUP && operation !== OP_DEREF) return operand(cursor, operation);
  }
  return undefined;
}

function operand(cursor: Cursor, operation: number): number | undefined {
  if (operation >= OP_LIT0 && operation <= OP_LIT31) return operation - OP_LIT0;
  if (operation === OP_CONST1U) return readU8(cursor, "operand");
  if (operation === OP_CONST2U) return readU16(cursor, "operand");
  if (operation === OP_CONST4U) return readU32(cursor, "operand");
  return operation === OP_CONSTU || operation === OP_PLUS_UCONST ? readUleb(cursor, "operand") : undefined;
}

/** The number of a value whose attribute must be there. */
export function wanted<Found>(found: Found | undefined, entry: Entry, field: string): Found {
  return found ?? refuseAt(entry.unit.source, field, entry.offset, "the entry has none");
}
