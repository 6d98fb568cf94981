/** Owns relocation tables, whatever the format: the entries that patch a range of a section, as 64-bit little-endian ELF has them. */
import type { FieldOf } from "./fields.js";
import { putU64 } from "./sections.js";
import { readU64 } from "./view.js";

/** Offset (8 bytes), type (4), symbol (4), addend (8). */
export const RELOCATION_ENTRY = 24;

/** Added to a section's number where an entry names a section instead of a symbol. */
export const BY_SECTION = 0x8000_0000;

/** One section's relocations, sorted by where they patch. */
export interface RelocationTable {
  readonly data: DataView;
  readonly count: number;
  /** What each entry patches, where the patched bytes also hold the addend; null where they hold nothing. */
  readonly fieldOf: FieldOf | null;
  /** Entry numbers in order of their offsets, null when the file has them in order, undefined before it was looked at. */
  order: Float64Array | null | undefined;
}

/** The relocation tables of an object by the section that they patch; each is read when first asked for. */
export interface Relocations {
  readonly get: (section: number) => RelocationTable | undefined;
}

export function relocationTable(data: DataView, fieldOf: FieldOf | null): RelocationTable {
  return { data, count: data.byteLength / RELOCATION_ENTRY, fieldOf, order: undefined };
}

/** The tables of an object that has none. */
export const NO_RELOCATIONS: Relocations = { get: () => undefined };

/** Per section that is patched what its table is read by. */
export function lazyRelocations<T>(sources: ReadonlyMap<number, T>, read: (source: T) => RelocationTable): Relocations {
  const tables = new Map<number, RelocationTable>();
  function get(section: number): RelocationTable | undefined {
    const known = tables.get(section);
    if (known !== undefined) return known;
    const source = sources.get(section);
    if (source === undefined) return undefined;
    const table = read(source);
    tables.set(section, table);
    return table;
  }
  return { get };
}

export interface RelocationFields {
  readonly offset: number;
  readonly type: number;
  readonly symbol: number;
  readonly addend: number;
}

export function putRelocation(data: DataView, index: number, { offset, type, symbol, addend }: RelocationFields): void {
  const at = index * RELOCATION_ENTRY;
  putU64(data, at, offset);
  data.setUint32(at + 8, type, true);
  data.setUint32(at + 12, symbol, true);
  putAddend(data, at, addend);
}

export function putAddend(data: DataView, at: number, addend: number): void {
  data.setUint32(at + 16, addend >>> 0, true);
  data.setInt32(at + 20, Math.floor(addend / 0x1_0000_0000), true);
}

/** The addend of the entry that starts at `at`. */
export function addendAt(data: DataView, at: number): number {
  return data.getInt32(at + 20, true) * 0x1_0000_0000 + data.getUint32(at + 16, true);
}

function orderIn(table: RelocationTable): Float64Array | null {
  const order = isSorted(table) ? null : orderOf(table);
  table.order = order;
  return order;
}

function isSorted({ data, count }: RelocationTable): boolean {
  let last = -1;
  for (let index = 0; index < count; index++) {
    const offset = readU64(data, index * RELOCATION_ENTRY);
    if (offset < last) return false;
    last = offset;
  }
  return true;
}

/** Sorted as numbers where offset and index fit one together, which they do in any real object. */
function orderOf({ data, count }: RelocationTable): Float64Array {
  const keys = new Float64Array(count);
  let largest = 0;
  for (let index = 0; index < count; index++) {
    const offset = readU64(data, index * RELOCATION_ENTRY);
    largest = Math.max(largest, offset);
    keys[index] = offset * count + index;
  }
  if (largest * count + count <= Number.MAX_SAFE_INTEGER) {
    if (!sortNearly(keys)) keys.sort();
    for (let at = 0; at < count; at++) keys[at] = (keys[at] ?? 0) - Math.floor((keys[at] ?? 0) / count) * count;
    return keys;
  }
  const order = Float64Array.from({ length: count }, (_, index) => index);
  return order.toSorted((a, b) => readU64(data, a * RELOCATION_ENTRY) - readU64(data, b * RELOCATION_ENTRY) || a - b);
}

/** Sorts by insertion what is nearly sorted, as assemblers leave it; false when that would take long. */
function sortNearly(keys: Float64Array): boolean {
  let moves = keys.length * 4;
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index] ?? 0;
    let at = index;
    for (; at > 0 && (keys[at - 1] ?? 0) > key; at--) keys[at] = keys[at - 1] ?? 0;
    keys[at] = key;
    moves -= index - at;
    if (moves < 0) return false;
  }
  return true;
}

/** Where entry number `index`, in order of offsets, starts in the table's data. */
export function entryStart(table: RelocationTable, index: number): number {
  const order = table.order === undefined ? orderIn(table) : table.order;
  return (order === null ? index : (order[index] ?? 0)) * RELOCATION_ENTRY;
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
