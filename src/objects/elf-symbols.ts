/** Owns the ELF symbol table (System V ABI, "Symbol Table"; GNU's unique binding). */
import { COMMON_CLASS, FILE, LOCAL, SECTION, STRONG, UNDEFINED, UNDEFINED_WEAK, UNIQUE, WEAK } from "./classes.js";
import { linkedStrings, sectionRecords } from "./elf-header.js";
import { type ElfLayout, isModelLayout } from "./elf-layout.js";
import type { Section, SectionTable, SymbolTable } from "./model.js";
import { SECTION_HEADER, sectionAt, sectionType } from "./sections.js";
import { SHN_COMMON, SHN_LARGE_COMMON, SHN_LORESERVE, SHN_XINDEX, SYMBOL_ENTRY, noSymbols, sectionNumber } from "./symbols.js";
import { type View, readU64, records, refuse } from "./view.js";

const SHT_SYMTAB = 2;
const SHT_DYNSYM = 11;
const SHT_SYMTAB_SHNDX = 18;
const STT_SECTION = 3;
const STT_FILE = 4;
const STT_COMMON = 5;

/** The symbol table: `.symtab`, or `.dynsym` where that is stripped, or an empty one. */
export function readSymbols(view: View, sections: SectionTable, layout: ElfLayout): SymbolTable {
  const tables = findTables(view, sections);
  const index = tables.full || tables.dynamic;
  if (index === 0) return noSymbols(view.place);
  const section = tableAt(sections, index);
  const entries = modelEntries(sectionRecords(view, section, layout.symbol), layout);
  const count = section.size / layout.symbol;
  const extended = extendedIndexes(view, sections, tables.extended, index, count, layout.littleEndian);
  const strings = linkedStrings(view, sections, section.link, "symbol names");
  const table = { count, entries, extended, strings, classes: new Uint8Array(count) };
  classifyAll(view, sections.count, { section, layout }, table);
  return table;
}

/** What of the table's section header is needed; its name is not worth decoding all section names. */
type TableHeader = Pick<Section, "name" | "offset" | "size" | "link" | "entrySize">;

function tableAt({ headers }: SectionTable, index: number): TableHeader {
  const at = index * SECTION_HEADER;
  return {
    name: "symbol table",
    offset: readU64(headers, at + 24),
    size: readU64(headers, at + 32),
    link: headers.getUint32(at + 40, true),
    entrySize: readU64(headers, at + 56),
  };
}

/** Indexes of the sections with symbols, or 0, and of those with large section numbers. */
interface Tables {
  full: number;
  dynamic: number;
  readonly extended: number[];
}

function findTables(view: View, sections: SectionTable): Tables {
  const found: Tables = { full: 0, dynamic: 0, extended: [] };
  for (let index = 1; index < sections.count; index++) {
    const type = sectionType(sections, index);
    if (type === SHT_SYMTAB_SHNDX) found.extended.push(index);
    if (type !== SHT_SYMTAB && type !== SHT_DYNSYM) continue;
    const kind = type === SHT_SYMTAB ? "full" : "dynamic";
    if (found[kind] !== 0) refuse(view.place, "section headers", 0, `sections ${found[kind]} and ${index} are both the symbol table`);
    found[kind] = index;
  }
  return found;
}

/** Entries in the model's layout. */
function modelEntries(file: DataView, layout: ElfLayout): DataView {
  if (isModelLayout(layout)) return file;
  const little = layout.littleEndian;
  const [info, value, size] = layout.bits === 64 ? [4, 8, 16] : [12, 4, 8];
  const entries = new DataView(new ArrayBuffer((file.byteLength / layout.symbol) * SYMBOL_ENTRY));
  for (let from = 0, to = 0; from < file.byteLength; from += layout.symbol, to += SYMBOL_ENTRY) {
    entries.setUint32(to, file.getUint32(from, little), true);
    entries.setUint8(to + 4, file.getUint8(from + info));
    entries.setUint8(to + 5, file.getUint8(from + info + 1));
    entries.setUint16(to + 6, file.getUint16(from + info + 2, little), true);
    const high = layout.bits === 64 ? 4 : 0;
    entries.setUint32(to + 8, file.getUint32(from + value + high, little), true);
    entries.setUint32(to + 16, file.getUint32(from + size + high, little), true);
    if (layout.bits === 32) continue;
    entries.setUint32(to + 12, file.getUint32(from + value, little), true);
    entries.setUint32(to + 20, file.getUint32(from + size, little), true);
  }
  return entries;
}

function extendedIndexes(
  view: View,
  sections: SectionTable,
  candidates: readonly number[],
  table: number,
  count: number,
  little: boolean,
): DataView | null {
  const section = candidates.map((index) => sectionAt(view, sections, index)).find(({ link }) => link === table);
  if (section === undefined) return null;
  const file = records(view, section.offset, count, 4, section.name);
  if (little) return file;
  const numbers = new DataView(new ArrayBuffer(file.byteLength));
  for (let at = 0; at < file.byteLength; at += 4) numbers.setUint32(at, file.getUint32(at), true);
  return numbers;
}

/** The table in the file, for messages. */
interface FileTable {
  readonly section: TableHeader;
  readonly layout: ElfLayout;
}

function classifyAll(view: View, sectionCount: number, file: FileTable, table: SymbolTable): void {
  const { entries, classes, count } = table;
  for (let index = 1, at = SYMBOL_ENTRY; index < count; index++, at += SYMBOL_ENTRY) {
    const number = entries.getUint16(at + 6, true);
    if (number >= SHN_LORESERVE ? number === SHN_XINDEX : number >= sectionCount) checkNumber(view, sectionCount, file, table, index);
    const info = entries.getUint8(at + 4);
    const code = classify(info, number);
    if (code < 0) refuse(view.place, "st_info", fieldAt(file, index, "info"), `binding ${info >> 4} is not known`);
    classes[index] = code;
  }
}

function fieldAt({ section, layout }: FileTable, index: number, field: "info" | "shndx"): number {
  const info = layout.bits === 64 ? 4 : 12;
  return section.offset + index * layout.symbol + info + (field === "shndx" ? 2 : 0);
}

function checkNumber(view: View, sectionCount: number, file: FileTable, table: SymbolTable, index: number): void {
  const at = fieldAt(file, index, "shndx");
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
