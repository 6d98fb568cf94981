/** Owns the ELF file header and the section table (System V ABI, generic part). */
import { type ElfLayout, LAYOUTS, isModelLayout } from "./elf-layout.js";
import type { ObjectKind, Section, SectionTable } from "./model.js";
import { SECTION_HEADER, SHT_NOBITS, putU64 } from "./sections.js";
import { type StringTable, stringTable } from "./strings.js";
import { type View, checkRange, exact, readU64, records, refuse } from "./view.js";

const MANY_SECTIONS = 0xffff;

export interface ElfHeader {
  readonly layout: ElfLayout;
  readonly kind: ObjectKind;
  readonly machine: number;
  readonly flags: number;
  readonly sections: SectionTable;
}

/** Reads and checks the header. Refuses core files and classes that are not known, each with its own words. */
export function readHeader(view: View): ElfHeader {
  const data = records(view, 0, Math.min(LARGEST_HEADER, view.size), 1, "ELF header");
  const layout = layoutOf(view, data);
  const kind = kindOf(view, data.getUint16(16, layout.littleEndian));
  const machine = data.getUint16(18, layout.littleEndian);
  return { layout, kind, machine, flags: data.getUint32(layout.flags, layout.littleEndian), sections: readSections(view, data, layout) };
}

const IDENT = 16;
const LARGEST_HEADER = 64;

function layoutOf(view: View, data: DataView): ElfLayout {
  checkRange(view, 0, IDENT, "ELF header");
  const [bits, order, version] = [data.getUint8(4), data.getUint8(5), data.getUint8(6)];
  const layouts = LAYOUTS[bits - 1] ?? refuse(view.place, "EI_CLASS", 4, `${bits} is neither 32 nor 64 bit`);
  const layout = layouts[order - 1] ?? refuse(view.place, "EI_DATA", 5, `${order} is no known byte order`);
  if (version !== 1) refuse(view.place, "EI_VERSION", 6, `${version} is no known version`);
  checkRange(view, 0, layout.header, "ELF header");
  return layout;
}

const KINDS: Readonly<Record<number, ObjectKind>> = { 1: "relocatable", 2: "executable", 3: "shared" };

function kindOf(view: View, type: number): ObjectKind {
  const kind = KINDS[type];
  return (
    kind ?? refuse(view.place, "e_type", 16, `${type} is no object, executable or shared library`, "give an object file or an archive")
  );
}

function readSections(view: View, data: DataView, layout: ElfLayout): SectionTable {
  const little = layout.littleEndian;
  const is64 = layout.bits === 64;
  const offset = is64 ? readU64(data, layout.shoff, little) : data.getUint32(layout.shoff, little);
  exact(view.place, offset, layout.shoff, "e_shoff");
  if (offset === 0) return { count: 0, headers: new DataView(new ArrayBuffer(0)), names: stringTable(view, 0, 0, "section names") };
  const size = data.getUint16(layout.shentsize, little);
  if (size !== layout.section) refuse(view.place, "e_shentsize", layout.shentsize, `${size} is not ${layout.section}`);
  const first = modelHeaders(records(view, offset, 1, layout.section, "section header 0"), layout);
  const count = data.getUint16(layout.shnum, little) || exact(view.place, readU64(first, 32), offset, "sh_size of section 0");
  const headers = modelHeaders(records(view, offset, count, layout.section, "section headers"), layout);
  const nameIndex = data.getUint16(layout.shstrndx, little);
  const names = nameIndex === MANY_SECTIONS ? first.getUint32(40, true) : nameIndex;
  return { count, headers, names: sectionNames(view, headers, count, names, layout) };
}

/** Headers in the model's layout. */
function modelHeaders(file: DataView, layout: ElfLayout): DataView {
  if (isModelLayout(layout)) return file;
  const headers = new DataView(new ArrayBuffer((file.byteLength / layout.section) * SECTION_HEADER));
  for (let from = 0, to = 0; from < file.byteLength; from += layout.section, to += SECTION_HEADER) {
    if (layout.bits === 64) copyHeader64(file, from, headers, to);
    else copyHeader32(file, from, headers, to, layout.littleEndian);
  }
  return headers;
}

/** Big-endian to little-endian. */
function copyHeader64(file: DataView, from: number, headers: DataView, to: number): void {
  for (const at of [0, 4, 40, 44]) headers.setUint32(to + at, file.getUint32(from + at), true);
  for (const at of [8, 16, 24, 32, 48, 56]) {
    headers.setUint32(to + at, file.getUint32(from + at + 4), true);
    headers.setUint32(to + at + 4, file.getUint32(from + at), true);
  }
}

function copyHeader32(file: DataView, from: number, headers: DataView, to: number, little: boolean): void {
  headers.setUint32(to, file.getUint32(from, little), true);
  headers.setUint32(to + 4, file.getUint32(from + 4, little), true);
  headers.setUint32(to + 40, file.getUint32(from + 24, little), true);
  headers.setUint32(to + 44, file.getUint32(from + 28, little), true);
  putU64(headers, to + 8, file.getUint32(from + 8, little));
  putU64(headers, to + 16, file.getUint32(from + 12, little));
  putU64(headers, to + 24, file.getUint32(from + 16, little));
  putU64(headers, to + 32, file.getUint32(from + 20, little));
  putU64(headers, to + 48, file.getUint32(from + 32, little));
  putU64(headers, to + 56, file.getUint32(from + 36, little));
}

function sectionNames(view: View, headers: DataView, count: number, index: number, layout: ElfLayout): StringTable {
  if (index === 0) return stringTable(view, 0, 0, "section names");
  if (index >= count) refuse(view.place, "e_shstrndx", layout.shstrndx, `section ${index} of ${count}`);
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

/** A section's records; refused when its entry size or length is not what the format says. */
export function sectionRecords(view: View, section: Pick<Section, "name" | "offset" | "size" | "entrySize">, entry: number): DataView {
  if (section.entrySize !== entry)
    refuse(view.place, `sh_entsize of ${section.name}`, section.offset, `${section.entrySize} is not ${entry}`);
  if (section.size % entry !== 0)
    refuse(view.place, `sh_size of ${section.name}`, section.offset, `${section.size} is no multiple of ${entry}`);
  return records(view, section.offset, section.size / entry, entry, section.name);
}
