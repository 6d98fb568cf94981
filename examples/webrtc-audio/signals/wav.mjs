/** Owns WAV files: 16-bit PCM in, 16-bit PCM or 32-bit float out. */
import { writeFileSync } from "node:fs";

const HEADER = 44;

/**
 * The first channel of a 16-bit PCM WAV, samples in [-1, 1). Reads what espeak-ng writes to a pipe, whose
 * length fields are too large.
 *
 * @param {Buffer} bytes
 * @returns {{ rate: number, samples: Float64Array }}
 */
export function decodeWav(bytes) {
  if (bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.readUInt16LE(34) !== 16) throw new Error("not a 16-bit WAV");
  const channels = bytes.readUInt16LE(22);
  const data = bytes.indexOf("data", 12, "latin1") + 8;
  const frames = Math.floor(Math.min(bytes.readUInt32LE(data - 4), bytes.length - data) / (2 * channels));
  const samples = Float64Array.from({ length: frames }, (_, index) => bytes.readInt16LE(data + 2 * channels * index) / 32768);
  return { rate: bytes.readUInt32LE(24), samples };
}

/**
 * Writes channels of equal length, interleaved; what is beyond full scale is clipped.
 *
 * @param {string} path
 * @param {number} rate samples per second
 * @param {Float64Array[]} channels
 */
export function writeWav(path, rate, channels) {
  const frames = channels[0].length;
  const bytes = Buffer.alloc(HEADER + 2 * frames * channels.length);
  writeHeader(bytes, rate, channels.length, 2);
  let at = HEADER;
  for (let frame = 0; frame < frames; frame++) {
    for (const channel of channels) {
      const value = Math.round(channel[frame] * 32768);
      bytes.writeInt16LE(Math.max(-32768, Math.min(32767, value)), at);
      at += 2;
    }
  }
  writeFileSync(path, bytes);
}

/**
 * Writes channels of equal length as they are, also what 16 bits do not hold.
 *
 * @param {string} path
 * @param {number} rate samples per second
 * @param {Float64Array[]} channels
 */
export function writeFloatWav(path, rate, channels) {
  const frames = channels[0].length;
  const bytes = Buffer.alloc(HEADER + 4 * frames * channels.length);
  writeHeader(bytes, rate, channels.length, 4);
  let at = HEADER;
  for (let frame = 0; frame < frames; frame++) for (const channel of channels) at = bytes.writeFloatLE(channel[frame], at);
  writeFileSync(path, bytes);
}

function writeHeader(bytes, rate, channels, width) {
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write("WAVEfmt ", 8, "latin1");
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(width === 4 ? 3 : 1, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * channels * width, 28);
  bytes.writeUInt16LE(channels * width, 32);
  bytes.writeUInt16LE(8 * width, 34);
  bytes.write("data", 36, "latin1");
  bytes.writeUInt32LE(bytes.length - HEADER, 40);
}
