/** Owns what a reader gives: one object file with its sections and its symbol table, whatever the format. */
import type { SymbolCounts } from "../model/audit.js";
import type { StringTable } from "./strings.js";
import type { Place, View } from "./view.js";

export type ObjectKind = "relocatable" | "executable" | "shared";

export interface ObjectFile {
  readonly place: Place;
  readonly kind: ObjectKind;
  /** The format's own number of the processor (e_machine). */
  readonly machine: number;
  readonly view: View;
  readonly sections: SectionTable;
  readonly symbols: SymbolTable;
}

/** Section headers as they lie in the file; read through `sectionAt`. */
export interface SectionTable {
  readonly count: number;
  readonly headers: DataView;
  readonly names: StringTable;
}

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

/** Entries as they lie in the file; entry 0, which every ELF table starts with, is empty and not a symbol. */
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
  readonly size: number;
}
