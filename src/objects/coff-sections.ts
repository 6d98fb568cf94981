/** Owns COFF's sections: their headers, in the model's layout and with what relocations need. */
import { type CoffHeader, SECTION_RECORD } from "./coff-layout.js";
import type { SectionTable } from "./model.js";
import { SHF_ALLOC, SHF_CODE, SHF_WRITE, SHT_NOBITS, SHT_PROGBITS, newHeaders, putHeader } from "./sections.js";
import { type StringTable, stringAt, tableOfBytes } from "./strings.js";
import { type View, records, refuse } from "./view.js";

export interface CoffSection {
  readonly name: string;
  readonly size: number;
  readonly offset: number;
  readonly relocations: number;
  readonly relocationCount: number;
  readonly flags: number;
}

const UNINITIALIZED = 0x80;
const CODE = 0x20;
const REMOVE = 0x800;
export const COMDAT = 0x1000;
const EXECUTE = 0x2000_0000;
const WRITE = 0x8000_0000;
/** More than 65,534 relocations: their number lies in the first of them. */
const MANY_RELOCATIONS = 0x100_0000;

export function readCoffSections(view: View, header: CoffHeader, strings: StringTable): CoffSection[] {
  const file = records(view, header.sections, header.sectionCount, SECTION_RECORD, "section headers");
  return Array.from({ length: header.sectionCount }, (_, index) => {
    const at = index * SECTION_RECORD;
    const flags = file.getUint32(at + 36, true);
    const relocations = file.getUint32(at + 24, true);
    const count = file.getUint16(at + 32, true);
    const isMany = count === 0xffff && (flags >>> 0) % (2 * MANY_RELOCATIONS) >= MANY_RELOCATIONS;
    return {
      name: sectionName(view, file, at, header.sections + at, strings),
      size: file.getUint32(at + 16, true),
      offset: file.getUint32(at + 20, true),
      flags,
      ...(isMany ? manyRelocations(view, relocations) : { relocations, relocationCount: count }),
    };
  });
}

function manyRelocations(view: View, offset: number): { relocations: number; relocationCount: number } {
  const count = records(view, offset, 1, 10, "first relocation").getUint32(0, true);
  if (count === 0) refuse(view.place, "VirtualAddress of the first relocation", offset, "it should say how many there are");
  return { relocations: offset + 10, relocationCount: count - 1 };
}

/** Eight bytes; or `/` and an index into the string table in decimal, or `//` and one in base 64. */
function sectionName(view: View, file: DataView, at: number, place: number, strings: StringTable): string {
  const bytes = Buffer.from(file.buffer, file.byteOffset + at, 8);
  const end = bytes.indexOf(0);
  const name = bytes.toString("latin1", 0, end < 0 ? 8 : end);
  if (!/^\/(\d+|\/[A-Za-z0-9+/]+)$/.test(name)) return name;
  const index = name.startsWith("//") ? base64Number(name.slice(2)) : Number(name.slice(1));
  if (index >= strings.bytes.length) refuse(view.place, "section name", place, `index ${index} lies outside the string table`);
  return stringAt(strings, index);
}

function base64Number(digits: string): number {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return [...digits].reduce((value, digit) => value * 64 + alphabet.indexOf(digit), 0);
}

export function isZeroes({ flags }: CoffSection): boolean {
  return (flags & UNINITIALIZED) !== 0;
}

/** Headers in the model's layout. */
export function coffSectionTable(view: View, sections: readonly CoffSection[]): SectionTable {
  const headers = newHeaders(sections.length);
  const names = ["\0"];
  let length = 1;
  for (const [index, section] of sections.entries()) {
    putHeader(headers, index + 1, {
      name: length,
      type: isZeroes(section) ? SHT_NOBITS : SHT_PROGBITS,
      flags: modelFlags(section.flags),
      address: 0,
      offset: section.offset,
      size: section.size,
      alignment: 2 ** Math.max(((section.flags >>> 20) & 15) - 1, 0),
      entrySize: 0,
    });
    names.push(`${section.name}\0`);
    length += Buffer.byteLength(section.name) + 1;
  }
  return { count: sections.length + 1, headers, names: tableOfBytes(view.place, Buffer.from(names.join("")), 0, "section names") };
}

function modelFlags(flags: number): number {
  const allocated = (flags & REMOVE) === 0 ? SHF_ALLOC : 0;
  const code = (flags & (CODE | EXECUTE)) === 0 ? 0 : SHF_CODE;
  return allocated | code | ((flags & WRITE) === 0 ? 0 : SHF_WRITE);
}
