/** Owns texts that are looked up by other texts, both of them bytes: a hash table without an object or a string per entry. */

export interface ByteTexts {
  /** Entry numbers from 1 by hash; 0 is free. Its length is a power of two. */
  slots: Int32Array;
  /** Per entry the key's hash, where the key ends in `keys` and the text ends in `texts`; each starts where the one before ends. */
  hashes: Int32Array;
  keyEnds: Int32Array;
  textEnds: Int32Array;
  count: number;
  keys: Uint8Array;
  texts: Uint8Array;
}

/** What a large archive needs; memory that is not written to costs nothing. */
const FIRST_ENTRIES = 1 << 16;

export function createTexts(): ByteTexts {
  return {
    slots: new Int32Array(FIRST_ENTRIES * 2),
    hashes: new Int32Array(FIRST_ENTRIES),
    keyEnds: new Int32Array(FIRST_ENTRIES),
    textEnds: new Int32Array(FIRST_ENTRIES),
    count: 1,
    keys: new Uint8Array(FIRST_ENTRIES * 64),
    texts: new Uint8Array(FIRST_ENTRIES * 64),
  };
}

/** One step of the hash of a key's bytes, from 0 on. */
export function hashStep(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x0100_0193);
}

/** The entry of a key, or 0. */
export function findText(table: ByteTexts, hash: number, bytes: Uint8Array, first: number, last: number): number {
  const { slots, hashes } = table;
  const mask = slots.length - 1;
  for (let slot = placeOf(hash) & mask; ; slot = (slot + 1) & mask) {
    const entry = slots[slot] ?? 0;
    if (entry === 0) return 0;
    if (hashes[entry] === hash && isKey(table, entry, bytes, first, last)) return entry;
  }
}

/** The low bits of the hash are its weakest. */
function placeOf(hash: number): number {
  return hash ^ (hash >>> 15);
}

function isKey({ keys, keyEnds }: ByteTexts, entry: number, bytes: Uint8Array, first: number, last: number): boolean {
  const start = keyEnds[entry - 1] ?? 0;
  if ((keyEnds[entry] ?? 0) - start !== last - first) return false;
  for (let at = first, key = start; at < last; at++, key++) if (bytes[at] !== keys[key]) return false;
  return true;
}

/** Adds a key that has no entry, with the first `length` bytes of a text. */
export function addText(
  table: ByteTexts,
  hash: number,
  bytes: Uint8Array,
  first: number,
  last: number,
  text: Uint8Array,
  length: number,
): number {
  if (table.count === table.hashes.length) growEntries(table);
  const entry = table.count++;
  table.hashes[entry] = hash;
  const keyStart = table.keyEnds[entry - 1] ?? 0;
  const textStart = table.textEnds[entry - 1] ?? 0;
  table.keyEnds[entry] = keyStart + last - first;
  table.textEnds[entry] = textStart + length;
  table.keys = roomFor(table.keys, keyStart + last - first);
  table.texts = roomFor(table.texts, textStart + length);
  copyBytes(bytes, first, last, table.keys, keyStart);
  copyBytes(text, 0, length, table.texts, textStart);
  putSlot(table.slots, hash, entry);
  return entry;
}

/** A loop, as names are short. */
export function copyBytes(from: Uint8Array, first: number, last: number, to: Uint8Array, start: number): void {
  for (let at = first, put = start; at < last; at++, put++) to[put] = from[at] ?? 0;
}

function putSlot(slots: Int32Array, hash: number, entry: number): void {
  const mask = slots.length - 1;
  let slot = placeOf(hash) & mask;
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  slots[slot] = entry;
}

function growEntries(table: ByteTexts): void {
  table.hashes = doubled(table.hashes);
  table.keyEnds = doubled(table.keyEnds);
  table.textEnds = doubled(table.textEnds);
  table.slots = new Int32Array(table.hashes.length * 2);
  for (let entry = 1; entry < table.count; entry++) putSlot(table.slots, table.hashes[entry] ?? 0, entry);
}

function doubled(numbers: Int32Array): Int32Array {
  const bigger = new Int32Array(numbers.length * 2);
  bigger.set(numbers);
  return bigger;
}

/** The same bytes with room for `length`. */
export function roomFor(bytes: Uint8Array, length: number): Uint8Array {
  if (length <= bytes.length) return bytes;
  const bigger = new Uint8Array(Math.max(bytes.length * 2, length));
  bigger.set(bytes);
  return bigger;
}
