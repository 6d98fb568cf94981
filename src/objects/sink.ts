/** Owns a growing buffer that is filled, digested and filled again. */
import { digestOf } from "./digest.js";

export interface Sink {
  bytes: Buffer;
  /** The same bytes. */
  data: DataView;
  words: Int32Array;
  length: number;
}

export function newSink(): Sink {
  const bytes = Buffer.allocUnsafeSlow(65_536);
  return { bytes, data: new DataView(bytes.buffer), words: new Int32Array(bytes.buffer), length: 0 };
}

/** Up to here a loop is faster than a call. */
const SMALL = 96;

/** The bytes from `start` to before `end`. */
export function putRange(sink: Sink, bytes: Uint8Array, start: number, end: number): void {
  reserve(sink, end - start);
  if (end - start > SMALL) sink.bytes.set(bytes.subarray(start, end), sink.length);
  else for (let at = start, to = sink.length; at < end; at++, to++) sink.bytes[to] = bytes[at] ?? 0;
  sink.length += end - start;
}

/** The text's UTF-8 and a NUL, so that texts in a row stay apart. */
export function putText(sink: Sink, text: string): void {
  reserve(sink, text.length * 3 + 1);
  sink.length += sink.bytes.write(text, sink.length, "utf8");
  sink.bytes[sink.length++] = 0;
}

/** Eight bytes: the number as a double, so that any size or offset fits. */
export function putNumber(sink: Sink, value: number): void {
  reserve(sink, 8);
  sink.data.setFloat64(sink.length, value, true);
  sink.length += 8;
}

/** Twice four bytes. */
export function putWords(sink: Sink, one: number, other: number): void {
  reserve(sink, 8);
  sink.data.setInt32(sink.length, one, true);
  sink.data.setInt32(sink.length + 4, other, true);
  sink.length += 8;
}

/** The sixteen bytes of a digest. */
export function putDigest(sink: Sink, digest: string): void {
  reserve(sink, 16);
  for (let at = 0; at < 8; at++) sink.data.setUint16(sink.length + at * 2, digest.charCodeAt(at), true);
  sink.length += 16;
}

/** A buffer that one large body needed is given back. */
const LARGEST_KEPT = 0x40_0000;

const BLOCK = 16;

/** The digest of what was put, as eight characters; the sink is empty afterwards. */
export function takeDigest(sink: Sink): string {
  const { length } = sink;
  reserve(sink, BLOCK);
  const blocks = Math.ceil(length / BLOCK);
  for (let at = length; at < blocks * BLOCK; at++) sink.bytes[at] = 0;
  const digest = digestOf(sink.words, blocks, length);
  sink.length = 0;
  if (sink.bytes.length > LARGEST_KEPT) Object.assign(sink, newSink());
  return digest;
}

export function reserve(sink: Sink, more: number): void {
  if (sink.length + more <= sink.bytes.length) return;
  const wanted = Math.max(sink.bytes.length * 2, sink.length + more);
  const grown = Buffer.allocUnsafeSlow(Math.ceil(wanted / BLOCK) * BLOCK);
  sink.bytes.copy(grown, 0, 0, sink.length);
  sink.bytes = grown;
  sink.data = new DataView(grown.buffer);
  sink.words = new Int32Array(grown.buffer);
}
