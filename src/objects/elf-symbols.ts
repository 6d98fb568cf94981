/** Owns the ELF symbol table (System V ABI, "Symbol Table"; GNU's unique binding). */
import { COMMON_CLASS, FILE, LOCAL, SECTION, STRONG, UNDEFINED, UNDEFINED_WEAK, UNIQUE, WEAK, className } from "./classes.js";
import { linkedStrings, sectionAt, sectionRecords, sectionType } from "./elf-header.js";
import type { ObjectFile, ObjectSymbol, Section, SectionTable, SymbolTable } from "./model.js";
import { stringAt, stringTable } from "./strings.js";
import { type View, readU64, records, refuse } from "./view.js";

export const SYMBOL_ENTRY = 24;
const SHT_SYMTAB = 2;
const SHT_DYNSYM = 11;
const SHT_SYMTAB_SHNDX = 18;
const SHN_LORESERVE = 0xff00;
const SHN_XINDEX = 0xffff;
const SHN_COMMON = 0xfff2;
/** x86-64's large common (SHN_X86_64_LCOMMON). */
const SHN_LARGE_COMMON = 0xff02;
const STT_SECTION = 3;
const STT_FILE = 4;
const STT_COMMON = 5;

/** Section number of a symbol with a fixed value. */
export const ABSOLUTE = -1;
/** Section number of a tentative definition. */
export const COMMON = -2;

/** The symbol table: `.symtab`, or `.dynsym` where that is stripped, or an empty one. */
export function readSymbols(view: View, sections: SectionTable): SymbolTable {
  const index = findTable(view, sections, SHT_SYMTAB) || findTable(view, sections, SHT_DYNSYM);
  if (index === 0) return emptyTable(view);
  const section = sectionAt(view, sections, index);
  const entries = sectionRecords(view, section, SYMBOL_ENTRY);
  const count = section.size / SYMBOL_ENTRY;
  const extended = extendedIndexes(view, sections, index, count);
  const strings = linkedStrings(view, sections, section.link, "symbol names");
  const table = { count, entries, extended, strings, classes: new Uint8Array(count) };
  classifyAll(view, sections.count, section, table);
  return table;
}

function emptyTable(view: View): SymbolTable {
  const none = records(view, 0, 0, SYMBOL_ENTRY, "symbols");
  return { count: 0, entries: none, extended: null, strings: stringTable(view, 0, 0, "symbol names"), classes: new Uint8Array(0) };
}

function findTable(view: View, sections: SectionTable, type: number): number {
  let found = 0;
  for (let index = 1; index < sections.count; index++) {
    if (sectionType(sections, index) !== type) continue;
    if (found !== 0) refuse(view.place, "section headers", 0, `sections ${found} and ${index} are both the symbol table`);
    found = index;
  }
  return found;
}

function extendedIndexes(view: View, sections: SectionTable, table: number, count: number): DataView | null {
  for (let index = 1; index < sections.count; index++) {
    if (sectionType(sections, index) !== SHT_SYMTAB_SHNDX) continue;
    const section = sectionAt(view, sections, index);
    if (section.link === table) return records(view, section.offset, count, 4, section.name);
  }
  return null;
}

function classifyAll(view: View, sectionCount: number, section: Section, table: SymbolTable): void {
  const { entries, classes, count } = table;
  for (let index = 1; index < count; index++) {
    const at = index * SYMBOL_ENTRY;
    const number = entries.getUint16(at + 6, true);
    if (number >= SHN_LORESERVE ? number === SHN_XINDEX : number >= sectionCount) {
      checkNumber(view, sectionCount, section, table, index);
    }
    const code = classify(entries.getUint8(at + 4), number);
    if (code < 0) refuse(view.place, "st_info", section.offset + at + 4, `binding ${entries.getUint8(at + 4) >> 4} is not known`);
    classes[index] = code;
  }
}

function checkNumber(view: View, sectionCount: number, section: Section, table: SymbolTable, index: number): void {
  const at = section.offset + index * SYMBOL_ENTRY + 6;
  const number = sectionNumber(table, index);
  if (number <= 0 && table.extended === null) refuse(view.place, "st_shndx", at, "the section of large section numbers is missing");
  if (number >= sectionCount) refuse(view.place, "st_shndx", at, `section ${number} of ${sectionCount}`);
}

/** The class by st_info and st_shndx, or -1 when the binding is not known. */
function classify(info: number, number: number): number {
  const type = info & 15;
  if (type === STT_SECTION) return SECTION;
  if (type === STT_FILE) return FILE;
  const binding = info >> 4;
  if (binding === 0) return LOCAL;
  if (binding !== 1 && binding !== 2 && binding !== 10) return -1;
  if (number === 0) return binding === 2 ? UNDEFINED_WEAK : UNDEFINED;
  if (number === SHN_COMMON || number === SHN_LARGE_COMMON || type === STT_COMMON) return COMMON_CLASS;
  if (binding === 10) return UNIQUE;
  return binding === 2 ? WEAK : STRONG;
}

/** The section number of a symbol: an index, 0 for undefined, ABSOLUTE, COMMON. */
export function sectionNumber(table: SymbolTable, index: number): number {
  const number = table.entries.getUint16(index * SYMBOL_ENTRY + 6, true);
  if (number < SHN_LORESERVE) return number;
  if (number === SHN_XINDEX) return table.extended?.getUint32(index * 4, true) ?? 0;
  return number === SHN_COMMON || number === SHN_LARGE_COMMON ? COMMON : ABSOLUTE;
}

/** The name alone; `index` must be below the table's count. */
export function symbolName(table: SymbolTable, index: number): string {
  return stringAt(table.strings, table.entries.getUint32(index * SYMBOL_ENTRY, true));
}

/** ELF's st_type: 0 none, 1 object, 2 function, 3 section, 4 file, 5 common, 6 thread-local, 10 chosen at load time (GNU). */
export function symbolType(table: SymbolTable, index: number): number {
  return table.entries.getUint8(index * SYMBOL_ENTRY + 4) & 15;
}

export function symbolValue(table: SymbolTable, index: number): number {
  return readU64(table.entries, index * SYMBOL_ENTRY + 8);
}

export function symbolSize(table: SymbolTable, index: number): number {
  return readU64(table.entries, index * SYMBOL_ENTRY + 16);
}

/** One symbol decoded. */
export function symbolAt(object: ObjectFile, index: number): ObjectSymbol {
  const { symbols } = object;
  return {
    name: symbolName(symbols, index),
    class: className(symbols.classes[index] ?? LOCAL),
    section: sectionNumber(symbols, index),
    value: symbolValue(symbols, index),
    size: symbolSize(symbols, index),
  };
}
