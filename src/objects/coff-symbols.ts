/** Owns COFF's symbol table (Microsoft, "PE Format"): every entry ends in one class; auxiliary records belong to their entry. */
import { COMMON_CLASS, FILE, LOCAL, SECTION, STRONG, UNDEFINED, UNDEFINED_WEAK, WEAK } from "./classes.js";
import { type Comdats, isDefinition, isReplaceable } from "./coff-comdat.js";
import { type CoffRecords, auxiliaries, auxiliaryAt, longName, sectionOf, storageOf, typeOf, valueOf } from "./coff-records.js";
import type { CoffSection } from "./coff-sections.js";
import type { SymbolTable } from "./model.js";
import { putSizes } from "./next-symbol.js";
import { type StringTable, tableOfBytes } from "./strings.js";
import { ABSOLUTE, COMMON, newSymbols, putSize, putSymbol } from "./symbols.js";
import { type View, refuse } from "./view.js";

const EXTERNAL = 2;
const LABEL = 6;
const FUNCTION = 101;
const FILE_NAME = 103;
const SECTION_NAME = 104;
const WEAK_EXTERNAL = 105;
const CLR_TOKEN = 107;
const END_OF_FUNCTION = 0xff;
const NOTES = new Set([FUNCTION, FILE_NAME, CLR_TOKEN, END_OF_FUNCTION]);
const FOR_DEBUGGERS = -2;

export interface CoffSymbols {
  readonly symbols: SymbolTable;
  /** Per record in the file the entry in `symbols`; 0 for auxiliary records. */
  readonly entryOf: Uint32Array;
}

export function readCoffSymbols(
  view: View,
  table: CoffRecords,
  sections: readonly CoffSection[],
  comdats: Comdats,
  strings: StringTable,
): CoffSymbols {
  const made = newSymbols(table.primary.length);
  const entryOf = new Uint32Array(table.count);
  const names = inlineNames(table, strings);
  for (const [index, record] of table.primary.entries()) {
    entryOf[record] = index + 1;
    const section = sectionOf(table, record);
    if (section > sections.length) refuse(view.place, "SectionNumber", placeOf(table, record), `section ${section} of ${sections.length}`);
    const long = longName(table, record);
    if (long >= strings.bytes.length && long > 0)
      refuse(view.place, "symbol name", placeOf(table, record), `index ${long} lies outside the string table`);
    const defined = definitionOf(view, table, record);
    putSymbol(made, index + 1, {
      name: long >= 0 ? long : (names.starts[index] ?? 0),
      class: classify(table, record, defined, comdats),
      type: typeIn(table, record, defined),
      section: modelSection(table, record, defined),
      value: isCommon(table, record) ? 0 : valueOf(table, defined),
    });
  }
  const named = tableOfBytes(view.place, names.bytes, strings.offset, "symbol names");
  const symbols = {
    count: table.primary.length + 1,
    entries: made.entries,
    extended: made.extended,
    strings: named,
    classes: made.classes,
  };
  putSizes("coff", symbols, (section) => sections[section - 1]?.size ?? 0);
  for (const [index, record] of table.primary.entries()) if (isCommon(table, record)) putSize(symbols, index + 1, valueOf(table, record));
  return { symbols, entryOf };
}

const FUNCTION_TYPE = 0x20;

/** ELF's type. Code that is no function is a label. */
function typeIn(table: CoffRecords, record: number, defined: number): number {
  const storage = storageOf(table, record);
  if (isDefinition(table, record)) return 3;
  if (storage === FILE_NAME) return 4;
  if (isCommon(table, record)) return 5;
  return typeOf(table, defined) === FUNCTION_TYPE ? 2 : sectionOf(table, defined) > 0 && storage !== LABEL ? 1 : 0;
}

function placeOf(table: CoffRecords, record: number): number {
  return table.offset + record * table.entry;
}

/** The file's string table, and behind it the names that lie in the records themselves. */
function inlineNames(table: CoffRecords, strings: StringTable): { bytes: Buffer; starts: Uint32Array } {
  const { data, entry } = table;
  const starts = new Uint32Array(table.primary.length);
  const base = strings.bytes.length + 1;
  const more = Buffer.alloc(table.primary.length * 9);
  let length = 0;
  for (const [index, record] of table.primary.entries()) {
    if (longName(table, record) >= 0) continue;
    starts[index] = base + length;
    for (let at = 0; at < 8; at++) {
      const byte = data.getUint8(record * entry + at);
      if (byte === 0) break;
      more[length++] = byte;
    }
    length++;
  }
  return { bytes: Buffer.concat([strings.bytes, Buffer.alloc(1), more.subarray(0, length)]), starts };
}

/** The record that says where a symbol lies: its own, or for a weak external the default's. */
function definitionOf(view: View, table: CoffRecords, record: number): number {
  if (storageOf(table, record) !== WEAK_EXTERNAL || sectionOf(table, record) !== 0) return record;
  if (auxiliaries(table, record) === 0) return record;
  const tag = table.data.getUint32(auxiliaryAt(table, record), true);
  if (tag >= table.count) refuse(view.place, "TagIndex", placeOf(table, record + 1), `symbol ${tag} of ${table.count}`);
  return tag;
}

function isCommon(table: CoffRecords, record: number): boolean {
  return storageOf(table, record) === EXTERNAL && sectionOf(table, record) === 0 && valueOf(table, record) !== 0;
}

function modelSection(table: CoffRecords, record: number, defined: number): number {
  if (isCommon(table, record)) return COMMON;
  const section = sectionOf(table, defined);
  return section < 0 ? ABSOLUTE : section;
}

function classify(table: CoffRecords, record: number, defined: number, comdats: Comdats): number {
  const storage = storageOf(table, record);
  const section = sectionOf(table, record);
  if (NOTES.has(storage) || section === FOR_DEBUGGERS) return FILE;
  if (storage === SECTION_NAME || (section > 0 && isDefinition(table, record))) return SECTION;
  if (storage === WEAK_EXTERNAL) return section !== 0 || sectionOf(table, defined) > 0 ? WEAK : UNDEFINED_WEAK;
  if (storage !== EXTERNAL) return section === 0 ? UNDEFINED : LOCAL;
  if (section === 0) return isCommon(table, record) ? COMMON_CLASS : UNDEFINED;
  return section > 0 && isReplaceable(comdats, section) ? WEAK : STRONG;
}
