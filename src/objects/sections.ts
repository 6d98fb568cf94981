/** Owns the one layout of section headers, and access to them: that of 64-bit little-endian ELF. */
import type { ObjectFile, Section, SectionTable } from "./model.js";
import { stringAt } from "./strings.js";
import { type View, readU64, records, refuse } from "./view.js";

export const SECTION_HEADER = 64;
export const SHT_PROGBITS = 1;
export const SHT_NOBITS = 8;
export const SHF_WRITE = 0x1;
export const SHF_ALLOC = 0x2;
export const SHF_CODE = 0x4;
export const SHF_MERGE = 0x10;
export const SHF_STRINGS = 0x20;
export const SHF_GROUP = 0x200;

/** Only the type, for scans over all sections; `index` must be below `count`. */
export function sectionType(sections: SectionTable, index: number): number {
  return sections.headers.getUint32(index * SECTION_HEADER + 4, true);
}

/** A section's header decoded. Its bytes are not checked here: see `sectionWords` and `sectionContents`. */
export function sectionAt(view: View, sections: SectionTable, index: number): Section {
  if (index >= sections.count) refuse(view.place, "section index", 0, `section ${index} of ${sections.count}`);
  const { headers, names } = sections;
  const at = index * SECTION_HEADER;
  return {
    name: stringAt(names, headers.getUint32(at, true)),
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

/** A section's bytes as words of four bytes, in the object's own byte order; refuses one that lies outside the file. */
export function sectionWords(view: View, section: Section): DataView {
  return records(view, section.offset, Math.floor(section.size / 4), 4, section.name);
}

/** What a reader of another format says of a section; `name` is an index into the table of names. */
export interface HeaderFields {
  readonly name: number;
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly link?: number;
  readonly info?: number;
  readonly alignment: number;
  readonly entrySize: number;
}

/** Room for `count` headers beside the empty first one. */
export function newHeaders(count: number): DataView {
  return new DataView(new ArrayBuffer((count + 1) * SECTION_HEADER));
}

export function putHeader(headers: DataView, index: number, fields: HeaderFields): void {
  const at = index * SECTION_HEADER;
  headers.setUint32(at, fields.name, true);
  headers.setUint32(at + 4, fields.type, true);
  putU64(headers, at + 8, fields.flags);
  putU64(headers, at + 16, fields.address);
  putU64(headers, at + 24, fields.offset);
  putU64(headers, at + 32, fields.size);
  headers.setUint32(at + 40, fields.link ?? 0, true);
  headers.setUint32(at + 44, fields.info ?? 0, true);
  putU64(headers, at + 48, fields.alignment);
  putU64(headers, at + 56, fields.entrySize);
}

export function putU64(data: DataView, at: number, value: number): void {
  data.setUint32(at, value % 0x1_0000_0000, true);
  data.setUint32(at + 4, Math.floor(value / 0x1_0000_0000) % 0x1_0000_0000, true);
}

/** Whether the object has a section whose name begins so. */
export function hasSection(object: Pick<ObjectFile, "view" | "sections">, prefix: string): boolean {
  for (let index = 1; index < object.sections.count; index++) {
    if (sectionAt(object.view, object.sections, index).name.startsWith(prefix)) return true;
  }
  return false;
}

/** Which of these names sections of the object have that are loaded into a program. */
export function loadedSections(object: Pick<ObjectFile, "view" | "sections">, names: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  for (let index = 1; index < object.sections.count; index++) {
    const { name, flags } = sectionAt(object.view, object.sections, index);
    if ((flags & SHF_ALLOC) !== 0 && names.has(name)) found.add(name);
  }
  return [...found];
}
