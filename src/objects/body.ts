/**
 * Owns the digest of a definition's body: its bytes, and its relocations by the name of what they point to and
 * their addend, so that two compilations of one source agree wherever their objects were laid out alike.
 */
import { LOCAL, SECTION } from "./classes.js";
import { SHT_NOBITS, sectionAt } from "./elf-header.js";
import { COMMON, symbolName, sectionNumber, symbolSize, symbolValue } from "./elf-symbols.js";
import type { ObjectFile, Section } from "./model.js";
import { type RelocationTable, type Relocations, entryStart, firstFrom, relocationsOf } from "./relocations.js";
import { type PlaceNames, nameAt, placeNames } from "./place-names.js";
import { type Sink, newSink, putBytes, putNumber, putText, takeDigest } from "./sink.js";
import { readU64, refuse, slice } from "./view.js";

const SHF_WRITE = 0x1;
const SHF_CODE = 0x4;
const SHF_MERGE = 0x10;
const SHF_STRINGS = 0x20;
const EM_X86_64 = 62;
/** x86-64's relocations relative to the end of a 4-byte field: PC32, PLT32, GOTPCREL, GOTPCRELX, REX_GOTPCRELX. */
const RELATIVE = new Set([2, 4, 9, 41, 42]);

/** What the digests of one object have in common; made once per object. */
export interface BodyReader {
  readonly object: ObjectFile;
  readonly relocations: Relocations;
  readonly sections: Map<number, Section>;
  /** Named symbols by place, made when first asked for. */
  names: PlaceNames | undefined;
}

export function bodyReader(object: ObjectFile): BodyReader {
  return { object, relocations: relocationsOf(object), sections: new Map(), names: undefined };
}

/** Filled and emptied by one digest at a time. */
const sink: Sink = newSink();

/** SHA-256 in base 64 over the body of the definition with this index in the symbol table. */
export function bodyDigest(reader: BodyReader, index: number): string {
  const { symbols } = reader.object;
  sink.length = 0;
  const number = sectionNumber(symbols, index);
  if (number > 0) putSectionBody(reader, number, index);
  else {
    putText(sink, number === COMMON ? "common" : "absolute");
    putNumber(sink, symbolValue(symbols, index));
    putNumber(sink, symbolSize(symbols, index));
  }
  return takeDigest(sink);
}

function putSectionBody(reader: BodyReader, number: number, index: number): void {
  const { object } = reader;
  const section = sectionOf(reader, number);
  const [start, end] = rangeOf(object, section, index);
  if (section.type === SHT_NOBITS) {
    putText(sink, "zeros");
    putNumber(sink, end - start);
    return;
  }
  putNumber(sink, end - start);
  putBytes(sink, slice(object.view, section.offset + start, end - start, section.name));
  const table = reader.relocations.get(number);
  if (table !== undefined) putRelocations(reader, table, number, start, end);
}

/** The symbol's bytes within its section; without a size, all to the section's end. */
function rangeOf(object: ObjectFile, section: Section, index: number): [number, number] {
  const value = symbolValue(object.symbols, index) - (object.kind === "relocatable" ? 0 : section.address);
  const start = Math.min(Math.max(value, 0), section.size);
  const size = symbolSize(object.symbols, index);
  return [start, size === 0 ? section.size : Math.min(start + size, section.size)];
}

function putRelocations(reader: BodyReader, table: RelocationTable, own: number, start: number, end: number): void {
  const { data } = table;
  for (let index = firstFrom(table, start); index < table.count; index++) {
    const at = entryStart(table, index);
    const offset = readU64(data, at);
    if (offset >= end) return;
    const type = data.getUint32(at + 8, true);
    putNumber(sink, offset - start);
    putNumber(sink, type);
    const addend = table.addends ? data.getInt32(at + 20, true) * 0x1_0000_0000 + data.getUint32(at + 16, true) : 0;
    putTarget(reader, { symbol: data.getUint32(at + 12, true), type, addend, own, start });
  }
}

interface Target {
  readonly symbol: number;
  readonly type: number;
  readonly addend: number;
  /** The section and the start of the body that points. */
  readonly own: number;
  readonly start: number;
}

/** A global by its name; a place in this body by its distance; an unnamed constant by its content; else section and place. */
function putTarget(reader: BodyReader, target: Target): void {
  const { object } = reader;
  const { symbols } = object;
  if (target.symbol >= symbols.count) refuse(object.place, "r_info", 0, `symbol ${target.symbol} of ${symbols.count}`);
  const code = symbols.classes[target.symbol] ?? LOCAL;
  const number = sectionNumber(symbols, target.symbol);
  const name = symbolName(symbols, target.symbol);
  const anonymous = code === SECTION || name === "" || name.startsWith(".L");
  if ((code !== LOCAL && code !== SECTION) || number <= 0 || (!anonymous && number !== target.own)) {
    putText(sink, name);
    putNumber(sink, target.addend);
  } else putPlace(reader, target, number, code === SECTION);
}

function putPlace(reader: BodyReader, target: Target, number: number, bySection: boolean): void {
  const { object } = reader;
  const value = symbolValue(object.symbols, target.symbol);
  if (number === target.own) {
    putText(sink, "own");
    putNumber(sink, value - target.start + target.addend);
    return;
  }
  const section = sectionOf(reader, number);
  const bias = object.machine === EM_X86_64 && RELATIVE.has(target.type) ? 4 : 0;
  const place = bySection ? value + target.addend + bias : value;
  const constant = constantAt(object, section, place);
  if (constant === undefined) putUnnamed(reader, number, section, place);
  else putBytes(sink, constant);
  putNumber(sink, bySection ? 0 : target.addend);
}

/** A place by the name of a symbol that is there, such as a function of this unit alone; else by section and offset. */
function putUnnamed(reader: BodyReader, number: number, section: Section, place: number): void {
  reader.names ??= placeNames(reader.object);
  const name = nameAt(reader.names, number, place);
  putText(sink, name ?? section.name);
  if (name === undefined) putNumber(sink, place);
}

/**
 * What lies at an unnamed place of a section that only holds constants: the entry, where the section has entries of
 * one size; else a text to its end, and at least a double. Undefined for code and for what can be written.
 */
function constantAt(object: ObjectFile, section: Section, place: number): Buffer | undefined {
  if ((section.flags & (SHF_WRITE | SHF_CODE)) !== 0 || section.type === SHT_NOBITS || place < 0 || place >= section.size) return undefined;
  const bytes = slice(object.view, section.offset, section.size, section.name);
  const kind = section.flags & (SHF_MERGE | SHF_STRINGS);
  if (kind === SHF_MERGE) return bytes.subarray(place, place + section.entrySize);
  if (kind !== 0 && section.entrySize > 1) return bytes.subarray(place, endOfWideText(bytes, place, section.entrySize));
  const end = bytes.indexOf(0, place) + 1 || bytes.length;
  return bytes.subarray(place, kind === 0 ? Math.max(end, place + 8) : end);
}

function endOfWideText(bytes: Buffer, place: number, width: number): number {
  let at = place;
  while (at < bytes.length && bytes.subarray(at, at + width).some((byte) => byte !== 0)) at += width;
  return at;
}

function sectionOf(reader: BodyReader, number: number): Section {
  const known = reader.sections.get(number);
  if (known !== undefined) return known;
  const section = sectionAt(reader.object.view, reader.object.sections, number);
  reader.sections.set(number, section);
  return section;
}
