/**
 * Owns the digest of a definition's body: its bytes, and its relocations by the name of what they point to and their addend,
 * so that two compilations of one source agree wherever their objects were laid out alike.
 *
 * Exact for ELF with addends in its relocation tables (x86-64, aarch64, riscv, powerpc64, s390x, sparc …), for i386, ARM and
 * MIPS, for Mach-O and COFF of x86-64, i386 and aarch64: there addends in patched bytes are read, and patched bits left out.
 * Formats without sizes count a body to the next symbol; of what lies between, `nop`s (x86) and zeros of data are left out.
 */
import { rangeOf } from "./body-range.js";
import { type BodyReader, type BodySection, MOST_NESTED, createReader } from "./body-reader.js";
import { firstSink, sink } from "./body-sink.js";
import { type Body, putTarget } from "./body-target.js";
import { codeOf } from "./descriptors.js";
import type { FieldOf } from "./fields.js";
import type { ObjectFile } from "./model.js";
import { type RelocationTable, addendAt, entryStart, firstFrom } from "./relocations.js";
import { SHT_NOBITS } from "./sections.js";
import { putNumber, putRange, putText, putWords, takeDigest } from "./sink.js";
import { COMMON, sectionNumber, symbolSize, symbolValue } from "./symbols.js";
import { readU64, refuse } from "./view.js";

/** What the digests of an object's definitions are made with. */
export function plainReader(object: ObjectFile): BodyReader {
  return createReader(object, digestIn);
}

/** 128 bits, as eight characters, over the body of the definition with this index in the symbol table. */
export function plainDigest(reader: BodyReader, index: number): string {
  firstSink();
  reader.nested.left = MOST_NESTED;
  reader.nested.open.clear();
  return digestIn(reader, index);
}

function digestIn(reader: BodyReader, index: number): string {
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

function putRelocations(reader: BodyReader, table: RelocationTable, body: Body): void {
  const { data } = table;
  for (let index = firstFrom(table, body.start); index < table.count; index++) {
    const at = entryStart(table, index);
    const offset = readU64(data, at);
    if (offset >= body.end) return;
    const type = data.getUint32(at + 8, true);
    if (table.fieldOf !== null) blank(reader, table.fieldOf, type, offset, body);
    if (offset - body.start > 0xffff_ffff) putNumber(sink, offset - body.start);
    putWords(sink, offset - body.start, type);
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
