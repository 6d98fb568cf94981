/**
 * Owns reading WAVE files for comparison: linear PCM of 8, 16, 24 and 32 bit, and floating point of 32 and 64 bit.
 * Format: Microsoft, "Multimedia Programming Interface and Data Specifications 1.0" (RIFF), and WAVE_FORMAT_EXTENSIBLE.
 */

export interface Sound {
  readonly rate: number;
  readonly channels: number;
  /** Interleaved, full scale 1. */
  readonly samples: Float64Array;
}

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;

/** Undefined when the bytes are no such file. */
export function readWav(bytes: Buffer): Sound | undefined {
  if (bytes.length < 12 || bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.toString("latin1", 8, 12) !== "WAVE") return undefined;
  let format: Buffer | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = bytes.toString("latin1", at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const body = bytes.subarray(at + 8, Math.min(bytes.length, at + 8 + size));
    if (id === "fmt ") format = body;
    if (id === "data") return format === undefined ? undefined : decode(format, body);
    at += 8 + size + (size % 2);
  }
  return undefined;
}

function decode(format: Buffer, data: Buffer): Sound | undefined {
  if (format.length < 16) return undefined;
  const tag = format.readUInt16LE(0);
  const kind = tag === EXTENSIBLE && format.length >= 26 ? format.readUInt16LE(24) : tag;
  const channels = format.readUInt16LE(2);
  const bits = format.readUInt16LE(14);
  const read = readerOf(kind, bits);
  if (read === undefined || channels === 0) return undefined;
  const width = bits / 8;
  const samples = new Float64Array(Math.floor(data.length / width));
  for (let index = 0; index < samples.length; index++) samples[index] = read(data, index * width);
  return { rate: format.readUInt32LE(4), channels, samples };
}

function readerOf(kind: number, bits: number): ((data: Buffer, at: number) => number) | undefined {
  if (kind === FLOAT && bits === 32) return (data, at) => data.readFloatLE(at);
  if (kind === FLOAT && bits === 64) return (data, at) => data.readDoubleLE(at);
  if (kind !== PCM) return undefined;
  if (bits === 8) return (data, at) => ((data[at] ?? 128) - 128) / 128;
  if (bits === 16 || bits === 24 || bits === 32) return (data, at) => data.readIntLE(at, bits / 8) / 2 ** (bits - 1);
  return undefined;
}
