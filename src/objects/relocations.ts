/** Owns ELF relocation tables: the entries that patch a range of a section (System V ABI, "Relocation"). */
import { sectionAt, sectionRecords, sectionType } from "./elf-header.js";
import type { ObjectFile } from "./model.js";
import { readU64, refuse } from "./view.js";

const SHT_RELA = 4;
const SHT_REL = 9;
const SHT_CREL = 0x4000_0014;

/** One section's relocations, sorted by where they patch. */
export interface RelocationTable {
  readonly data: DataView;
  readonly entry: number;
  /** Whether entries bear an addend of their own (else it lies in the patched bytes). */
  readonly addends: boolean;
  readonly count: number;
  /** Entry numbers in order of their offsets, null when the file has them in order, undefined before it was looked at. */
  order: Uint32Array | null | undefined;
}

/** The relocation tables of an object by the section that they patch. */
export type Relocations = ReadonlyMap<number, RelocationTable>;

export function relocationsOf(object: ObjectFile): Relocations {
  const tables = new Map<number, RelocationTable>();
  if (object.kind !== "relocatable") return tables;
  for (let index = 1; index < object.sections.count; index++) {
    const type = sectionType(object.sections, index);
    if (type === SHT_CREL)
      refuse(object.place, `sh_type of section ${index}`, 0, "compact relocations are not read", "build without --crel");
    if (type !== SHT_RELA && type !== SHT_REL) continue;
    const section = sectionAt(object.view, object.sections, index);
    if (tables.has(section.info)) refuse(object.place, section.name, section.offset, `section ${section.info} has two relocation tables`);
    const entry = type === SHT_RELA ? 24 : 16;
    tables.set(section.info, tableOf(sectionRecords(object.view, section, entry), entry));
  }
  return tables;
}

function tableOf(data: DataView, entry: number): RelocationTable {
  const count = data.byteLength / entry;
  return { data, entry, addends: entry === 24, count, order: undefined };
}

function orderIn(table: RelocationTable): Uint32Array | null {
  const { data, entry, count } = table;
  const order = isSorted(data, entry, count) ? null : orderOf(data, entry, count);
  table.order = order;
  return order;
}

function isSorted(data: DataView, entry: number, count: number): boolean {
  let last = -1;
  for (let index = 0; index < count; index++) {
    const offset = readU64(data, index * entry);
    if (offset < last) return false;
    last = offset;
  }
  return true;
}

function orderOf(data: DataView, entry: number, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  return order.toSorted((a, b) => readU64(data, a * entry) - readU64(data, b * entry) || a - b);
}

/** Where entry number `index`, in order of offsets, starts in the table's data. */
export function entryStart(table: RelocationTable, index: number): number {
  const order = table.order === undefined ? orderIn(table) : table.order;
  return (order === null ? index : (order[index] ?? 0)) * table.entry;
}

/** The number, in order of offsets, of the first entry that patches at or after `offset`. */
export function firstFrom(table: RelocationTable, offset: number): number {
  let low = 0;
  let high = table.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (readU64(table.data, entryStart(table, middle)) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
