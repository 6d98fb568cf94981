/** Owns COFF's COMDAT sections: their selection, their leader, and the sections that hang on another (Microsoft, "PE Format"). */
import { type CoffRecords, auxiliaries, auxiliaryAt, sectionOf, storageOf, typeOf, valueOf } from "./coff-records.js";
import { COMDAT, type CoffSection } from "./coff-sections.js";

const STATIC = 3;
const NO_DUPLICATES = 1;
const ASSOCIATIVE = 5;

export interface Comdats {
  /** Per section (one-based) the selection, or 0. */
  readonly selection: Uint8Array;
  /** Per section the one that it hangs on, or 0. */
  readonly parent: Uint32Array;
  /** Per section the record that names it, or -1. */
  readonly leader: Int32Array;
}

export function comdatsOf(table: CoffRecords, sections: readonly CoffSection[]): Comdats {
  const selection = new Uint8Array(sections.length + 1);
  const parent = new Uint32Array(sections.length + 1);
  const leader = new Int32Array(sections.length + 1).fill(-1);
  for (const record of table.primary) {
    const section = sectionOf(table, record);
    if (section <= 0 || ((sections[section - 1]?.flags ?? 0) & COMDAT) === 0) continue;
    if (selection[section] === 0 && isDefinition(table, record)) {
      const at = auxiliaryAt(table, record);
      const kind = table.data.getUint8(at + 14);
      selection[section] = kind;
      if (kind === ASSOCIATIVE) parent[section] = associate(table, at, sections.length);
    } else if (leader[section] === -1 && selection[section] !== 0) leader[section] = record;
  }
  return { selection, parent, leader };
}

/** A section's own symbol, with a section definition behind it. */
export function isDefinition(table: CoffRecords, record: number): boolean {
  return (
    storageOf(table, record) === STATIC && auxiliaries(table, record) > 0 && valueOf(table, record) === 0 && typeOf(table, record) === 0
  );
}

/** Big objects have two more bytes for it. */
function associate({ data, entry }: CoffRecords, at: number, count: number): number {
  const number = data.getUint16(at + 12, true) + (entry === 20 ? data.getUint16(at + 16, true) * 0x1_0000 : 0);
  return number <= count ? number : 0;
}

/** Whether a linker may drop the section for one of the same name in another object. */
export function isReplaceable({ selection, parent }: Comdats, section: number): boolean {
  const root = rootOf({ selection, parent }, section);
  const kind = selection[root] ?? 0;
  return kind !== 0 && kind !== NO_DUPLICATES;
}

/** The section that a chain of associations ends at; a chain in a ring ends where it was left. */
export function rootOf({ selection, parent }: Pick<Comdats, "selection" | "parent">, section: number): number {
  let root = section;
  for (let steps = 0; selection[root] === ASSOCIATIVE && (parent[root] ?? 0) !== 0 && steps < 16; steps++) root = parent[root] ?? 0;
  return root;
}
