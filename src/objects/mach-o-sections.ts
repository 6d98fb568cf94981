/** Owns Mach-O's sections: their headers, in the model's layout and with what relocations need. */
import { SECTION_RECORD, SEGMENT_COMMAND } from "./mach-o-layout.js";
import type { SectionTable } from "./model.js";
import { SHF_ALLOC, SHF_CODE, SHF_MERGE, SHF_STRINGS, SHF_WRITE, SHT_NOBITS, SHT_PROGBITS, newHeaders, putHeader } from "./sections.js";
import { tableOfBytes } from "./strings.js";
import { type View, exact, readU64, refuse } from "./view.js";

export interface MachSection {
  readonly segment: string;
  readonly name: string;
  readonly address: number;
  readonly size: number;
  readonly offset: number;
  /** A power of two. */
  readonly align: number;
  readonly relocations: number;
  readonly relocationCount: number;
  readonly flags: number;
}

/** Zero-filled: S_ZEROFILL, S_GB_ZEROFILL, S_THREAD_LOCAL_ZEROFILL. */
const ZEROES = new Set([0x1, 0xc, 0x12]);
/** Size of the entries of S_4BYTE_LITERALS, S_8BYTE_LITERALS, S_16BYTE_LITERALS. */
const LITERALS: ReadonlyMap<number, number> = new Map([
  [0x3, 4],
  [0x4, 8],
  [0xe, 16],
]);
const CSTRING_LITERALS = 0x2;
const SOME_INSTRUCTIONS = 0x8000_0400;

/** The sections of one LC_SEGMENT_64. */
export function readSegment(view: View, command: DataView, place: number): MachSection[] {
  if (command.byteLength < SEGMENT_COMMAND) refuse(view.place, "LC_SEGMENT_64", place, `${command.byteLength} bytes are too few`);
  const count = command.getUint32(64, true);
  if (SEGMENT_COMMAND + count * SECTION_RECORD > command.byteLength)
    refuse(view.place, "nsects", place + 64, `${count} sections do not fit into a command of ${command.byteLength} bytes`);
  return Array.from({ length: count }, (_, index) => {
    const at = SEGMENT_COMMAND + index * SECTION_RECORD;
    return {
      name: fixedText(command, at),
      segment: fixedText(command, at + 16),
      address: exact(view.place, readU64(command, at + 32), place + at + 32, "addr"),
      size: exact(view.place, readU64(command, at + 40), place + at + 40, "size"),
      offset: command.getUint32(at + 48, true),
      align: command.getUint32(at + 52, true),
      relocations: command.getUint32(at + 56, true),
      relocationCount: command.getUint32(at + 60, true),
      flags: command.getUint32(at + 64, true),
    };
  });
}

/** Up to 16 bytes, padded with NULs. */
function fixedText(command: DataView, at: number): string {
  const bytes = Buffer.from(command.buffer, command.byteOffset + at, 16);
  const end = bytes.indexOf(0);
  return bytes.toString("latin1", 0, end < 0 ? 16 : end);
}

export function isZeroes(section: MachSection): boolean {
  return ZEROES.has(section.flags & 0xff);
}

export function isCode({ flags }: MachSection): boolean {
  return (flags & SOME_INSTRUCTIONS) !== 0;
}

/** S_THREAD_LOCAL_REGULAR, _ZEROFILL, _VARIABLES. */
export function isThreadLocal({ flags }: MachSection): boolean {
  return (flags & 0xff) >= 0x11 && (flags & 0xff) <= 0x13;
}

/** Headers in the model's layout; a section is called `__TEXT,__text`. */
export function sectionTable(view: View, sections: readonly MachSection[]): SectionTable {
  const headers = newHeaders(sections.length);
  let names = "\0";
  for (const [index, section] of sections.entries()) {
    const entrySize = LITERALS.get(section.flags & 0xff) ?? ((section.flags & 0xff) === CSTRING_LITERALS ? 1 : 0);
    putHeader(headers, index + 1, {
      name: names.length,
      type: isZeroes(section) ? SHT_NOBITS : SHT_PROGBITS,
      flags: modelFlags(section),
      address: section.address,
      offset: section.offset,
      size: section.size,
      alignment: 2 ** Math.min(section.align, 31),
      entrySize,
    });
    names += `${section.segment},${section.name}\0`;
  }
  return { count: sections.length + 1, headers, names: tableOfBytes(view.place, Buffer.from(names, "latin1"), 0, "section names") };
}

function modelFlags(section: MachSection): number {
  const { segment, flags } = section;
  const type = flags & 0xff;
  const code = isCode(section) ? SHF_CODE : 0;
  const merge = LITERALS.has(type) ? SHF_MERGE : type === CSTRING_LITERALS ? SHF_MERGE | SHF_STRINGS : 0;
  const isConstant = code !== 0 || merge !== 0 || segment === "__TEXT";
  return SHF_ALLOC | code | merge | (isConstant ? 0 : SHF_WRITE);
}
