/** Owns Mach-O's symbol table (Apple, <mach-o/nlist.h>): every entry ends in one class. */
import { COMMON_CLASS, FILE, LOCAL, STRONG, UNDEFINED, UNDEFINED_WEAK, WEAK } from "./classes.js";
import { NLIST } from "./mach-o-layout.js";
import { type MachSection, isCode, isThreadLocal } from "./mach-o-sections.js";
import type { ObjectKind, SymbolTable } from "./model.js";
import { putSizes } from "./next-symbol.js";
import { tableOfBytes } from "./strings.js";
import { ABSOLUTE, COMMON, newSymbols, putSymbol } from "./symbols.js";
import { type View, readU64, records, refuse, slice } from "./view.js";

const N_STAB = 0xe0;
const N_PEXT = 0x10;
const N_TYPE = 0x0e;
const N_EXT = 0x01;
const N_UNDF = 0x0;
const N_ABS = 0x2;
const N_INDR = 0xa;
const N_PBUD = 0xc;
const N_SECT = 0xe;
const N_WEAK_REF = 0x40;
const N_WEAK_DEF = 0x80;

/** The table that an LC_SYMTAB command announces. Entry numbers are one higher than in the file, since 0 is no symbol. */
export function readMachSymbols(view: View, command: DataView, sections: readonly MachSection[], kind: ObjectKind): SymbolTable {
  const offset = command.getUint32(8, true);
  const count = command.getUint32(12, true);
  const file = records(view, offset, count, NLIST, "symbol table");
  const stringOffset = command.getUint32(16, true);
  const bytes = slice(view, stringOffset, command.getUint32(20, true), "string table");
  // Index 0 means no name, whatever lies there; a NUL behind all gives it one, and ends the last name.
  const strings = tableOfBytes(view.place, Buffer.concat([bytes, Buffer.alloc(1)]), stringOffset, "symbol names");
  const table = newSymbols(count);
  for (let index = 0; index < count; index++) {
    const at = index * NLIST;
    const entry = {
      name: file.getUint32(at, true),
      type: file.getUint8(at + 4),
      section: file.getUint8(at + 5),
      desc: file.getUint16(at + 6, true),
      value: readU64(file, at + 8),
    };
    if (entry.name >= bytes.length && entry.name > 0)
      refuse(view.place, "n_strx", offset + at, `the string table has only ${bytes.length} bytes`);
    const section = sectionOf(entry);
    if (section > sections.length) refuse(view.place, "n_sect", offset + at + 5, `section ${section} of ${sections.length}`);
    const code = classify(entry, kind);
    if (code < 0) refuse(view.place, "n_type", offset + at + 4, `type ${entry.type} is not known`);
    putSymbol(table, index + 1, {
      name: entry.name === 0 ? bytes.length : entry.name,
      class: code,
      type: typeIn(code, sections[section - 1]),
      section,
      value: entry.value,
    });
  }
  const symbols = { count: count + 1, entries: table.entries, extended: table.extended, strings, classes: table.classes };
  putSizes("mach-o", symbols, (section) => (sections[section - 1]?.address ?? 0) + (sections[section - 1]?.size ?? 0));
  return symbols;
}

/** ELF's type: a function in code, a variable elsewhere. */
function typeIn(code: number, section: MachSection | undefined): number {
  if (code === FILE) return 4;
  if (code === COMMON_CLASS) return 5;
  if (section === undefined) return 0;
  if (isThreadLocal(section)) return 6;
  return isCode(section) ? 2 : 1;
}

interface Entry {
  readonly type: number;
  readonly section: number;
  readonly desc: number;
  readonly value: number;
}

/** As the model counts: 0 undefined, ABSOLUTE, COMMON. Notes for debuggers lie nowhere. */
function sectionOf({ type, section, value }: Entry): number {
  if ((type & N_STAB) !== 0) return ABSOLUTE;
  const kind = type & N_TYPE;
  if (kind === N_SECT) return section;
  if (kind === N_ABS || kind === N_INDR) return ABSOLUTE;
  return kind === N_UNDF && (type & N_EXT) !== 0 && value !== 0 ? COMMON : 0;
}

/** The class, or -1 where the type is not known. A linked file's private externals are its own affair. */
function classify({ type, section, desc, value }: Entry, kind: ObjectKind): number {
  if ((type & N_STAB) !== 0) return FILE;
  const isExternal = (type & N_EXT) !== 0 || ((type & N_PEXT) !== 0 && kind === "relocatable");
  switch (type & N_TYPE) {
    case N_UNDF:
    case N_PBUD:
      if (isExternal && value !== 0 && (type & N_TYPE) === N_UNDF) return COMMON_CLASS;
      return (desc & N_WEAK_REF) === 0 ? UNDEFINED : UNDEFINED_WEAK;
    case N_ABS:
    case N_INDR:
      return isExternal ? STRONG : LOCAL;
    case N_SECT:
      if (section === 0) return -1;
      if (!isExternal) return LOCAL;
      return (desc & N_WEAK_DEF) === 0 ? STRONG : WEAK;
    default:
      return -1;
  }
}
