/** Owns checked reads along a debug section: fixed numbers of either byte order, LEB128 and texts. */
import { type Place, refuse } from "../view.js";

/** The bytes of one debug section, unpacked and relocated. */
export interface Bytes {
  /** The section's name, for messages. */
  readonly name: string;
  readonly place: Place;
  readonly bytes: Buffer;
  readonly data: DataView;
  readonly little: boolean;
}

/** A place in a section that moves on with each read and never beyond `end`. */
export interface Cursor {
  readonly source: Bytes;
  at: number;
  readonly end: number;
}

export function bytesOf(name: string, place: Place, bytes: Buffer, little: boolean): Bytes {
  return { name, place, bytes, data: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), little };
}

export function cursorAt(source: Bytes, at: number, end: number = source.bytes.length): Cursor {
  return { source, at, end };
}

/** Throws `object-invalid` with the field, the section and the offset in it. */
export function refuseAt(source: Bytes, field: string, offset: number, problem: string, hint?: string): never {
  refuse(source.place, `${field} in ${source.name}`, offset, problem, hint);
}

/** Takes `size` bytes and gives where they start. */
export function take(cursor: Cursor, size: number, field: string): number {
  const { at } = cursor;
  if (size > cursor.end - at) refuseAt(cursor.source, field, at, `${size} bytes are wanted, but the data ends at ${cursor.end}`);
  cursor.at = at + size;
  return at;
}

export function readU8(cursor: Cursor, field: string): number {
  return cursor.source.data.getUint8(take(cursor, 1, field));
}

export function readU16(cursor: Cursor, field: string): number {
  return cursor.source.data.getUint16(take(cursor, 2, field), cursor.source.little);
}

export function readU24(cursor: Cursor, field: string): number {
  const { data, little } = cursor.source;
  const at = take(cursor, 3, field);
  const [low, high] = little ? [at, at + 2] : [at + 2, at];
  return data.getUint8(low) | (data.getUint8(at + 1) << 8) | (data.getUint8(high) << 16);
}

export function readU32(cursor: Cursor, field: string): number {
  return cursor.source.data.getUint32(take(cursor, 4, field), cursor.source.little);
}

export function readU64(cursor: Cursor, field: string): bigint {
  return cursor.source.data.getBigUint64(take(cursor, 8, field), cursor.source.little);
}

/** A number as wide as the unit's offsets: 4 or 8 bytes. */
export function readOffset(cursor: Cursor, size: number, field: string): number {
  return size === 4 ? readU32(cursor, field) : small(cursor, readU64(cursor, field), field);
}

/** A number that a size or an offset can be; refused beyond 2^53. */
export function small(cursor: Cursor, value: bigint, field: string): number {
  if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) {
    refuseAt(cursor.source, field, cursor.at, `${value} is beyond what an object can hold`);
  }
  return Number(value);
}

/** Unsigned LEB128. */
export function readUleb(cursor: Cursor, field: string): number {
  const { bytes } = cursor.source;
  const first = bytes[cursor.at] ?? 0x80;
  if (first < 0x80 && cursor.at < cursor.end) {
    cursor.at++;
    return first;
  }
  return small(cursor, readLeb(cursor, false, field), field);
}

/** LEB128 of up to 64 bits; padded forms are taken. */
export function readLeb(cursor: Cursor, signed: boolean, field: string): bigint {
  let value = 0n;
  for (let shift = 0n; ; shift += 7n) {
    const byte = readU8(cursor, field);
    if (shift < 70n) value |= BigInt(byte & 0x7f) << shift;
    else if ((byte & 0x7f) !== 0 && (byte & 0x7f) !== 0x7f) refuseAt(cursor.source, field, cursor.at, "the number has more than 64 bits");
    if (byte >= 0x80) continue;
    if (!signed) return BigInt.asUintN(64, value);
    const width = Number(shift) + 7;
    return BigInt.asIntN(64, BigInt.asIntN(Math.min(width, 70), value));
  }
}

export function skipLeb(cursor: Cursor, field: string): void {
  while (readU8(cursor, field) >= 0x80);
}

/** Passes over a NUL-terminated text and gives where it ends. */
export function skipText(cursor: Cursor, field: string): number {
  const end = cursor.source.bytes.indexOf(0, cursor.at);
  if (end < 0 || end >= cursor.end) refuseAt(cursor.source, field, cursor.at, "the text has no end");
  cursor.at = end + 1;
  return end;
}

export function readText(cursor: Cursor, field: string): string {
  const start = cursor.at;
  return cursor.source.bytes.toString("utf8", start, skipText(cursor, field));
}
