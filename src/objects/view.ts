/** Owns checked reads: no byte of an object or archive is read outside what the file holds. */
import { UnforkError } from "../support/errors.js";

/** Which file, and which member of it when the file is an archive. */
export interface Place {
  readonly file: string;
  readonly member: string | null;
}

/** The bytes of one object, with its place for messages; offsets count from the start of these bytes. */
export interface View {
  readonly bytes: Buffer;
  readonly data: DataView;
  readonly place: Place;
}

export function viewOf(bytes: Buffer, place: Place): View {
  return { bytes, data: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), place };
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
  if (offset < 0 || size < 0 || offset + size > view.bytes.length) {
    refuse(view.place, field, offset, `${size} bytes are wanted, but the object ends at ${view.bytes.length}`);
  }
}

export function u8(view: View, offset: number, field: string): number {
  checkRange(view, offset, 1, field);
  return view.data.getUint8(offset);
}

export function u16(view: View, offset: number, field: string): number {
  checkRange(view, offset, 2, field);
  return view.data.getUint16(offset, true);
}

export function u32(view: View, offset: number, field: string): number {
  checkRange(view, offset, 4, field);
  return view.data.getUint32(offset, true);
}

/** A 64-bit number; refused beyond 2^53, which no file size or address of a real object reaches. */
export function u64(view: View, offset: number, field: string): number {
  checkRange(view, offset, 8, field);
  return exact(view, readU64(view.data, offset), offset, field);
}

/** The same where the range was checked before; may be inexact beyond 2^53. */
export function readU64(data: DataView, offset: number): number {
  return data.getUint32(offset + 4, true) * 0x1_0000_0000 + data.getUint32(offset, true);
}

/** Refuses a number beyond 2^53. */
export function exact(view: View, value: number, offset: number, field: string): number {
  if (value > Number.MAX_SAFE_INTEGER) refuse(view.place, field, offset, `${value} is beyond what a file can hold`);
  return value;
}

/** The bytes of a range, without a copy. */
export function slice(view: View, offset: number, size: number, field: string): Buffer {
  checkRange(view, offset, size, field);
  return view.bytes.subarray(offset, offset + size);
}

/** A table of records whose whole range is checked once; records may then be read freely below `count`. */
export function records(view: View, offset: number, count: number, entry: number, field: string): DataView {
  checkRange(view, offset, count * entry, field);
  return new DataView(view.bytes.buffer, view.bytes.byteOffset + offset, count * entry);
}
