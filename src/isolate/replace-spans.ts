/** Owns the replacement of byte ranges, with the record from which the old bytes come back. */
import type { Replacement } from "./undo-record.js";

/** Bytes `[start, end)` become `text`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: Buffer;
}

/** Replaces ascending spans that do not overlap. */
export function replaceSpans(bytes: Buffer, spans: readonly Span[]): { bytes: Buffer; layer: Replacement[] } {
  const pieces: Buffer[] = [];
  const layer: Replacement[] = [];
  let from = 0;
  let length = 0;
  for (const { start, end, text } of spans) {
    length += start - from;
    layer.push({ offset: length, length: text.length, original: Buffer.from(bytes.subarray(start, end)) });
    pieces.push(bytes.subarray(from, start), text);
    length += text.length;
    from = end;
  }
  pieces.push(bytes.subarray(from));
  return { bytes: Buffer.concat(pieces), layer };
}

/** The bytes before {@link replaceSpans}. */
export function undoReplacements(bytes: Buffer, layer: readonly Replacement[]): Buffer {
  const pieces: Buffer[] = [];
  let from = 0;
  for (const { offset, length, original } of layer) {
    pieces.push(bytes.subarray(from, offset), original);
    from = offset + length;
  }
  pieces.push(bytes.subarray(from));
  return Buffer.concat(pieces);
}

/** Bytes as text and back without loss: UTF-8 where they are, else one character per byte. */
export interface ReversibleText {
  readonly text: string;
  /** Encodes any part of the text, or other text. */
  readonly encode: (part: string) => Buffer;
}

export function reversibleText(bytes: Buffer): ReversibleText {
  const text = bytes.toString("utf8");
  if (!text.includes("\uFFFD") && Buffer.byteLength(text) === bytes.length) return { text, encode: (part) => Buffer.from(part, "utf8") };
  // Text of a rule may hold characters beyond one byte: such a part is UTF-8 whatever surrounds it.
  const isNarrow = (part: string): boolean => ![...part].some((character) => (character.codePointAt(0) as number) > 255);
  return { text: bytes.toString("latin1"), encode: (part) => Buffer.from(part, isNarrow(part) ? "latin1" : "utf8") };
}
