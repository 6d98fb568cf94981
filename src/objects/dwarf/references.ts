/** Owns where an attribute that refers to another entry leads: in its unit, to another unit, or to a type unit by its signature. */
import { FORM } from "./constants.js";
import { type Bytes, readOffset, readU16, readU32, readU64, readU8, readUleb, small } from "./cursor.js";
import { type Entry, entryAt } from "./entry.js";
import type { Unit } from "./units.js";
import { type Value, valueOf } from "./values.js";

/** The units of an object by what leads to them. */
export interface UnitTable {
  readonly signatures: ReadonlyMap<bigint, Unit>;
  /** The units that offsets from other units lead to; none when the code units lie in several sections. */
  readonly code: readonly Unit[];
}

export function unitTable(units: readonly Unit[]): UnitTable {
  const signatures = new Map<bigint, Unit>();
  const sources = new Set<Bytes>();
  for (const unit of units) {
    if (unit.signature === undefined) sources.add(unit.source);
    else signatures.set(unit.signature, unit);
  }
  return { signatures, code: sources.size === 1 ? units.filter(({ source }) => sources.has(source)) : [] };
}

/** The offset, in the section, of an entry of the same unit; undefined when the attribute is absent or leads elsewhere. */
export function localReference(entry: Entry, slot: number): number | undefined {
  const value = valueOf(entry, slot);
  const distance = value === undefined ? undefined : distanceOf(value);
  return distance === undefined ? undefined : entry.unit.start + distance;
}

function distanceOf({ cursor, form }: Value): number | undefined {
  switch (form) {
    case FORM.ref1:
      return readU8(cursor, "DW_FORM_ref1");
    case FORM.ref2:
      return readU16(cursor, "DW_FORM_ref2");
    case FORM.ref4:
      return readU32(cursor, "DW_FORM_ref4");
    case FORM.ref8:
      return small(cursor, readU64(cursor, "DW_FORM_ref8"), "DW_FORM_ref8");
    case FORM.refUdata:
      return readUleb(cursor, "DW_FORM_ref_udata");
    default:
      return undefined;
  }
}

/** The entry that an attribute refers to; undefined when it is absent or lies in a file or an object of its own. */
export function referred(table: UnitTable, entry: Entry, slot: number): Entry | undefined {
  const local = localReference(entry, slot);
  if (local !== undefined) return entryAt(entry.unit, local);
  const value = valueOf(entry, slot);
  if (value?.form === FORM.refSig8) return signedType(table, readU64(value.cursor, "DW_FORM_ref_sig8"));
  return value?.form === FORM.refAddr ? distant(table, entry.unit, value) : undefined;
}

/** The type of the type unit with this signature. */
function signedType(table: UnitTable, signature: bigint): Entry | undefined {
  const unit = table.signatures.get(signature);
  return unit === undefined ? undefined : entryAt(unit, unit.typeOffset);
}

function distant({ code }: UnitTable, from: Unit, { cursor }: Value): Entry | undefined {
  const offset = readOffset(cursor, from.version < 3 ? from.addressSize : from.offsetSize, "DW_FORM_ref_addr");
  let low = 0;
  let high = code.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((code[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const unit = code[low];
  return unit === undefined ? undefined : entryAt(unit, offset);
}
