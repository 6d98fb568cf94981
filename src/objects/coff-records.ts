/** Owns COFF's symbol records as they lie in the file: primary ones with their auxiliary ones (Microsoft, "PE Format"). */
import type { CoffHeader } from "./coff-layout.js";
import { type View, records, refuse } from "./view.js";

/** A view of the file's table, read through the functions below. */
export interface CoffRecords {
  readonly data: DataView;
  readonly entry: 18 | 20;
  readonly count: number;
  /** Where the table lies in the object, for messages. */
  readonly offset: number;
  /** Record numbers of the primary records, in order. */
  readonly primary: Uint32Array;
}

export function readRecords(view: View, header: CoffHeader): CoffRecords {
  const { symbols: offset, symbolCount: count, symbolEntry: entry } = header;
  const data = records(view, offset, count, entry, "symbol table");
  const primary = new Uint32Array(count);
  let found = 0;
  for (let record = 0; record < count;) {
    const auxiliary = data.getUint8(record * entry + entry - 1);
    if (record + auxiliary >= count)
      refuse(
        view.place,
        "NumberOfAuxSymbols",
        offset + record * entry + entry - 1,
        `${auxiliary} records do not fit into the table of ${count}`,
      );
    primary[found++] = record;
    record += 1 + auxiliary;
  }
  return { data, entry, count, offset, primary: primary.subarray(0, found) };
}

export function valueOf({ data, entry }: CoffRecords, record: number): number {
  return data.getUint32(record * entry + 8, true);
}

/** One-based; 0 undefined or common, -1 absolute, -2 for debuggers. */
export function sectionOf({ data, entry }: CoffRecords, record: number): number {
  return entry === 18 ? wideNumber(data.getUint16(record * entry + 12, true)) : data.getInt32(record * entry + 12, true);
}

/** Plain objects have up to 65,279 sections; numbers above are negative. */
function wideNumber(number: number): number {
  return number > 0xfeff ? number - 0x1_0000 : number;
}

/** 0x20 for a function, else 0. */
export function typeOf({ data, entry }: CoffRecords, record: number): number {
  return data.getUint16(record * entry + entry - 4, true);
}

export function storageOf({ data, entry }: CoffRecords, record: number): number {
  return data.getUint8(record * entry + entry - 2);
}

export function auxiliaries({ data, entry }: CoffRecords, record: number): number {
  return data.getUint8(record * entry + entry - 1);
}

/** Where the first auxiliary record starts in the table's data. */
export function auxiliaryAt({ entry }: CoffRecords, record: number): number {
  return (record + 1) * entry;
}

/** Index into the string table, or -1 for a name of up to eight bytes in the record itself. */
export function longName({ data, entry }: CoffRecords, record: number): number {
  return data.getUint32(record * entry, true) === 0 ? data.getUint32(record * entry + 4, true) : -1;
}
