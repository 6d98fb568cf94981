/** Owns the module's memory: what one object needs lies in a row and is given up with the next object. */

let top: usize = 0;

/** Begins anew, for the next object. */
export function reset(): void {
  top = __heap_base;
}

/** Room for `bytes` bytes, at a multiple of 16; what lies there is left. Traps when the memory cannot grow any more. */
export function take(bytes: usize): usize {
  const at: usize = (top + 15) & ~15;
  top = at + bytes;
  const pages = <i32>((top + 0xffff) >>> 16);
  const missing = pages - memory.size();
  if (missing > 0 && memory.grow(max(missing, 64)) < 0 && memory.grow(missing) < 0) unreachable();
  return at;
}

/** The same, filled with zeros. */
export function takeZeros(bytes: usize): usize {
  const at = take(bytes);
  memory.fill(at, 0, bytes);
  return at;
}
