/** Owns the relocation of debug sections in relocatable objects, whose offsets into other sections the linker would fill in. */
import type { ObjectFile } from "../model.js";
import { RELOCATION_ENTRY, type RelocationTable, addendAt } from "../relocations.js";
import { symbolValue } from "../symbols.js";
import { readU64 } from "../view.js";
import { type Bytes, bytesOf, refuseAt } from "./cursor.js";

/** What a relocation does to a debug section: fills 4 or 8 bytes with symbol and addend, or nothing that is read here. */
interface Machine {
  readonly words: ReadonlySet<number>;
  readonly longs: ReadonlySet<number>;
  readonly others: ReadonlySet<number>;
}

function machine(words: readonly number[], longs: readonly number[], others: readonly number[] = []): Machine {
  return { words: new Set(words), longs: new Set(longs), others: new Set(others) };
}

/** RISC-V's sums and differences (code lengths, line tables): R_RISCV_ADD8 to SUB64, SUB6 to SET32, the ULEB128 pair. */
const RISCV_SUMS = [33, 34, 35, 36, 37, 38, 39, 40, 52, 53, 54, 55, 56, 60, 61];
/** LoongArch's: ADD8 to SUB64, RELAX, ADD6 to the ULEB128 pair. */
const LOONGARCH_SUMS = [47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 100, 105, 106, 107, 108];

/** By e_machine: absolute relocations of 4 and 8 bytes, and those of thread-local variables or code lengths. */
const MACHINES: ReadonlyMap<number, Machine> = new Map([
  [3, machine([1, 32], [], [0])], // i386: R_386_32, R_386_TLS_LDO_32
  [8, machine([2, 38], [18, 39], [0])], // MIPS: R_MIPS_32, R_MIPS_64, TLS
  [20, machine([1, 78], [], [0])], // PowerPC
  [21, machine([1], [38, 78], [0])], // PowerPC 64
  [22, machine([4], [22], [0])], // s390
  [40, machine([2], [], [0, 107])], // ARM: R_ARM_ABS32, R_ARM_TLS_LDO32
  [62, machine([10, 11, 21], [1, 17], [0])], // x86-64: R_X86_64_32, 32S, DTPOFF32, 64, DTPOFF64
  [183, machine([258], [257, 1028, 1029], [0])], // AArch64: ABS32, ABS64, TLS
  [243, machine([1, 8], [2, 9], [0, 51, ...RISCV_SUMS])], // RISC-V: 32, DTPREL32, 64, DTPREL64, RELAX
  [258, machine([1, 8], [2, 9], [0, ...LOONGARCH_SUMS])], // LoongArch
]);

/** COFF's offset in a section (SECREL) by processor, with the addend in place; its other relocations only tell addresses. */
const SECTION_OFFSETS: ReadonlyMap<number, number> = new Map([
  [3, 0x0b],
  [40, 0x0f],
  [62, 0x0b],
  [183, 0x08],
]);

/**
 * The section with all its relocations done, in a copy. Refuses an ELF relocation that is not known, since a name may depend on
 * it. In Mach-O objects offsets into debug sections are whole as they are.
 */
export function relocated(object: ObjectFile, source: Bytes, table: RelocationTable | undefined): Bytes {
  if (table === undefined || table.count === 0 || object.format === "mach-o") return source;
  const known = MACHINES.get(object.machine);
  if (known === undefined) {
    refuseAt(
      source,
      "relocations",
      0,
      `those of machine ${object.machine} are not known in debug sections`,
      "give the linked file instead",
    );
  }
  const copy = bytesOf(source.name, source.place, Buffer.from(source.bytes), source.little);
  const target: Target = { object, copy, table, known };
  for (let index = 0; index < table.count; index++) relocate(target, index * RELOCATION_ENTRY);
  return copy;
}

interface Target {
  readonly object: ObjectFile;
  readonly copy: Bytes;
  readonly table: RelocationTable;
  readonly known: Machine;
}

function relocate(target: Target, at: number): void {
  const { object, copy, table } = target;
  const { data } = table;
  const offset = readU64(data, at);
  const size = sizeOf(target, data.getUint32(at + 8, true), offset);
  if (size === 0) return;
  if (offset + size > copy.bytes.length) refuseAt(copy, "r_offset", offset, `the section ends at ${copy.bytes.length}`);
  const symbol = data.getUint32(at + 12, true);
  if (symbol >= object.symbols.count) refuseAt(copy, "r_info", offset, `symbol ${symbol} of ${object.symbols.count}`);
  const inPlace = object.format === "coff" || table.fieldOf !== null;
  const addend = inPlace ? copy.data.getUint32(copy.little || size === 4 ? offset : offset + 4, copy.little) : addendAt(data, at);
  put(copy, offset, size, symbolValue(object.symbols, symbol) + addend);
}

/** The bytes that a relocation fills; 0 for one that says nothing about types. */
function sizeOf({ object, copy, known }: Target, type: number, offset: number): number {
  if (object.format === "coff") return SECTION_OFFSETS.get(object.machine) === type ? 4 : 0;
  if (known.words.has(type)) return 4;
  if (known.longs.has(type)) return 8;
  if (known.others.has(type)) return 0;
  return refuseAt(copy, "r_info", offset, `relocation ${type} is not known in a debug section`, "give the linked file instead");
}

function put({ data, little }: Bytes, offset: number, size: number, value: number): void {
  const high = Math.floor(value / 0x1_0000_0000);
  if (size === 4) data.setUint32(offset, value, little);
  else if (little) {
    data.setUint32(offset, value, true);
    data.setUint32(offset + 4, high, true);
  } else {
    data.setUint32(offset, high, false);
    data.setUint32(offset + 4, value, false);
  }
}
