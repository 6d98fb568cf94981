/** Owns the relocations of a section in order of where they patch. */
import { takeZeros, take } from "./memory";
import { checkedAddend, entryCount, sectionBytes, sections, setOdd } from "./object";
import { sort } from "./sort";

/** Per section of relocations: 0 not looked at, 1 in order, else where its order lies. */
let orders: usize = 0;

export function startRelocations(): void {
  orders = takeZeros(<usize>sections << 2);
}

export function orderOf(table: i32): usize {
  const known: usize = load<u32>(orders + (<usize>table << 2));
  if (known != 0) return known;
  const order = makeOrder(table);
  store<u32>(orders + (<usize>table << 2), <u32>order);
  return order;
}

function makeOrder(table: i32): usize {
  const count = entryCount(table);
  const at = sectionBytes(table);
  let last: u64 = 0;
  let sorted = true;
  for (let index = 0; index < count; index++) {
    const offset = load<u64>(at + <usize>index * 24);
    if (offset < last) sorted = false;
    if (offset > <u64>i32.MAX_VALUE) setOdd();
    last = offset;
  }
  if (sorted) return 1;
  const keys = take(<usize>count << 3);
  for (let index = 0; index < count; index++) store<i64>(keys + (<usize>index << 3), (load<u32>(at + <usize>index * 24) as i64 << 32) | index);
  sort(keys, count);
  return keys;
}

/** Where entry number `index`, in order of offsets, lies. */
@inline
export function entryAt(table: i32, order: usize, index: i32): usize {
  return sectionBytes(table) + <usize>(order == 1 ? index : load<i32>(order + (<usize>index << 3))) * 24;
}


/** The number of the first entry that patches at or behind `offset`. */
export function firstFrom(table: i32, order: usize, offset: i64): i32 {
  let low = 0;
  let high = entryCount(table);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (load<i64>(entryAt(table, order, middle)) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

@inline
export function relocationType(entry: usize): u32 {
  return load<u32>(entry, 8);
}

@inline
export function relocationSymbol(entry: usize): u32 {
  return load<u32>(entry, 12);
}

@inline
export function relocationAddend(entry: usize): i64 {
  return checkedAddend(load<i64>(entry, 16));
}
