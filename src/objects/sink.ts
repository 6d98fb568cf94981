/** Owns a growing buffer that is filled, digested and filled again. */
import { hash } from "node:crypto";

export interface Sink {
  bytes: Buffer;
  length: number;
}

export function newSink(): Sink {
  return { bytes: Buffer.allocUnsafe(65_536), length: 0 };
}

export function putBytes(sink: Sink, bytes: Uint8Array): void {
  reserve(sink, bytes.length);
  sink.bytes.set(bytes, sink.length);
  sink.length += bytes.length;
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
  sink.length = sink.bytes.writeDoubleLE(value, sink.length);
}

/** SHA-256 of what was put, in base 64; the sink is empty afterwards. */
export function takeDigest(sink: Sink): string {
  const digest = hash("sha256", sink.bytes.subarray(0, sink.length), "base64");
  sink.length = 0;
  return digest;
}

function reserve(sink: Sink, more: number): void {
  if (sink.length + more <= sink.bytes.length) return;
  const grown = Buffer.allocUnsafe(Math.max(sink.bytes.length * 2, sink.length + more));
  sink.bytes.copy(grown, 0, 0, sink.length);
  sink.bytes = grown;
}
