/** Owns the module's memory: a pointer that only moves up. What grows moves to a new place; the old one is not used again. */

let top: usize = 0;

/** Room for `bytes` bytes, zeroed, at a multiple of 64. Traps when the memory cannot grow any more. */
export function take(bytes: usize): usize {
  if (top == 0) top = __heap_base;
  const at: usize = (top + 63) & ~63;
  top = at + bytes;
  const pages = <i32>((top + 0xffff) >>> 16);
  const missing = pages - memory.size();
  if (missing > 0 && memory.grow(max(missing, 64)) < 0 && memory.grow(missing) < 0) unreachable();
  return at;
}

/** A copy of `used` bytes from `at` in new room for `bytes` bytes. */
export function moved(at: usize, used: usize, bytes: usize): usize {
  const next = take(bytes);
  memory.copy(next, at, used);
  return next;
}
