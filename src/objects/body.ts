/**
 * Owns the digest of a definition's body: its bytes, and its relocations by the name of what they point to and their addend,
 * so that two compilations of one source agree wherever their objects were laid out alike.
 *
 * Exact for ELF with addends in its relocation tables (x86-64, aarch64, riscv, powerpc64, s390x, sparc …), for i386, ARM and
 * MIPS, for Mach-O and COFF of x86-64, i386 and aarch64: there addends in patched bytes are read, and patched bits left out.
 * Formats without sizes count a body to the next symbol; of what lies between, `nop`s (x86) and zeros of data are left out.
 */
import { baseOf, rangeOf } from "./body-range.js";
import { type BodyReader, type BodySection, bodyReader } from "./body-reader.js";
import { LOCAL, SECTION } from "./classes.js";
import { endOfConstant } from "./constants.js";
import { codeOf } from "./descriptors.js";
import type { FieldOf } from "./fields.js";
import { isLabel } from "./labels.js";
import { hashedName } from "./name-hashes.js";
import { symbolThere } from "./place-names.js";
import { biasOf } from "./processors.js";
import { BY_SECTION, type RelocationTable, addendAt, entryStart, firstFrom } from "./relocations.js";
import { SHT_NOBITS } from "./sections.js";
import { type Sink, newSink, putNumber, putRange, putText, putWords, takeDigest } from "./sink.js";
import { type StringTable, refuseIndex } from "./strings.js";
import { COMMON, sectionNumber, symbolSize, symbolValue } from "./symbols.js";
import { readU64, refuse } from "./view.js";

export { type BodyReader, bodyReader };

/** Filled and emptied by one digest at a time. */
const sink: Sink = newSink();

/** 128 bits, as eight characters, over the body of the definition with this index in the symbol table. */
export function bodyDigest(reader: BodyReader, index: number): string {
  const { symbols } = reader.object;
  sink.length = 0;
  const number = sectionNumber(symbols, index);
  if (number > 0) putSectionBody(reader, reader.section(number), index);
  else {
    putText(sink, number === COMMON ? "common" : "absolute");
    putNumber(sink, symbolValue(symbols, index));
    putNumber(sink, symbolSize(symbols, index));
  }
  checkBudget(reader);
  reader.budget -= sink.length;
  return takeDigest(sink);
}

function checkBudget({ budget, object }: BodyReader): void {
  if (sink.length > budget) refuse(object.place, "sizes of symbols", 0, "bodies overlap more than 64 times");
}

function putSectionBody(reader: BodyReader, symbolSection: BodySection, index: number): void {
  const { start, end } = rangeOf(reader, symbolSection, index);
  const code = codeOf(reader, symbolSection, start);
  if (code === undefined) putPart(reader, symbolSection, start, end);
  else putPart(reader, code.section, code.offset, code.offset + symbolSize(reader.object.symbols, index));
}

function putPart(reader: BodyReader, section: BodySection, first: number, last: number): void {
  const end = Math.min(last, section.size);
  const start = Math.min(Math.max(first, 0), end);
  if (section.type === SHT_NOBITS) {
    putText(sink, "zeros");
    putNumber(sink, end - start);
    return;
  }
  putNumber(sink, end - start);
  const from = sink.length;
  putRange(sink, section.bytes, section.start + start, section.start + end);
  const table = reader.relocations.get(section.number);
  if (table !== undefined) putRelocations(reader, table, { own: section.number, start, end, from });
}

/** The body whose relocations are put: where it lies in its section, and where its bytes lie in the sink. */
interface Body {
  readonly own: number;
  readonly start: number;
  readonly end: number;
  readonly from: number;
}

