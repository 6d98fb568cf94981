/**
 * Owns Mach-O's relocation tables (Apple, <mach-o/reloc.h>, <mach-o/x86_64/reloc.h>, <mach-o/arm64/reloc.h>): the addend is
 * taken from the patched bytes or from the entry before, and says the place itself.
 */
import { A64_BRANCH_26, A64_ADDRESS, A64_IMMEDIATE_12 } from "./arm-fields.js";
import { type Field, type FieldOf, NUMBER_16, NUMBER_32, NUMBER_64, NUMBER_8 } from "./fields.js";
import { CPU_ARM64, CPU_X86_64 } from "./mach-o-layout.js";
import { type MachSection, isZeroes } from "./mach-o-sections.js";
import type { ObjectFile } from "./model.js";
import {
  BY_SECTION,
  NO_RELOCATIONS,
  RELOCATION_ENTRY,
  type RelocationTable,
  type Relocations,
  lazyRelocations,
  putRelocation,
  relocationTable,
} from "./relocations.js";
import { records, refuse, slice } from "./view.js";

const ENTRY = 8;
const ARM64_ADDEND = 10;
const SUBTRACTOR: Readonly<Record<number, number>> = { [CPU_X86_64]: 5, [CPU_ARM64]: 1 };
/** X86_64_RELOC_SIGNED_1, _2, _4: so many bytes of the instruction lie behind the field. */
const BEHIND: Readonly<Record<number, number>> = { 6: 1, 7: 2, 8: 4 };

type MachO = Omit<ObjectFile, "relocations" | "groups">;

export function machRelocations(object: MachO, sections: readonly MachSection[], cpu: number): Relocations {
  if (object.kind !== "relocatable") return NO_RELOCATIONS;
  const tables = new Map(sections.flatMap((section, index) => (section.relocationCount > 0 ? [[index + 1, section] as const] : [])));
  return lazyRelocations(tables, (section) => readTable(object, sections, section, cpu));
}

function readTable(object: MachO, sections: readonly MachSection[], section: MachSection, cpu: number): RelocationTable {
  const fieldOf = cpu === CPU_ARM64 ? arm64Field : numberOf;
  const file = records(object.view, section.relocations, section.relocationCount, ENTRY, `relocations of ${section.name}`);
  const bytes = isZeroes(section) ? Buffer.alloc(0) : slice(object.view, section.offset, section.size, section.name);
  const data = new DataView(new ArrayBuffer(section.relocationCount * RELOCATION_ENTRY));
  let count = 0;
  let given = 0;
  for (let at = 0; at < file.byteLength; at += ENTRY) {
    const entry = decode(object, file, at, section);
    if (cpu === CPU_ARM64 && entry.kind === ARM64_ADDEND) {
      given = (entry.number << 8) >> 8;
      continue;
    }
    const stored = storedAddend(object, entry, fieldOf, bytes, section);
    const isMinus = entry.kind === SUBTRACTOR[cpu];
    putRelocation(data, count++, relocation(object, sections, section, entry, isMinus ? 0 : stored + given, cpu));
    given = 0;
  }
  return relocationTable(new DataView(data.buffer, 0, count * RELOCATION_ENTRY), fieldOf);
}

interface Entry {
  readonly at: number;
  readonly offset: number;
  readonly number: number;
  readonly relative: boolean;
  readonly external: boolean;
  readonly kind: number;
  /** The model's type: kind, whether relative, length. */
  readonly type: number;
}

function decode(object: MachO, file: DataView, at: number, section: MachSection): Entry {
  const offset = file.getInt32(at, true);
  const word = file.getUint32(at + 4, true);
  if (offset < 0) refuse(object.place, "r_address", section.relocations + at, "scattered relocations belong to 32-bit files only");
  const kind = word >>> 28;
  const relative = (word & 0x100_0000) !== 0;
  const type = kind | (relative ? 0x10 : 0) | (((word >>> 25) & 3) << 5);
  return { at: section.relocations + at, offset, number: word & 0xff_ffff, relative, external: (word & 0x800_0000) !== 0, kind, type };
}

function storedAddend({ place }: MachO, entry: Entry, fieldOf: FieldOf, bytes: Buffer, section: MachSection): number {
  const field = fieldOf(entry.type);
  if (field === null) return 0;
  if (entry.offset + field.size > bytes.length)
    refuse(place, "r_address", entry.at, `${entry.offset} lies outside ${section.name}, which has ${bytes.length} bytes`);
  return field.addend(bytes, entry.offset, true);
}

function relocation(object: MachO, sections: readonly MachSection[], section: MachSection, entry: Entry, addend: number, cpu: number) {
  const { offset, type, number } = entry;
  const behind = cpu === CPU_X86_64 ? (BEHIND[entry.kind] ?? 0) : 0;
  if (entry.external) {
    if (number + 1 >= object.symbols.count)
      refuse(object.place, "r_symbolnum", entry.at + 4, `symbol ${number} of ${object.symbols.count - 1}`);
    return { offset, type, symbol: number + 1, addend: addend + behind };
  }
  if (number > sections.length) refuse(object.place, "r_symbolnum", entry.at + 4, `section ${number} of ${sections.length}`);
  const target = sections[number - 1];
  if (target === undefined) return { offset, type, symbol: 0, addend };
  const from = entry.relative ? section.address + offset + 4 + behind : 0;
  return { offset, type, symbol: BY_SECTION + number, addend: addend + from - target.address };
}

const NUMBERS = [NUMBER_8, NUMBER_16, NUMBER_32, NUMBER_64] as const;

function numberOf(type: number): Field | null {
  return NUMBERS[(type >>> 5) & 3] ?? null;
}

/** BRANCH26, PAGE21, PAGEOFF12 and their kin for GOT and thread-local variables; the rest are numbers. */
const ARM64_FIELDS: ReadonlyMap<number, Field> = new Map([
  [2, A64_BRANCH_26],
  [3, A64_ADDRESS],
  [4, A64_IMMEDIATE_12],
  [5, A64_ADDRESS],
  [6, A64_IMMEDIATE_12],
  [8, A64_ADDRESS],
  [9, A64_IMMEDIATE_12],
]);

function arm64Field(type: number): Field | null {
  const kind = type & 0xf;
  if (kind === ARM64_ADDEND) return null;
  return ARM64_FIELDS.get(kind) ?? numberOf(type);
}
