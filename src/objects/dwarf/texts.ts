/** Owns the texts that attributes name: in place, in `.debug_str`, in `.debug_line_str`, or by a number in `.debug_str_offsets`. */
import { type Budget, spend } from "./budget.js";
import { FORM, SLOT } from "./constants.js";
import {
  type Bytes,
  type Cursor,
  cursorAt,
  readOffset,
  readText,
  readU16,
  readU24,
  readU32,
  readU8,
  readUleb,
  refuseAt,
} from "./cursor.js";
import { type Entry, entryAt } from "./entry.js";
import type { DebugSections } from "./sections.js";
import type { Unit } from "./units.js";
import { numberOf, valueOf } from "./values.js";

/** Reads each text once. */
export interface Texts {
  readonly sections: DebugSections;
  readonly budget: Budget;
  readonly known: Map<Bytes, Map<number, string>>;
  readonly bases: Map<Unit, number>;
}

export function newTexts(sections: DebugSections, budget: Budget): Texts {
  return { sections, budget, known: new Map(), bases: new Map() };
}

/** The text of an attribute; undefined when it is absent, or lies in a file of its own (`dwz`, split DWARF). */
export function textOf(texts: Texts, entry: Entry, slot: number): string | undefined {
  const value = valueOf(entry, slot);
  return value === undefined ? undefined : textAt(texts, entry.unit, value.cursor, value.form);
}

/** The text of a form at the cursor; undefined for a form that is no text that is read. */
export function textAt(texts: Texts, unit: Unit, cursor: Cursor, form: number): string | undefined {
  switch (form) {
    case FORM.string:
      return readText(cursor, "DW_FORM_string");
    case FORM.strp:
      return stored(texts, texts.sections.section("str"), readOffset(cursor, unit.offsetSize, "DW_FORM_strp"));
    case FORM.lineStrp:
      return stored(texts, texts.sections.section("line_str"), readOffset(cursor, unit.offsetSize, "DW_FORM_line_strp"));
    case FORM.strx:
    case FORM.gnuStrIndex:
      return numbered(texts, unit, readUleb(cursor, "DW_FORM_strx"));
    case FORM.strx1:
      return numbered(texts, unit, readU8(cursor, "DW_FORM_strx1"));
    case FORM.strx2:
      return numbered(texts, unit, readU16(cursor, "DW_FORM_strx2"));
    case FORM.strx3:
      return numbered(texts, unit, readU24(cursor, "DW_FORM_strx3"));
    case FORM.strx4:
      return numbered(texts, unit, readU32(cursor, "DW_FORM_strx4"));
    default:
      return undefined;
  }
}

function numbered(texts: Texts, unit: Unit, index: number): string {
  const source = texts.sections.section("str_offsets");
  const cursor = cursorAt(source, baseOf(texts, unit) + index * unit.offsetSize);
  return stored(texts, texts.sections.section("str"), readOffset(cursor, unit.offsetSize, "DW_FORM_strx"));
}

function baseOf(texts: Texts, unit: Unit): number {
  const known = texts.bases.get(unit);
  if (known !== undefined) return known;
  const base = numberOf(entryAt(unit, unit.first), SLOT.strOffsetsBase);
  if (base === undefined) refuseAt(unit.source, "DW_AT_str_offsets_base", unit.first, "the unit has none, but counts its texts");
  texts.bases.set(unit, base);
  return base;
}

function stored(texts: Texts, source: Bytes, offset: number): string {
  const table = texts.known.get(source) ?? new Map<number, string>();
  if (table.size === 0) texts.known.set(source, table);
  const known = table.get(offset);
  if (known !== undefined) return known;
  if (offset >= source.bytes.length) refuseAt(source, "text", offset, `the section ends at ${source.bytes.length}`);
  const cursor = cursorAt(source, offset);
  const text = readText(cursor, "text");
  spend(texts.budget, cursor.at - offset, source, offset);
  table.set(offset, text);
  return text;
}
