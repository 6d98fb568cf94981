/**
 * Owns compact relocations (SHT_CREL, LLVM's --crel): a number with count and flags, then per entry how it differs from the one before.
 */
import type { Section } from "./model.js";
import { RELOCATION_ENTRY, putRelocation } from "./relocations.js";
import { type View, refuse, slice } from "./view.js";

export interface CompactRelocations {
  readonly data: DataView;
  /** Else the addends lie in the patched bytes. */
  readonly addends: boolean;
}

interface Cursor {
  readonly bytes: Buffer;
  at: number;
  readonly stop: (problem: string) => never;
}

const ADDENDS = 4;
const MORE = 0x80;

/** Decodes a section. Refuses one that ends early or announces more entries than bytes. */
export function compactRelocations(view: View, section: Section, bits: 32 | 64): CompactRelocations {
  const bytes = slice(view, section.offset, section.size, section.name);
  const cursor: Cursor = { bytes, at: 0, stop: (problem) => refuse(view.place, section.name, section.offset + cursor.at, problem) };
  const header = unsigned(cursor);
  const count = Number(header >> 3n);
  if (count > bytes.length) cursor.stop(`${count} entries are announced in ${bytes.length} bytes`);
  const addends = (Number(header & 7n) & ADDENDS) !== 0;
  const shift = header & 3n;
  const data = new DataView(new ArrayBuffer(count * RELOCATION_ENTRY));
  const entry = { offset: 0n, symbol: 0n, type: 0n, addend: 0n };
  for (let index = 0; index < count; index++) {
    next(cursor, entry, addends);
    const offset = Number(BigInt.asUintN(bits, entry.offset << shift));
    const [symbol, type] = [Number(BigInt.asUintN(32, entry.symbol)), Number(BigInt.asUintN(32, entry.type))];
    putRelocation(data, index, { offset, symbol, type, addend: Number(BigInt.asIntN(bits, entry.addend)) });
  }
  return { data, addends };
}

interface Entry {
  offset: bigint;
  symbol: bigint;
  type: bigint;
  addend: bigint;
}

/** A byte with flags and the low bits of the step of the offset, the rest of that step, and the steps that the flags announce. */
function next(cursor: Cursor, entry: Entry, addends: boolean): void {
  const flags = addends ? 3 : 2;
  const first = byteOf(cursor);
  entry.offset += BigInt((first % MORE) >> flags);
  if (first >= MORE) entry.offset += unsigned(cursor) << BigInt(7 - flags);
  if ((first & 1) !== 0) entry.symbol += signed(cursor);
  if ((first & 2) !== 0) entry.type += signed(cursor);
  if (addends && (first & ADDENDS) !== 0) entry.addend += signed(cursor);
}

function byteOf(cursor: Cursor): number {
  return cursor.bytes[cursor.at++] ?? cursor.stop("the entries end early");
}

/** LEB128 of up to 64 bits. */
const LONGEST = 10;

function unsigned(cursor: Cursor): bigint {
  return leb128(cursor).value;
}

function signed(cursor: Cursor): bigint {
  const { value, bits } = leb128(cursor);
  return BigInt.asIntN(bits, value);
}

function leb128(cursor: Cursor): { value: bigint; bits: number } {
  let value = 0n;
  for (let length = 0; length < LONGEST; length++) {
    const byte = byteOf(cursor);
    value |= BigInt(byte % MORE) << BigInt(length * 7);
    if (byte < MORE) return { value, bits: (length + 1) * 7 };
  }
  return cursor.stop("a number is longer than 64 bits");
}
