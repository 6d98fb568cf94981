/** Owns the record of what isolation did to one file, small enough to keep for every file: from it the original bytes come back. */
import { createSink, createSource, type Sink, type Source } from "./byte-codec.js";

/** Text inserted before the byte `offset` of the original file. */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/** Bytes at `offset` of a changed text, `length` long, that stand where `original` was. */
export interface Replacement {
  readonly offset: number;
  readonly length: number;
  readonly original: Buffer;
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
 * Encodes: CRC-32 (4 bytes, big endian), number of insertions, each as `distance << 1 | other` with its text where it is
 * not the suffix, number of layers, each with its replacements. Numbers are LEB128.
 */
export function encodeUndo(undo: Undo, suffix: string): Buffer {
  const out = createSink();
  out.bytes(crcBytes(undo.crc));
  out.number(undo.insertions.length);
  let before = 0;
  for (const { offset, text } of undo.insertions) {
    const other = text === suffix ? 0 : 1;
    out.number((offset - before) * 2 + other);
    if (other === 1) out.text(Buffer.from(text, "latin1"));
    before = offset;
  }
  out.number(undo.layers.length);
  for (const layer of undo.layers) encodeLayer(layer, out);
  return out.taken();
}

function encodeLayer(layer: readonly Replacement[], out: Sink): void {
  out.number(layer.length);
  let before = 0;
  for (const { offset, length, original } of layer) {
    out.number(offset - before);
    out.number(length);
    out.text(original);
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
    return { offset, text: coded % 2 === 0 ? suffix : source.text().toString("latin1") };
  };
}

function decodeReplacement(source: Source): () => Replacement {
  let offset = 0;
  return () => {
    offset += source.number();
    return { offset, length: source.number(), original: source.text() };
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
