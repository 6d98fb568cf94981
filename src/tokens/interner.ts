/** Owns the table of identifiers: each spelling gets one small number, without a string until someone asks. */

import { createNative, type Native } from "./native.js";
import type { Trigraphs } from "./trigraphs.js";

/** Spellings as bytes with dense ids from 0 on. */
export interface Interner {
  /** Id of `bytes[start, end)`, whose {@link hashOf} is `hash`; a new spelling gets the next id. */
  readonly intern: (bytes: Uint8Array, start: number, end: number, hash: number) => number;
  /** Id of a spelling; a new one gets the next id. */
  readonly internText: (name: string) => number;
  /** Id of a spelling, or -1 when it was never seen. */
  readonly find: (name: string) => number;
  readonly name: (id: number) => string;
  readonly size: () => number;
  /** The compiled scanner whose table this is; scan() uses it. */
  readonly native?: Native;
  /** Whether scan() reads trigraphs; `auto` unless given. */
  readonly trigraphs?: Trigraphs;
}

/**
 * An empty table for long runs: scan() is about twice as fast with it, from the first file on. It takes some 10 MB and
 * is a plain one where the compiled scanner is missing. One file is scanned at a time: streams filled by it share memory.
 */
export function createFastInterner(trigraphs: Trigraphs = "auto", capacity = 1 << 16): Interner {
  const native = createNative(capacity);
  if (native === undefined) return { ...createInterner(capacity), trigraphs };
  const names: (string | undefined)[] = [];
  return {
    native,
    trigraphs,
    intern: (bytes, start, end) => native.intern(bytes.subarray(start, end)),
    internText: (text) => native.intern(Buffer.from(text, "latin1")),
    find: (text) => native.find(Buffer.from(text, "latin1")),
    name: (id) => (names[id] ??= native.name(id)),
    size: native.size,
  };
}

/** The hash that a scanner computes while it walks over an identifier. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0;
  return hash;
}

/** An empty table with room for `capacity` spellings (a power of two). Open addressing, at most half full; spellings lie in one growing arena. */
export function createInterner(capacity = 1 << 15): Interner {
  let slots = new Int32Array(capacity * 2).fill(-1);
  let mask = slots.length - 1;
  let arena = new Uint8Array(capacity * 16);
  let starts = new Int32Array(capacity);
  let hashes = new Int32Array(capacity);
  let count = 0;
  const texts: (string | undefined)[] = [];

  function intern(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const length = end - start;
    let slot = Math.imul(hash, 0x9e3779b1) >>> 0;
    slot = (slot ^ (slot >>> 15)) & mask;
    for (;;) {
      const id = slots[slot] as number;
      if (id < 0) return add(bytes, start, length, hash, slot);
      if (hashes[id] === hash && same(id, bytes, start, length)) return id;
      slot = (slot + 1) & mask;
    }
  }

  function same(id: number, bytes: Uint8Array, start: number, length: number): boolean {
    const at = starts[id] as number;
    if ((starts[id + 1] as number) - at !== length) return false;
    for (let i = 0; i < length; i++) if (arena[at + i] !== bytes[start + i]) return false;
    return true;
  }

  function add(bytes: Uint8Array, start: number, length: number, hash: number, slot: number): number {
    const id = count;
    const at = starts[id] as number;
    if (at + length > arena.length) arena = grown(arena, at + length);
    for (let i = 0; i < length; i++) arena[at + i] = bytes[start + i] as number;
    if (id + 2 > starts.length) {
      starts = grownInts(starts);
      hashes = grownInts(hashes);
    }
    starts[id + 1] = at + length;
    hashes[id] = hash;
    slots[slot] = id;
    count++;
    if (count * 2 > slots.length) rehash();
    return id;
  }

  function rehash(): void {
    slots = new Int32Array(slots.length * 4).fill(-1);
    mask = slots.length - 1;
    for (let id = 0; id < count; id++) {
      let slot = Math.imul(hashes[id] as number, 0x9e3779b1) >>> 0;
      slot = (slot ^ (slot >>> 15)) & mask;
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
  }

  function internText(text: string): number {
    const bytes = Buffer.from(text, "latin1");
    return intern(bytes, 0, bytes.length, hashOf(bytes, 0, bytes.length));
  }

  function find(text: string): number {
    const bytes = Buffer.from(text, "latin1");
    const hash = hashOf(bytes, 0, bytes.length);
    let slot = Math.imul(hash, 0x9e3779b1) >>> 0;
    slot = (slot ^ (slot >>> 15)) & mask;
    for (let id = slots[slot] as number; id >= 0; id = slots[slot] as number) {
      if (hashes[id] === hash && same(id, bytes, 0, bytes.length)) return id;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  function name(id: number): string {
    const known = texts[id];
    if (known !== undefined) return known;
    const text = Buffer.from(arena.buffer, starts[id] as number, (starts[id + 1] as number) - (starts[id] as number)).toString("latin1");
    texts[id] = text;
    return text;
  }

  return { intern, internText, find, name, size: () => count };
}

function grown(old: Uint8Array, needed: number): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(Math.max(old.length * 2, needed * 2));
  next.set(old);
  return next;
}

function grownInts(old: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(old.length * 2);
  next.set(old);
  return next;
}

/** The first `count` names, each followed by a newline, which no name holds. */
export function namesOf(interner: Interner, count: number): Buffer {
  if (interner.native !== undefined) return interner.native.names(count);
  return Buffer.from(Array.from({ length: count }, (_, id) => `${interner.name(id)}\n`).join(""), "latin1");
}

/** Gives the names that {@link namesOf} listed their ids again; the table must be empty. */
export function internNames(interner: Interner, names: Buffer): void {
  if (interner.native !== undefined) interner.native.internNames(names);
  else for (const name of names.toString("latin1").split("\n").slice(0, -1)) interner.internText(name);
}
