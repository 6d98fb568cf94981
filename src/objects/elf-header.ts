/** Owns the ELF file header and the section table (System V ABI, generic part; 64-bit little-endian). */
import type { ObjectKind, Section, SectionTable } from "./model.js";
import { type StringTable, stringAt, stringTable } from "./strings.js";
import { type View, checkRange, exact, readU64, records, refuse, u16, u64, u8 } from "./view.js";

const SECTION_HEADER = 64;
const MANY_SECTIONS = 0xffff;
export const SHT_NOBITS = 8;

export interface ElfHeader {
  readonly kind: ObjectKind;
  readonly machine: number;
  readonly sections: SectionTable;
}

/** Reads and checks the header. Refuses 32-bit, big-endian and core files, each with its own words. */
export function readHeader(view: View): ElfHeader {
  checkIdent(view);
  const kind = kindOf(view);
  return { kind, machine: u16(view, 18, "e_machine"), sections: readSections(view) };
}

function checkIdent(view: View): void {
  checkRange(view, 0, 64, "ELF header");
  const hint = "give objects of a 64-bit little-endian target, such as x86-64, aarch64 or riscv64";
  if (u8(view, 4, "EI_CLASS") !== 2) refuse(view.place, "EI_CLASS", 4, "only 64-bit ELF is read", hint);
  if (u8(view, 5, "EI_DATA") !== 1) refuse(view.place, "EI_DATA", 5, "only little-endian ELF is read", hint);
  const version = u8(view, 6, "EI_VERSION");
  if (version !== 1) refuse(view.place, "EI_VERSION", 6, `${version} is no known version`);
}

const KINDS: Readonly<Record<number, ObjectKind>> = { 1: "relocatable", 2: "executable", 3: "shared" };

function kindOf(view: View): ObjectKind {
  const type = u16(view, 16, "e_type");
  const kind = KINDS[type];
  return (
    kind ?? refuse(view.place, "e_type", 16, `${type} is no object, executable or shared library`, "give an object file or an archive")
  );
}

function readSections(view: View): SectionTable {
  const offset = u64(view, 40, "e_shoff");
  if (offset === 0)
    return { count: 0, headers: records(view, 0, 0, 1, "section headers"), names: stringTable(view, 0, 0, "section names") };
  const size = u16(view, 58, "e_shentsize");
  if (size !== SECTION_HEADER) refuse(view.place, "e_shentsize", 58, `${size} is not ${SECTION_HEADER}`);
  const first = records(view, offset, 1, SECTION_HEADER, "section header 0");
  const count = u16(view, 60, "e_shnum") || exact(view, readU64(first, 32), offset + 32, "sh_size of section 0");
  const headers = records(view, offset, count, SECTION_HEADER, "section headers");
  const nameIndex = u16(view, 62, "e_shstrndx");
  return { count, headers, names: sectionNames(view, headers, count, nameIndex === MANY_SECTIONS ? first.getUint32(40, true) : nameIndex) };
}

function sectionNames(view: View, headers: DataView, count: number, index: number): StringTable {
  if (index === 0) return stringTable(view, 0, 0, "section names");
  if (index >= count) refuse(view.place, "e_shstrndx", 62, `section ${index} of ${count}`);
  return tableOf(view, headers, index, "section names");
}

/** The string table that section `index` holds; the index was checked. */
function tableOf(view: View, headers: DataView, index: number, field: string): StringTable {
  const at = index * SECTION_HEADER;
  if (headers.getUint32(at + 4, true) === SHT_NOBITS) refuse(view.place, field, at, `section ${index} has no bytes in the file`);
  return stringTable(view, readU64(headers, at + 24), readU64(headers, at + 32), field);
}

/** The string table at a section that another section's sh_link names. */
export function linkedStrings(view: View, sections: SectionTable, index: number, field: string): StringTable {
  if (index === 0 || index >= sections.count) refuse(view.place, `sh_link of ${field}`, 0, `section ${index} of ${sections.count}`);
  return tableOf(view, sections.headers, index, field);
}

/** Only the type, for scans over all sections; `index` must be below `count`. */
export function sectionType(sections: SectionTable, index: number): number {
  return sections.headers.getUint32(index * SECTION_HEADER + 4, true);
}

/** A section's header decoded. Its bytes are not checked here: see `sectionBytes`. */
export function sectionAt(view: View, sections: SectionTable, index: number): Section {
  if (index >= sections.count) refuse(view.place, "section index", 0, `section ${index} of ${sections.count}`);
  const { headers } = sections;
  const at = index * SECTION_HEADER;
  return {
    name: stringAt(sections.names, headers.getUint32(at, true)),
    type: headers.getUint32(at + 4, true),
    flags: readU64(headers, at + 8),
    address: readU64(headers, at + 16),
    offset: readU64(headers, at + 24),
    size: readU64(headers, at + 32),
    link: headers.getUint32(at + 40, true),
    info: headers.getUint32(at + 44, true),
    alignment: readU64(headers, at + 48),
    entrySize: readU64(headers, at + 56),
  };
}

/** A section's records; refused when its entry size or length is not what the format says. */
export function sectionRecords(view: View, section: Section, entry: number): DataView {
  if (section.entrySize !== entry)
    refuse(view.place, `sh_entsize of ${section.name}`, section.offset, `${section.entrySize} is not ${entry}`);
  if (section.size % entry !== 0)
    refuse(view.place, `sh_size of ${section.name}`, section.offset, `${section.size} is no multiple of ${entry}`);
  return records(view, section.offset, section.size / entry, entry, section.name);
}

/** The bytes of a section in the file; refuses one that has none. */
export function sectionWords(view: View, section: Section): DataView {
  return records(view, section.offset, Math.floor(section.size / 4), 4, section.name);
}
