/** Owns checked reads: no byte of an object or archive is read outside what the file holds. */
import { UnforkError } from "../support/errors.js";

/** Which file, and which member of it when the file is an archive. */
export interface Place {
  readonly file: string;
  readonly member: string | null;
}

/** The bytes of one object, with its place for messages; offsets count from the start of these bytes. */
export interface View {
  readonly place: Place;
  readonly size: number;
  /** All of them; read from the file when first asked for. */
  readonly bytes: Buffer;
  /** A range that was checked before; never copied where the bytes are in memory. */
  readonly load: (offset: number, size: number) => Buffer;
  /** The same, to read numbers from. */
  readonly loadData: (offset: number, size: number) => DataView;
}

export function viewOf(bytes: Buffer, place: Place): View {
  return {
    place,
    size: bytes.length,
    bytes,
    load: (offset, size) => bytes.subarray(offset, offset + size),
    loadData: (offset, size) => new DataView(bytes.buffer, bytes.byteOffset + offset, size),
  };
}

/** `libx.a(y.o)` or `y.o`. */
export function placeName(place: Place): string {
  return place.member === null ? place.file : `${place.file}(${place.member})`;
}

/** Throws `object-invalid`, naming file, member, field and offset (from the start of the member, or of the file). */
export function refuse(place: Place, field: string, offset: number, problem: string, hint = BROKEN): never {
  throw new UnforkError("object-invalid", `${placeName(place)}: ${field} at offset ${offset}: ${problem}`, {
    hint,
    context: { file: place.file, ...(place.member === null ? {} : { member: place.member }), offset, field },
  });
}

const BROKEN = "the file is damaged or was cut short: build it again, or fetch it again";

/** Refuses unless `size` bytes lie at `offset`. */
export function checkRange(view: View, offset: number, size: number, field: string): void {
  if (offset < 0 || size < 0 || offset + size > view.size) {
    refuse(view.place, field, offset, `${size} bytes are wanted, but the object ends at ${view.size}`);
  }
}

/** A 64-bit number in a range that was checked; may be inexact beyond 2^53. */
export function readU64(data: DataView, offset: number, littleEndian = true): number {
  if (littleEndian) return data.getUint32(offset + 4, true) * 0x1_0000_0000 + data.getUint32(offset, true);
  return data.getUint32(offset) * 0x1_0000_0000 + data.getUint32(offset + 4);
}

/** Refuses a number beyond 2^53, which no file size or address of a real object reaches. */
export function exact(place: Place, value: number, offset: number, field: string): number {
  if (value > Number.MAX_SAFE_INTEGER) refuse(place, field, offset, `${value} is beyond what a file can hold`);
  return value;
}

/** The bytes of a range. */
export function slice(view: View, offset: number, size: number, field: string): Buffer {
  checkRange(view, offset, size, field);
  return view.load(offset, size);
}

/** A table of records whose whole range is checked once; records may then be read freely below `count`. */
export function records(view: View, offset: number, count: number, entry: number, field: string): DataView {
  checkRange(view, offset, count * entry, field);
  return view.loadData(offset, count * entry);
}

export function dataView(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
