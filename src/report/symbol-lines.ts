/** Owns the lines of symbol lists as bytes, in a buffer that grows: the same as `symbolLine` gives, for lists of many. */
import { copyBytes, roomFor } from "../support/byte-texts.js";

export interface ByteLines {
  bytes: Uint8Array;
  length: number;
  /** Per class and kind the text of both columns. */
  readonly columns: (code: number, type: number) => Uint8Array;
}

/** `columns` gives what stands between size and name. */
export function createLines(columns: (code: number, type: number) => string): ByteLines {
  const known: Uint8Array[] = [];
  return {
    bytes: new Uint8Array(1 << 19),
    length: 0,
    columns: (code, type) => (known[code * TYPES + type] ??= Buffer.from(` ${columns(code, type)} `, "latin1")),
  };
}

const TYPES = 16;
const HEX_DIGITS = 16;
const SIZE_DIGITS = 9;

export function putText(lines: ByteLines, text: string): void {
  putRange(lines, Buffer.from(text, "utf8"));
}

function putRange(lines: ByteLines, bytes: Uint8Array, first = 0, last = bytes.length): void {
  lines.bytes = roomFor(lines.bytes, lines.length + last - first);
  copyBytes(bytes, first, last, lines.bytes, lines.length);
  lines.length += last - first;
}

/** The name and the end of its line. */
export function putName(lines: ByteLines, bytes: Uint8Array, first: number, last: number): void {
  putRange(lines, bytes, first, last);
  lines.bytes = roomFor(lines.bytes, lines.length + 1);
  lines.bytes[lines.length++] = 0x0a;
}

/** All before the name. */
export function putColumns(lines: ByteLines, value: number, size: number, code: number, type: number): void {
  if (value > 0xffff_ffff || size >= 10 ** SIZE_DIGITS)
    putText(lines, `${value.toString(16).padStart(HEX_DIGITS, "0")} ${String(size).padStart(SIZE_DIGITS)}`);
  else putSmall(lines, value, size);
  putRange(lines, lines.columns(code, type));
}

function putSmall(lines: ByteLines, value: number, size: number): void {
  lines.bytes = roomFor(lines.bytes, lines.length + HEX_DIGITS + 1 + SIZE_DIGITS);
  const { bytes, length } = lines;
  let rest = value;
  for (let at = HEX_DIGITS - 1; at >= 0; at--) {
    const digit = rest & 15;
    bytes[length + at] = digit < 10 ? 48 + digit : 87 + digit;
    rest >>>= 4;
  }
  bytes[length + HEX_DIGITS] = 0x20;
  let whole = size;
  for (let at = HEX_DIGITS + SIZE_DIGITS; at > HEX_DIGITS; at--) {
    bytes[length + at] = whole > 0 || at === HEX_DIGITS + SIZE_DIGITS ? 48 + (whole % 10) : 0x20;
    whole = Math.trunc(whole / 10);
  }
  lines.length = length + HEX_DIGITS + 1 + SIZE_DIGITS;
}
