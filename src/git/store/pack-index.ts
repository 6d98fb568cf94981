/** Owns the index of a pack (gitformat-pack, version 2): where in the pack an object stands. Read piece by piece, as it is asked. */
import { closeSync, openSync, readSync } from "node:fs";

export interface PackIndex {
  /** Offset of an object in the pack; undefined: it is not in there. `id`: its 20 bytes. */
  readonly offsetOf: (id: Buffer) => number | undefined;
  readonly close: () => void;
}

const HEAD = 8;
const FANOUT = 256 * 4;
const ID = 20;

/** Ids with one first byte are read together up to so many; beyond, each step of the search reads one. */
const MOST_TOGETHER = 4096;

/** Undefined for an index of another version, or none. */
export function openPackIndex(path: string): PackIndex | undefined {
  const file = openSync(path, "r");
  const head = read(file, 0, HEAD + FANOUT);
  if (head.length < HEAD + FANOUT || head.readUInt32BE(0) !== 0xff744f63 || head.readUInt32BE(4) !== 2) {
    closeSync(file);
    return undefined;
  }
  const below = (byte: number) => (byte < 0 ? 0 : head.readUInt32BE(HEAD + byte * 4));
  const count = below(255);
  const ids = HEAD + FANOUT;
  const offsets = ids + count * (ID + 4);
  const buckets = new Map<number, Buffer>();

  function offsetOf(id: Buffer): number | undefined {
    const byte = id[0] ?? 0;
    const [from, to] = [below(byte - 1), below(byte)];
    const at = to - from > MOST_TOGETHER ? search(id, from, to, (slot) => read(file, ids + slot * ID, ID)) : inBucket(id, byte, from, to);
    return at === undefined ? undefined : offsetAt(at);
  }

  function inBucket(id: Buffer, byte: number, from: number, to: number): number | undefined {
    const bucket = buckets.get(byte) ?? read(file, ids + from * ID, (to - from) * ID);
    buckets.set(byte, bucket);
    return search(id, from, to, (slot) => bucket.subarray((slot - from) * ID, (slot - from + 1) * ID));
  }

  /** Offsets from 2^31 on stand in a table of their own. */
  function offsetAt(slot: number): number {
    const offset = read(file, offsets + slot * 4, 4).readUInt32BE(0);
    if (offset < 2 ** 31) return offset;
    return Number(read(file, offsets + count * 4 + (offset - 2 ** 31) * 8, 8).readBigUInt64BE(0));
  }

  return { offsetOf, close: () => closeSync(file) };
}

function search(id: Buffer, from: number, to: number, at: (slot: number) => Buffer): number | undefined {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = id.compare(at(middle));
    if (order === 0) return middle;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return undefined;
}

/** Fewer bytes at the end of the file. */
function read(file: number, from: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  return bytes.subarray(0, readSync(file, bytes, 0, size, from));
}
