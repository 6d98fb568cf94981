/** Owns where a definition's body lies in its section. */
import type { BodyReader, BodySection } from "./body-reader.js";
import type { ObjectFile } from "./model.js";
import { withoutNops, withoutZeros } from "./padding.js";
import { nextPlace } from "./place-names.js";
import { EM_386, EM_ARM, EM_X86_64 } from "./processors.js";
import { SHF_CODE, SHT_NOBITS } from "./sections.js";
import { symbolSize, symbolType, symbolValue } from "./symbols.js";

export interface BodyRange {
  readonly start: number;
  readonly end: number;
}

/** The symbol's bytes within its section; without a size, all to the next symbol. */
export function rangeOf(reader: BodyReader, section: BodySection, index: number): BodyRange {
  const { object } = reader;
  const base = baseOf(object, section);
  const value = addressOf(object, index);
  const start = Math.min(Math.max(value - base, 0), section.size);
  const size = symbolSize(object.symbols, index);
  const next = size === 0 ? nextPlace(reader.names(), section.number, value) : value + size;
  const end = Math.min(Math.max((next ?? Number.MAX_SAFE_INTEGER) - base, start), section.size);
  return { start, end: object.format === "elf" ? end : start + unpadded(object, section, start, end) };
}

/** What is taken off symbols' values to have offsets in their section: values are addresses, but for those of ELF's and COFF's objects. */
export function baseOf({ format, kind }: ObjectFile, section: BodySection): number {
  return format === "elf" && kind === "relocatable" ? 0 : section.address;
}

/** ARM: the lowest bit of a function's address says that it is Thumb code. */
function addressOf({ machine, symbols }: ObjectFile, index: number): number {
  const value = symbolValue(symbols, index);
  return machine === EM_ARM && symbolType(symbols, index) === STT_FUNC ? value - (value % 2) : value;
}

const STT_FUNC = 2;

function unpadded({ machine }: ObjectFile, section: BodySection, start: number, end: number): number {
  if (section.type === SHT_NOBITS) return end - start;
  const bytes = section.bytes.subarray(section.start + start, section.start + end);
  if ((section.flags & SHF_CODE) === 0) return withoutZeros(bytes);
  return machine === EM_X86_64 || machine === EM_386 ? withoutNops(bytes) : bytes.length;
}