function putRelocations(reader: BodyReader, table: RelocationTable, body: Body): void {
  const { data } = table;
  for (let index = firstFrom(table, body.start); index < table.count; index++) {
    const at = entryStart(table, index);
    const offset = readU64(data, at);
    if (offset >= body.end) return;
    const type = data.getUint32(at + 8, true);
    if (table.fieldOf !== null) blank(reader, table.fieldOf, type, offset, body);
    putNumber(sink, offset - body.start);
    putNumber(sink, type);
    putTarget(reader, body, type, data.getUint32(at + 12, true), addendAt(data, at));
    checkBudget(reader);
  }
}

/** Takes what a linker writes out of the body's bytes; a field that reaches beyond the body stays. */
function blank(reader: BodyReader, fieldOf: FieldOf, type: number, offset: number, body: Body): void {
  const field = fieldOf(type);
  if (field === null || offset + field.size > body.end) return;
  field.blank(sink.bytes, body.from + offset - body.start, reader.object.littleEndian);
}

/** A global by its name; a place in this body by its distance; an unnamed constant by its content; else section and place. */
function putTarget(reader: BodyReader, body: Body, type: number, symbol: number, addend: number): void {
  const { object } = reader;
  const { symbols } = object;
  if (symbol >= BY_SECTION) return putPlace(reader, body, { type, addend, number: symbol - BY_SECTION, value: 0, bySection: true });
  if (symbol >= symbols.count) refuse(object.place, "r_info", 0, `symbol ${symbol} of ${symbols.count}`);
  const code = symbols.classes[symbol] ?? LOCAL;
  const number = code === SECTION || code === LOCAL ? sectionNumber(symbols, symbol) : 0;
  const section = number > 0 ? reader.section(number) : undefined;
  const value = section === undefined ? 0 : symbolValue(symbols, symbol) - baseOf(object, section);
  if (section === undefined || (code === LOCAL && !isLabel(object, symbol) && !isInside(body, number, value))) {
    putSymbol(reader, symbol);
    putNumber(sink, addend);
  } else putPlace(reader, body, { type, addend, number, value, bySection: code === SECTION });
}

function isInside(body: Body, number: number, offset: number): boolean {
  return number === body.own && offset >= body.start && offset <= body.end;
}

function putSymbol(reader: BodyReader, symbol: number): void {
  const hashes = reader.hashes();
  const at = hashedName(hashes, symbol);
  putWords(sink, hashes.words[at] ?? 0, hashes.words[at + 1] ?? 0);
}

/** A name's bytes and a NUL. */
function putName(strings: StringTable, start: number): void {
  const { bytes } = strings;
  if (start >= bytes.length && start > 0) refuseIndex(strings, start);
  let end = start;
  while (end < bytes.length && bytes[end] !== 0) end++;
  putRange(sink, bytes, start, end);
  putRange(sink, NUL, 0, 1);
}

const NUL = Buffer.alloc(1);
const OWN = Buffer.from("own\0");

interface Target {
  readonly type: number;
  readonly addend: number;
  /** The section pointed into, and the symbol's offset in it. */
  readonly number: number;
  readonly value: number;
  /** The addend alone says which place. */
  readonly bySection: boolean;
}

function putPlace(reader: BodyReader, body: Body, { type, addend, number, value, bySection }: Target): void {
  const place = bySection ? value + addend + biasOf(reader.object, type) : value;
  if (isInside(body, number, place)) {
    putRange(sink, OWN, 0, OWN.length);
    putNumber(sink, value - body.start + addend);
    return;
  }
  const section = reader.section(number);
  const end = endOfConstant(section, place);
  if (end === undefined) putUnnamed(reader, section, place);
  else putRange(sink, section.bytes, section.start + place, section.start + end);
  putNumber(sink, bySection ? 0 : addend);
}

/** A place by the name of a symbol that is there, such as a function of this unit alone; else by section and offset. */
function putUnnamed(reader: BodyReader, section: BodySection, place: number): void {
  const { object } = reader;
  const symbol = symbolThere(reader.names(), section.number, place + baseOf(object, section));
  if (symbol > 0) return putSymbol(reader, symbol);
  putName(object.sections.names, section.name);
  putNumber(sink, place);
}
