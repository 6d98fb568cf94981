/** Owns what a reader gives: one object file with its sections and its symbol table, whatever the format. */
import type { SymbolCounts } from "../model/audit.js";
import type { ComdatGroups } from "./groups.js";
import type { Relocations } from "./relocations.js";
import type { StringTable } from "./strings.js";
import type { Place, View } from "./view.js";

export type ObjectKind = "relocatable" | "executable" | "shared";

export type ObjectFormat = "elf" | "mach-o" | "coff";

export interface ObjectFile {
  readonly place: Place;
  readonly format: ObjectFormat;
  readonly bits: 32 | 64;
  readonly littleEndian: boolean;
  readonly kind: ObjectKind;
  /** The processor by ELF's number (e_machine), whatever the format; 0 when ELF has none for it. */
  readonly machine: number;
  /** The format's own flags of the object (e_flags and the like). */
  readonly flags: number;
  readonly view: View;
  readonly sections: SectionTable;
  readonly symbols: SymbolTable;
  /** Read when first asked for. */
  readonly relocations: () => Relocations;
  /** Read when first asked for. */
  readonly groups: () => ComdatGroups;
}

/** Section headers as 64-bit little-endian ELF has them, entry 0 empty; read through `sectionAt`. */
export interface SectionTable {
  readonly count: number;
  readonly headers: DataView;
  readonly names: StringTable;
}

/** Types, flags and the meaning of link and info are ELF's; other formats' are translated where there is an equal. */
export interface Section {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly info: number;
  /** In bytes; 0 and 1 both mean none. */
  readonly alignment: number;
  readonly entrySize: number;
}

export type SymbolClass = keyof SymbolCounts;

/** Entries as 64-bit little-endian ELF has them; entry 0 is empty and not a symbol. Read through `symbolName` and its like. */
export interface SymbolTable {
  readonly count: number;
  readonly entries: DataView;
  /** Section numbers above 65,279 (SHT_SYMTAB_SHNDX), when the object has any. */
  readonly extended: DataView | null;
  readonly strings: StringTable;
  /** Per entry an index into SYMBOL_CLASSES. */
  readonly classes: Uint8Array;
}

/** One symbol, decoded. */
export interface ObjectSymbol {
  readonly name: string;
  readonly class: SymbolClass;
  /** Section index; 0 for undefined, negative for the special ones: ABSOLUTE, COMMON. */
  readonly section: number;
  readonly value: number;
  /** In formats that have no sizes: to the next symbol of the section. */
  readonly size: number;
}
