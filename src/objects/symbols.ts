/** Owns the one layout of symbol entries, and access to them: that of 64-bit little-endian ELF. */
import { LOCAL, className } from "./classes.js";
import type { ObjectFile, ObjectSymbol, SymbolTable } from "./model.js";
import { putU64 } from "./sections.js";
import { stringAt, tableOfBytes } from "./strings.js";
import { type Place, readU64 } from "./view.js";

export const SYMBOL_ENTRY = 24;
export const SHN_LORESERVE = 0xff00;
export const SHN_ABS = 0xfff1;
export const SHN_COMMON = 0xfff2;
export const SHN_XINDEX = 0xffff;
/** x86-64's large common (SHN_X86_64_LCOMMON). */
export const SHN_LARGE_COMMON = 0xff02;

/** Section number of a symbol with a fixed value. */
export const ABSOLUTE = -1;
/** Section number of a tentative definition. */
export const COMMON = -2;

/** The section number of a symbol: an index, 0 for undefined, ABSOLUTE, COMMON. */
export function sectionNumber(table: SymbolTable, index: number): number {
  const number = table.entries.getUint16(index * SYMBOL_ENTRY + 6, true);
  if (number < SHN_LORESERVE) return number;
  if (number === SHN_XINDEX) return table.extended?.getUint32(index * 4, true) ?? 0;
  return number === SHN_COMMON || number === SHN_LARGE_COMMON ? COMMON : ABSOLUTE;
}

/** The name alone; `index` must be below the table's count. */
export function symbolName(table: SymbolTable, index: number): string {
  return stringAt(table.strings, nameIndex(table, index));
}

/** Where the name starts in the table's strings. */
export function nameIndex(table: SymbolTable, index: number): number {
  return table.entries.getUint32(index * SYMBOL_ENTRY, true);
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

/** A table without entries. */
export function noSymbols(place: Place): SymbolTable {
  const strings = tableOfBytes(place, Buffer.alloc(0), 0, "symbol names");
  return { count: 0, entries: new DataView(new ArrayBuffer(0)), extended: null, strings, classes: new Uint8Array(0) };
}

/** A table that a reader of another format fills by `putSymbol`. */
export interface NewSymbols {
  readonly entries: DataView;
  readonly extended: DataView;
  readonly classes: Uint8Array;
}

/** Room for `count` symbols beside the empty first entry. */
export function newSymbols(count: number): NewSymbols {
  return {
    entries: new DataView(new ArrayBuffer((count + 1) * SYMBOL_ENTRY)),
    extended: new DataView(new ArrayBuffer((count + 1) * 4)),
    classes: new Uint8Array(count + 1),
  };
}

export interface SymbolFields {
  readonly name: number;
  readonly class: number;
  /** As `symbolType` gives it. */
  readonly type: number;
  /** As `sectionNumber` gives it. */
  readonly section: number;
  readonly value: number;
}

export function putSymbol(table: NewSymbols, index: number, { name, class: code, type, section, value }: SymbolFields): void {
  const at = index * SYMBOL_ENTRY;
  table.entries.setUint32(at, name, true);
  table.entries.setUint8(at + 4, type);
  table.entries.setUint16(at + 6, fileNumber(section), true);
  table.extended.setUint32(index * 4, Math.max(section, 0), true);
  putU64(table.entries, at + 8, value);
  table.classes[index] = code;
}

function fileNumber(section: number): number {
  if (section === ABSOLUTE) return SHN_ABS;
  if (section === COMMON) return SHN_COMMON;
  return section >= SHN_LORESERVE ? SHN_XINDEX : section;
}

export function putSize(table: Pick<SymbolTable, "entries">, index: number, size: number): void {
  putU64(table.entries, index * SYMBOL_ENTRY + 16, size);
}
