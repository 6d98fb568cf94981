/**
 * Owns COFF's relocation tables (Microsoft, "PE Format"): the addend is taken from the patched bytes. Exact for x86-64, i386,
 * AArch64 and ARM with Thumb code; a processor beyond these has its bytes taken as they are.
 */
import { A64_ADDRESS, A64_BRANCH_14, A64_BRANCH_19, A64_BRANCH_26, A64_IMMEDIATE_12, A64_OFFSET_12 } from "./arm-fields.js";
import { THUMB_BRANCH, THUMB_BRANCH_20, THUMB_MOVE_PAIR } from "./arm-fields.js";
import { COFF_RELOCATION } from "./coff-layout.js";
import { type CoffSection, isZeroes } from "./coff-sections.js";
import { type FieldOf, NUMBER_16, NUMBER_32, NUMBER_64, NUMBER_8, fieldTable } from "./fields.js";
import type { ObjectFile } from "./model.js";
import { EM_386, EM_AARCH64, EM_ARM, EM_X86_64 } from "./processors.js";
import {
  RELOCATION_ENTRY,
  type RelocationTable,
  type Relocations,
  lazyRelocations,
  putRelocation,
  relocationTable,
} from "./relocations.js";
import { records, refuse, slice } from "./view.js";

const FIELDS: ReadonlyMap<number, FieldOf> = new Map([
  [
    EM_X86_64,
    fieldTable([
      [NUMBER_64, [1]],
      [NUMBER_32, [2, 3, 4, 5, 6, 7, 8, 9, 11, 14]],
      [NUMBER_16, [10]],
      [NUMBER_8, [12]],
    ]),
  ],
  [
    EM_386,
    fieldTable([
      [NUMBER_32, [6, 7, 11, 20]],
      [NUMBER_16, [1, 2, 10]],
      [NUMBER_8, [13]],
    ]),
  ],
  [
    EM_AARCH64,
    fieldTable([
      [NUMBER_64, [14]],
      [NUMBER_32, [1, 2, 8, 17]],
      [NUMBER_16, [13]],
      [A64_BRANCH_26, [3]],
      [A64_BRANCH_19, [15]],
      [A64_BRANCH_14, [16]],
      [A64_ADDRESS, [4, 5]],
      [A64_IMMEDIATE_12, [6, 9, 10]],
      [A64_OFFSET_12, [7, 11]],
    ]),
  ],
  [
    EM_ARM,
    fieldTable([
      [NUMBER_32, [1, 2, 10, 15]],
      [NUMBER_16, [14]],
      [THUMB_MOVE_PAIR, [17]],
      [THUMB_BRANCH_20, [18]],
      [THUMB_BRANCH, [20, 21]],
    ]),
  ],
]);

type Coff = Omit<ObjectFile, "relocations" | "groups">;

export function coffRelocations(object: Coff, sections: readonly CoffSection[], entryOf: Uint32Array): Relocations {
  const fieldOf = FIELDS.get(object.machine) ?? (() => null);
  const tables = new Map(sections.flatMap((section, index) => (section.relocationCount > 0 ? [[index + 1, section] as const] : [])));
  return lazyRelocations(tables, (section) => readTable(object, section, entryOf, fieldOf));
}

function readTable(object: Coff, section: CoffSection, entryOf: Uint32Array, fieldOf: FieldOf): RelocationTable {
  const { place, view } = object;
  const file = records(view, section.relocations, section.relocationCount, COFF_RELOCATION, `relocations of ${section.name}`);
  const bytes = isZeroes(section) ? Buffer.alloc(0) : slice(view, section.offset, section.size, section.name);
  const data = new DataView(new ArrayBuffer(section.relocationCount * RELOCATION_ENTRY));
  for (let index = 0; index < section.relocationCount; index++) {
    const at = index * COFF_RELOCATION;
    const offset = file.getUint32(at, true);
    const record = file.getUint32(at + 4, true);
    const type = file.getUint16(at + 8, true);
    const symbol = entryOf[record] ?? 0;
    if (symbol === 0) refuse(place, "SymbolTableIndex", section.relocations + at + 4, `${record} is no symbol of ${entryOf.length}`);
    const field = fieldOf(type);
    if (field !== null && offset + field.size > bytes.length)
      refuse(place, "VirtualAddress", section.relocations + at, `${offset} lies outside ${section.name}, which has ${bytes.length} bytes`);
    putRelocation(data, index, { offset, type, symbol, addend: field === null ? 0 : field.addend(bytes, offset, true) });
  }
  return relocationTable(data, fieldOf);
}
