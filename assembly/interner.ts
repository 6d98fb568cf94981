/** Owns the table of identifiers: spellings with dense ids, and what is counted per id. */
import { moved, take } from "./memory";

/** Bytes of an id's record: place of its entry, stamp and place in its last file, role. */
const RECORD: usize = 16;
export const STAMP: usize = 4;
export const PLACE: usize = 8;
export const ROLE: usize = 12;

let records: usize = 0;
let room: i32 = 0;
let count: i32 = 0;
/** Entries, one behind the other at multiples of 8: id, length, spelling. */
let arena: usize = 0;
let arenaRoom: usize = 0;
let arenaUsed: usize = 0;
/** Slots of open addressing: hash in the lower half, entry's place / 8 + 1 in the upper; at most half full. */
let slots: usize = 0;
let mask: u32 = 0;

/** Makes room for `capacity` spellings, a power of two; called once. */
export function openTable(capacity: i32): void {
  room = capacity;
  records = take(<usize>room * RECORD);
  arenaRoom = <usize>room * 16;
  arena = take(arenaRoom);
  mask = <u32>capacity * 2 - 1;
  slots = take((<usize>mask + 1) * 8);
}

export function size(): i32 {
  return count;
}

@inline
export function recordOf(id: i32): usize {
  return records + <usize>id * RECORD;
}

export function nameStart(id: i32): usize {
  return arena + load<u32>(recordOf(id)) + 8;
}

export function nameLength(id: i32): i32 {
  return load<i32>(arena + load<u32>(recordOf(id)), 4);
}

@inline
function hashOf(p: usize, n: i32): u32 {
  let h: u64 = n;
  if (n <= 8) {
    if (n > 0) h ^= load<u64>(p) << (64 - (<u64>n << 3));
  } else {
    for (let i: usize = 0; i + 8 < <usize>n; i += 8) h = rotl(h ^ load<u64>(p + i), 29) * 0x9fb21c651e98df25;
    h ^= load<u64>(p + n - 8);
  }
  h *= 0x9e3779b97f4a7c15;
  return <u32>(h ^ (h >>> 32));
}

@inline
function same(a: usize, b: usize, n: i32): bool {
  if (n <= 8) return n == 0 || (load<u64>(a) ^ load<u64>(b)) << (64 - (<u64>n << 3)) == 0;
  for (let i: usize = 0; i + 8 < <usize>n; i += 8) if (load<u64>(a + i) != load<u64>(b + i)) return false;
  return load<u64>(a + n - 8) == load<u64>(b + n - 8);
}

/** Id of the spelling at `p`; a new one gets the next id. */
@inline
export function intern(p: usize, n: i32): i32 {
  const hash = hashOf(p, n);
  let slot = hash & mask;
  while (true) {
    const found = load<u64>(slots + (<usize>slot << 3));
    if (found == 0) return add(p, n, hash, slot);
    const entry = arena + (<usize>(found >>> 32) << 3) - 8;
    if (<u32>found == hash && load<i32>(entry, 4) == n && same(entry + 8, p, n)) return load<i32>(entry);
    slot = (slot + 1) & mask;
  }
}

/** Id of the spelling at `p`, or -1. */
export function find(p: usize, n: i32): i32 {
  const hash = hashOf(p, n);
  let slot = hash & mask;
  while (true) {
    const found = load<u64>(slots + (<usize>slot << 3));
    if (found == 0) return -1;
    const entry = arena + (<usize>(found >>> 32) << 3) - 8;
    if (<u32>found == hash && load<i32>(entry, 4) == n && same(entry + 8, p, n)) return load<i32>(entry);
    slot = (slot + 1) & mask;
  }
}

function add(p: usize, n: i32, hash: u32, slot: u32): i32 {
  const id = count;
  const at = arenaUsed;
  const next = (at + 15 + n) & ~7;
  if (next + 8 > arenaRoom) {
    arenaRoom = (next + 8) * 2;
    arena = moved(arena, at, arenaRoom);
  }
  store<i32>(arena + at, id);
  store<i32>(arena + at, n, 4);
  memory.copy(arena + at + 8, p, n);
  arenaUsed = next;
  if (id == room) {
    records = moved(records, <usize>room * RECORD, <usize>room * 2 * RECORD);
    room *= 2;
  }
  store<u32>(recordOf(id), <u32>at);
  store<u64>(slots + (<usize>slot << 3), (<u64>((at >>> 3) + 1) << 32) | hash);
  count++;
  if (<u32>count > mask >>> 1) rehash();
  return id;
}

function rehash(): void {
  const old = slots;
  const oldSize = <usize>mask + 1;
  mask = mask * 2 + 1;
  slots = take((<usize>mask + 1) * 8);
  for (let i: usize = 0; i < oldSize; i++) {
    const entry = load<u64>(old + (i << 3));
    if (entry == 0) continue;
    let slot = <u32>entry & mask;
    while (load<u64>(slots + (<usize>slot << 3)) != 0) slot = (slot + 1) & mask;
    store<u64>(slots + (<usize>slot << 3), entry);
  }
}

/** Gives the first `length` ids their roles, read from bytes at `p`, and all others none. */
export function setRoles(p: usize, length: i32): void {
  for (let id = 0; id < count; id++) store<u8>(recordOf(id), id < length ? load<u8>(p + id) : 0, ROLE);
}

/** Writes the first `length` spellings to `at`, each followed by a newline; gives the end. With `at` 0 nothing is written. */
export function writeNames(at: usize, length: i32): usize {
  let p = at;
  for (let id = 0; id < length; id++) {
    const n = nameLength(id);
    if (at != 0) {
      memory.copy(p, nameStart(id), n);
      store<u8>(p + n, 10);
    }
    p += n + 1;
  }
  return p;
}

/** Gives each of the spellings at `[from, end)`, each followed by a newline, its id. */
export function readNames(from: usize, end: usize): void {
  let start = from;
  for (let p = from; p < end; p++) {
    if (load<u8>(p) != 10) continue;
    intern(start, <i32>(p - start));
    start = p + 1;
  }
}
