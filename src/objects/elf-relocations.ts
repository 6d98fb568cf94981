/** Owns ELF relocation tables, of all widths, with and without addends of their own (System V ABI, "Relocation"). */
import { compactRelocations } from "./crel.js";
import { sectionRecords } from "./elf-header.js";
import { MIPS_HIGH, MIPS_LOW, elfFields } from "./elf-fields.js";
import { type ElfLayout, isModelLayout } from "./elf-layout.js";
import type { FieldOf } from "./fields.js";
import type { ObjectFile, Section } from "./model.js";
import { EM_MIPS } from "./processors.js";
import {
  NO_RELOCATIONS,
  RELOCATION_ENTRY,
  type RelocationTable,
  type Relocations,
  addendAt,
  lazyRelocations,
  putAddend,
  putRelocation,
  relocationTable,
} from "./relocations.js";
import { SECTION_HEADER, SHT_NOBITS, sectionAt, sectionType } from "./sections.js";
import { sectionContents } from "./section-contents.js";
import { readU64, records, refuse } from "./view.js";

const SHT_RELA = 4;
const SHT_REL = 9;
const SHT_CREL = 0x4000_0014;

type Elf = Omit<ObjectFile, "relocations" | "groups">;

export function elfRelocations(object: Elf, layout: ElfLayout): Relocations {
  if (object.kind !== "relocatable") return NO_RELOCATIONS;
  const { count, headers } = object.sections;
  const tables = new Map<number, number>();
  for (let index = 1; index < count; index++) {
    const type = sectionType(object.sections, index);
    if (type !== SHT_RELA && type !== SHT_REL && type !== SHT_CREL) continue;
    const target = headers.getUint32(index * SECTION_HEADER + 44, true);
    if (tables.has(target)) refuse(object.place, `sh_info of section ${index}`, 0, `section ${target} has two relocation tables`);
    tables.set(target, index);
  }
  const isPlain = isModelLayout(layout) && object.machine !== EM_MIPS;
  return lazyRelocations(
    tables,
    (index) =>
      (isPlain ? plainTable(object, index) : undefined) ?? readTable(object, layout, sectionAt(object.view, object.sections, index)),
  );
}

/** A table that is used as it lies in the file, without a look at the section's name; undefined where it is none, or unsound. */
function plainTable({ view, sections: { headers } }: Elf, index: number): RelocationTable | undefined {
  const at = index * SECTION_HEADER;
  const size = readU64(headers, at + 32);
  if (headers.getUint32(at + 4, true) !== SHT_RELA || size % RELOCATION_ENTRY !== 0 || readU64(headers, at + 56) !== RELOCATION_ENTRY)
    return undefined;
  return relocationTable(records(view, readU64(headers, at + 24), size / RELOCATION_ENTRY, RELOCATION_ENTRY, "relocations"), null);
}

function readTable(object: Elf, layout: ElfLayout, section: Section): RelocationTable {
  if (section.type === SHT_CREL) {
    const { data, addends } = compactRelocations(object.view, section, layout.bits);
    return withAddends(object, section, data, addends);
  }
  const addends = section.type === SHT_RELA;
  const file = sectionRecords(object.view, section, addends ? layout.rela : layout.rel);
  const isMips64 = object.machine === EM_MIPS && layout.bits === 64;
  if (isModelLayout(layout) && addends && !isMips64) return relocationTable(file, null);
  const entry = addends ? layout.rela : layout.rel;
  const data = new DataView(new ArrayBuffer((file.byteLength / entry) * RELOCATION_ENTRY));
  for (let index = 0; index * entry < file.byteLength; index++) {
    putRelocation(data, index, decode(file, index * entry, layout, addends, isMips64));
  }
  return withAddends(object, section, data, addends);
}

/** Addends that the table does not hold lie in the patched bytes. */
function withAddends(object: Elf, section: Section, data: DataView, addends: boolean): RelocationTable {
  if (addends) return relocationTable(data, null);
  const fieldOf = elfFields(object.machine);
  takeAddends(object, section, data, fieldOf);
  return relocationTable(data, fieldOf);
}

interface Decoded {
  readonly offset: number;
  readonly type: number;
  readonly symbol: number;
  readonly addend: number;
}

function decode(file: DataView, at: number, layout: ElfLayout, addends: boolean, isMips64: boolean): Decoded {
  const little = layout.littleEndian;
  if (layout.bits === 32) {
    const info = file.getUint32(at + 4, little);
    const addend = addends ? file.getInt32(at + 8, little) : 0;
    return { offset: file.getUint32(at, little), type: info & 0xff, symbol: info >>> 8, addend };
  }
  const [high, low] = little ? [20, 16] : [16, 20];
  const addend = addends ? file.getInt32(at + high, little) * 0x1_0000_0000 + file.getUint32(at + low, little) : 0;
  const offset = readU64(file, at, little);
  // MIPS: the symbol, then four bytes with up to three types, in this order whatever the byte order.
  if (isMips64) return { offset, type: file.getUint32(at + 12), symbol: file.getUint32(at + 8, little), addend };
  const [type, symbol] = little ? [8, 12] : [12, 8];
  return { offset, type: file.getUint32(at + type, little), symbol: file.getUint32(at + symbol, little), addend };
}

/** Fills in the addends that lie in the patched bytes. */
function takeAddends(object: Elf, table: Section, data: DataView, fieldOf: FieldOf): void {
  const target = sectionAt(object.view, object.sections, table.info);
  if (target.type === SHT_NOBITS) return;
  const bytes = sectionContents(object, target);
  for (let at = 0; at < data.byteLength; at += RELOCATION_ENTRY) {
    const field = fieldOf(data.getUint32(at + 8, true));
    if (field === null) continue;
    const offset = readU64(data, at);
    if (offset + field.size > bytes.length)
      refuse(
        object.place,
        `r_offset in ${table.name}`,
        table.offset,
        `${offset} lies outside ${target.name}, which has ${bytes.length} bytes`,
      );
    putAddend(data, at, field.addend(bytes, offset, object.littleEndian));
  }
  if (object.machine === EM_MIPS) joinMipsHalves(data);
}

/** The two halves of an address make one addend. */
function joinMipsHalves(data: DataView): void {
  const open = new Map<number, number[]>();
  let last = { symbol: -1, high: 0 };
  for (let at = 0; at < data.byteLength; at += RELOCATION_ENTRY) {
    const type = data.getUint32(at + 8, true);
    const symbol = data.getUint32(at + 12, true);
    if (MIPS_HIGH.has(type)) {
      open.set(symbol, [...(open.get(symbol)?.slice(-MOST_OPEN) ?? []), at]);
      last = { symbol, high: addendAt(data, at) * 0x1_0000 };
    } else if (type === MIPS_LOW) {
      const low = addendAt(data, at);
      for (const high of open.get(symbol) ?? []) putAddend(data, high, addendAt(data, high) * 0x1_0000 + low);
      open.delete(symbol);
      if (last.symbol === symbol) putAddend(data, at, last.high + low);
    }
  }
}

/** Upper halves that wait for one lower half; compilers have two or three. */
const MOST_OPEN = 64;
