/** Owns one 512-byte tar header block: its fields and its checksum (POSIX.1-1988 ustar, with GNU's base-256 numbers). */

/** A header's fields as they stand; `typeFlag` is the single character of POSIX.1 ("0" file, "2" symbolic link, …). */
export interface TarHeader {
  readonly path: string;
  readonly linkPath: string;
  readonly mode: number;
  readonly size: number;
  readonly typeFlag: string;
}

export const TAR_BLOCK = 512;

const CHECKSUM_START = 148;
const CHECKSUM_END = 156;

/** Whether every byte is zero: the mark at an archive's end. */
export function isZeroBlock(block: Buffer): boolean {
  if (block[0] !== 0) return false;
  for (let index = 1; index < TAR_BLOCK; index++) if (block[index] !== 0) return false;
  return true;
}

/** The header's fields, or undefined when the checksum says that this block is no header. */
export function parseTarHeader(block: Buffer): TarHeader | undefined {
  if (!checksumHolds(block)) return undefined;
  const size = numberField(block, 124, 136);
  if (size === undefined) return undefined;
  return {
    path: pathOf(block),
    linkPath: textField(block, 157, 257),
    mode: numberField(block, 100, 108) ?? 0o644,
    size,
    typeFlag: String.fromCharCode(block[156] ?? 0),
  };
}

/** The path is prefix + "/" + name under POSIX's magic; GNU's older magic keeps other things in the prefix field. */
function pathOf(block: Buffer): string {
  const name = textField(block, 0, 100);
  const isPosix = block.toString("latin1", 257, 263) === "ustar\0";
  const prefix = isPosix ? textField(block, 345, 500) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

function textField(block: Buffer, start: number, end: number): string {
  const zero = block.indexOf(0, start);
  return block.toString("utf8", start, zero === -1 || zero > end ? end : zero);
}

function numberField(block: Buffer, start: number, end: number): number | undefined {
  if (((block[start] ?? 0) & 0x80) !== 0) return binaryNumber(block, start, end);
  const text = block.toString("latin1", start, end).replaceAll("\0", " ").trim();
  if (text === "") return 0;
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

function binaryNumber(block: Buffer, start: number, end: number): number | undefined {
  let value = (block[start] ?? 0) & 0x7f;
  for (let index = start + 1; index < end; index++) value = value * 256 + (block[index] ?? 0);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** The sum of all bytes with the checksum field read as spaces; some old writers summed signed bytes. */
function checksumHolds(block: Buffer): boolean {
  const expected = numberField(block, CHECKSUM_START, CHECKSUM_END);
  let unsigned = 0;
  let signed = 0;
  for (let index = 0; index < TAR_BLOCK; index++) {
    const inField = index >= CHECKSUM_START && index < CHECKSUM_END;
    const byte = inField ? 32 : (block[index] ?? 0);
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  return expected === unsigned || expected === signed;
}
