/** Owns how a digest tells what a relocation points to. */
import { baseOf } from "./body-range.js";
import type { BodyReader, BodySection } from "./body-reader.js";
import { depth, enterSink, leaveSink, sink } from "./body-sink.js";
import { LOCAL, SECTION } from "./classes.js";
import { endOfUnnamed } from "./constant-ends.js";
import { constantAt } from "./constants.js";
import { type Body, isInside, putJumps } from "./jump-tables.js";
import { isLabel } from "./labels.js";
import { hashedName } from "./name-hashes.js";
import { symbolThere } from "./place-names.js";
import { biasOf } from "./processors.js";
import { BY_SECTION } from "./relocations.js";
import { SHF_WRITE } from "./sections.js";
import { putDigest, putNumber, putRange, putWords } from "./sink.js";
import { type StringTable, refuseIndex } from "./strings.js";
import { sectionNumber, symbolSize, symbolValue } from "./symbols.js";
import { refuse } from "./view.js";

export type { Body };

/**
 * A global by its name; a place in this body by its distance; what only this object sees by its own body; an unnamed constant by
 * its content; else section and place.
 */
export function putTarget(reader: BodyReader, body: Body, type: number, symbol: number, addend: number): void {
  const { object } = reader;
  const { symbols } = object;
  if (symbol >= BY_SECTION) return putPlace(reader, body, { type, addend, number: symbol - BY_SECTION, value: 0, bySection: true });
  if (symbol >= symbols.count) refuse(object.place, "r_info", 0, `symbol ${symbol} of ${symbols.count}`);
  const code = symbols.classes[symbol] ?? LOCAL;
  const number = code === SECTION || code === LOCAL ? sectionNumber(symbols, symbol) : 0;
  const section = number > 0 ? reader.section(number) : undefined;
  const value = section === undefined ? 0 : symbolValue(symbols, symbol) - baseOf(object, section);
  if (section === undefined || (code === LOCAL && !isLabel(object, symbol) && !isInside(body, number, value))) {
    if (section === undefined) putSymbol(reader, symbol);
    else putLocal(reader, section, symbol);
    putNumber(sink, addend);
  } else putPlace(reader, body, { type, addend, number, value, bySection: code === SECTION });
}

/** How deep bodies within bodies are looked into. */
const DEEPEST = 8;

/**
 * A function, table or variable that only this object sees: its name may be the compiler's, and says nothing of what it does. A
 * variable that can be written is told by its name as well. What is without a size, and what calls itself in a circle, by its name.
 */
function putLocal(reader: BodyReader, section: BodySection, symbol: number): void {
  const { nested, object } = reader;
  const { open } = nested;
  if ((section.flags & SHF_WRITE) !== 0) putSymbol(reader, symbol);
  const known = nested.digests.get(symbol);
  if (known !== undefined) return putDigest(sink, known);
  if (symbolSize(object.symbols, symbol) === 0 || open.has(symbol) || depth >= DEEPEST || nested.left <= 0) {
    nested.cuts++;
    return putSymbol(reader, symbol);
  }
  const cutsBefore = nested.cuts;
  nested.left--;
  open.add(symbol);
  enterSink();
  const digest = nested.digest(reader, symbol);
  leaveSink();
  open.delete(symbol);
  if (nested.cuts === cutsBefore) nested.digests.set(symbol, digest);
  putDigest(sink, digest);
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
  const kind = constantAt(section, place);
  if (kind === "none") putUnnamed(reader, section, place);
  else if (kind === "any") putConstant(reader, body, section, place);
  else putRange(sink, section.bytes, section.start + place, section.start + kind);
  putNumber(sink, bySection ? 0 : addend);
}

/** A table that has a name, a table of jumps, or what lies there to the next constant. */
function putConstant(reader: BodyReader, body: Body, section: BodySection, place: number): void {
  const symbol = symbolThere(reader.names(), section.number, place + baseOf(reader.object, section));
  if (symbol > 0 && reader.object.symbols.classes[symbol] === LOCAL) putLocal(reader, section, symbol);
  else if (!putJumps(reader, body, section, place)) {
    const end = endOfUnnamed(reader.pointed(), section, place);
    putRange(sink, section.bytes, section.start + place, section.start + end);
  }
}

/** A place by the name of a symbol that is there, such as a function of this unit alone; else by section and offset. */
function putUnnamed(reader: BodyReader, section: BodySection, place: number): void {
  const { object } = reader;
  const symbol = symbolThere(reader.names(), section.number, place + baseOf(object, section));
  if (symbol > 0 && object.symbols.classes[symbol] === LOCAL) return putLocal(reader, section, symbol);
  if (symbol > 0) return putSymbol(reader, symbol);
  putName(object.sections.names, section.name);
  putNumber(sink, place);
}
