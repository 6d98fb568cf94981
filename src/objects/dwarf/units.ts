/** Owns the units of debug sections and their headers (DWARF 5, section 7.5.1; type units of DWARF 4 in `.debug_types`). */
import { type Abbreviations, readAbbreviations } from "./abbreviations.js";
import type { Budget } from "./budget.js";
import { type Bytes, type Cursor, cursorAt, readOffset, readU16, readU32, readU64, readU8, refuseAt } from "./cursor.js";
import type { FormWidths } from "./forms.js";
import type { DebugSections } from "./sections.js";

export interface Unit extends FormWidths {
  readonly source: Bytes;
  /** Where the header starts: references inside the unit count from here. */
  readonly start: number;
  readonly end: number;
  /** Where the first entry starts. */
  readonly first: number;
  readonly abbreviations: Abbreviations;
  /** Of a type unit: what others refer to it by, and where its type starts. */
  readonly signature: bigint | undefined;
  readonly typeOffset: number;
}

const DW_UT_TYPE = 2;
const DW_UT_SKELETON = 4;
const DW_UT_SPLIT_COMPILE = 5;
const DW_UT_SPLIT_TYPE = 6;
/** The `unit_length` that says that 64-bit offsets follow. */
const LONG_FORMAT = 0xffff_ffff;
const RESERVED = 0xffff_fff0;

/** All units of all sections, in order. Refuses versions other than 2 to 5. */
export function readUnits(sections: DebugSections, budget: Budget): Unit[] {
  const units: Unit[] = [];
  const table = tableReader(sections, budget);
  for (const source of sections.infos) addUnits(units, source, false, table);
  for (const source of sections.types) addUnits(units, source, true, table);
  return units;
}

type Table = (offset: number, widths: FormWidths) => Abbreviations;

/** Reads each table once for units of one kind. */
function tableReader(sections: DebugSections, budget: Budget): Table {
  const tables = new Map<string, Abbreviations>();
  return (offset, widths) => {
    const key = `${offset} ${Math.min(widths.version, 3)} ${widths.addressSize} ${widths.offsetSize}`;
    const known = tables.get(key);
    if (known !== undefined) return known;
    const table = readAbbreviations(sections.section("abbrev"), offset, widths, budget);
    tables.set(key, table);
    return table;
  };
}

function addUnits(units: Unit[], source: Bytes, types: boolean, table: Table): void {
  for (let at = 0; at < source.bytes.length;) {
    const unit = readUnit(source, at, types, table);
    if (unit !== undefined) units.push(unit);
    at = unit?.end ?? at + 4;
  }
}

/** The unit at an offset; undefined where four zero bytes pad the section. */
function readUnit(source: Bytes, start: number, types: boolean, table: Table): Unit | undefined {
  const whole = cursorAt(source, start);
  const word = readU32(whole, "unit_length");
  if (word === 0) return undefined;
  if (word >= RESERVED && word !== LONG_FORMAT) refuseAt(source, "unit_length", start, `0x${word.toString(16)} is reserved`);
  const offsetSize = word === LONG_FORMAT ? 8 : 4;
  const length = word === LONG_FORMAT ? readOffset(whole, 8, "unit_length") : word;
  const end = whole.at + length;
  if (end > source.bytes.length)
    refuseAt(source, "unit_length", start, `the unit would end at ${end}, the section at ${source.bytes.length}`);
  return readHead(cursorAt(source, whole.at, end), { start, offsetSize, types }, table);
}

interface Head {
  readonly start: number;
  readonly offsetSize: number;
  readonly types: boolean;
}

function readHead(cursor: Cursor, { start, offsetSize, types }: Head, table: Table): Unit {
  const { source, end } = cursor;
  const version = readU16(cursor, "version");
  if (version < 2 || version > 5)
    refuseAt(source, "version", cursor.at - 2, `DWARF ${version} is not read`, "build with -gdwarf-5 or -gdwarf-4");
  const kind = version === 5 ? readU8(cursor, "unit_type") : types ? DW_UT_TYPE : 0;
  const early = version === 5 ? readU8(cursor, "address_size") : 0;
  const tableOffset = readOffset(cursor, offsetSize, "debug_abbrev_offset");
  const addressSize = version === 5 ? early : readU8(cursor, "address_size");
  if (addressSize !== 4 && addressSize !== 8) refuseAt(source, "address_size", cursor.at, `${addressSize} is neither 4 nor 8`);
  const isType = kind === DW_UT_TYPE || kind === DW_UT_SPLIT_TYPE;
  if (kind === DW_UT_SKELETON || kind === DW_UT_SPLIT_COMPILE) readU64(cursor, "dwo_id");
  const signature = isType ? readU64(cursor, "type_signature") : undefined;
  const typeOffset = isType ? start + readOffset(cursor, offsetSize, "type_offset") : 0;
  const widths = { version, addressSize, offsetSize };
  return { ...widths, source, start, end, first: cursor.at, abbreviations: table(tableOffset, widths), signature, typeOffset };
}
