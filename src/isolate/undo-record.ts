/** Owns the record of what isolation did to one file, small enough to keep for every file: from it the original bytes come back. */
import { createSink, createSource, type Sink, type Source } from "./byte-codec.js";

/** Text inserted before the byte `offset` of the original file. */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
  /** Where it is not the suffix behind a name: the original bytes on both sides, by which it is found in a file that was edited since. */
  readonly around?: readonly [Buffer, Buffer];
}

/** Bytes that are kept on each side. */
export const AROUND = 24;

/** The insertion with the bytes around it, none of them beyond its neighbours. */
export function withSurroundings(insertion: Insertion, bytes: Buffer, from = 0, to = bytes.length): Insertion {
  const { offset } = insertion;
  const before = bytes.subarray(Math.max(from, offset - AROUND), offset);
  return { ...insertion, around: [before, bytes.subarray(offset, Math.min(to, offset + AROUND))] };
}

/** `text` at `offset` of a changed text stands where `original` was. */
export interface Replacement {
  readonly offset: number;
  readonly text: Buffer;
  readonly original: Buffer;
  /** Bytes of the changed text on both sides. */
  readonly around: readonly [Buffer, Buffer];
}

/** What was done to a file: insertions into the original, then layers of replacements, each into the text before it. */
export interface Undo {
  /** CRC-32 of the original bytes. */
  readonly crc: number;
  /** Ascending. */
  readonly insertions: readonly Insertion[];
  readonly layers: readonly (readonly Replacement[])[];
}

/**
 * Encodes: CRC-32 (4 bytes, big endian), number of insertions, each as `distance << 1 | other` with its text and surroundings where
 * it is not the suffix behind a name, number of layers, each with its replacements. Numbers are LEB128.
 */
export function encodeUndo(undo: Undo, suffix: string): Buffer {
  const out = createSink();
  out.bytes(crcBytes(undo.crc));
  out.number(undo.insertions.length);
  let before = 0;
  for (const { offset, text, around } of undo.insertions) {
    const other = text === suffix && around === undefined ? 0 : 1;
    out.number((offset - before) * 2 + other);
    if (other === 1) for (const part of [Buffer.from(text, "latin1"), ...(around ?? [EMPTY, EMPTY])]) out.text(part);
    before = offset;
  }
  out.number(undo.layers.length);
  for (const layer of undo.layers) encodeLayer(layer, out);
  return out.taken();
}

/** The same for a file that only got suffixes behind names, at these offsets (ascending): most files of a tree are such. */
export function encodeSuffixes(crc: number, offsets: readonly number[]): Buffer {
  const out = createSink(4 + 8 * (offsets.length + 2));
  out.bytes(crcBytes(crc));
  out.number(offsets.length);
  let before = 0;
  for (const offset of offsets) {
    out.number((offset - before) * 2);
    before = offset;
  }
  out.number(0);
  return out.taken();
}

const EMPTY = Buffer.alloc(0);

function encodeLayer(layer: readonly Replacement[], out: Sink): void {
  out.number(layer.length);
  let before = 0;
  for (const { offset, text, original, around } of layer) {
    out.number(offset - before);
    for (const part of [text, original, ...around]) out.text(part);
    before = offset;
  }
}

/** Reads what {@link encodeUndo} wrote; undefined when the bytes are none of its. */
export function decodeUndo(bytes: Buffer, suffix: string): Undo | undefined {
  const source = createSource(bytes);
  const crc = bytes.length < 4 ? 0 : bytes.readUInt32BE(0);
  source.skip(4);
  const insertions = list(source, decodeInsertion(source, suffix));
  const layers = list(source, () => list(source, decodeReplacement(source)));
  return source.isAtEnd() ? { crc, insertions, layers } : undefined;
}

function decodeInsertion(source: Source, suffix: string): () => Insertion {
  let offset = 0;
  return () => {
    const coded = source.number();
    offset += Math.floor(coded / 2);
    if (coded % 2 === 0) return { offset, text: suffix };
    return { offset, text: source.text().toString("latin1"), around: [source.text(), source.text()] };
  };
}

function decodeReplacement(source: Source): () => Replacement {
  let offset = 0;
  return () => {
    offset += source.number();
    return { offset, text: source.text(), original: source.text(), around: [source.text(), source.text()] };
  };
}

function list<T>(source: Source, item: () => T): T[] {
  const count = source.number();
  const found: T[] = [];
  for (let i = 0; i < count && !source.isBroken(); i++) found.push(item());
  return found;
}

function crcBytes(crc: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(crc >>> 0);
  return bytes;
}
