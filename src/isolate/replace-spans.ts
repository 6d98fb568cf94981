/** Owns the replacement of byte ranges, with the record from which the old bytes come back. */
import { AROUND, type Replacement } from "./undo-record.js";

/** Bytes `[start, end)` become `text`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: Buffer;
}

/** Replaces ascending spans that do not overlap. */
export function replaceSpans(bytes: Buffer, spans: readonly Span[]): { bytes: Buffer; layer: Replacement[] } {
  const pieces: Buffer[] = [];
  const placed: Omit<Replacement, "around">[] = [];
  let from = 0;
  let length = 0;
  for (const { start, end, text } of spans) {
    length += start - from;
    placed.push({ offset: length, text, original: Buffer.from(bytes.subarray(start, end)) });
    pieces.push(bytes.subarray(from, start), text);
    length += text.length;
    from = end;
  }
  pieces.push(bytes.subarray(from));
  const changed = Buffer.concat(pieces);
  return {
    bytes: changed,
    layer: placed.map(({ offset, text, original }) => ({
      offset,
      text,
      original,
      around: surroundings(changed, offset, offset + text.length),
    })),
  };
}

function surroundings(bytes: Buffer, start: number, end: number): [Buffer, Buffer] {
  return [bytes.subarray(Math.max(0, start - AROUND), start), bytes.subarray(end, end + AROUND)];
}

/** The bytes before {@link replaceSpans}. */
export function undoReplacements(bytes: Buffer, layer: readonly Replacement[]): Buffer {
  const pieces: Buffer[] = [];
  let from = 0;
  for (const { offset, text, original } of layer) {
    pieces.push(bytes.subarray(from, offset), original);
    from = offset + text.length;
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
  return { text: bytes.toString("latin1"), encode: (part) => Buffer.from(part, isNarrow(part) ? "latin1" : "utf8") };
}

function isNarrow(part: string): boolean {
  return ![...part].some((character) => (character.codePointAt(0) as number) > 255);
}
