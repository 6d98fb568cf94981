/** Owns the buffers of one file: its bytes, its tokens in parallel arrays, its notable tokens. */
import { take } from "./memory";

/** Tokens more than bytes: the end of a preprocessor line at the input's end, and what stands behind the last token. */
const MORE: usize = 16;

/** Zero bytes behind the input, so that loads of 16 bytes need no check and words end by themselves. */
const PADDING: usize = 64;

let inputAt: usize = 0;
let room: usize = 0;

export let kinds: usize = 0;
export let starts: usize = 0;
export let ends: usize = 0;
export let values: usize = 0;
/** Token indices of identifiers with a role, of preprocessor lines (start, end, …), of `##`; of braces and starts of preprocessor lines. */
export let hits: usize = 0;
export let directives: usize = 0;
export let pastes: usize = 0;
export let braces: usize = 0;
/** Each id of the file once, as `id << 1 | member`. */
export let ids: usize = 0;

/** Gives the place for an input of `length` bytes; there is room for as many tokens. Moves the arrays when they grow. */
export function prepare(length: usize): usize {
  if (length > room || inputAt == 0) grow(max(length + (length >>> 1), 1 << 18));
  memory.fill(inputAt + length, 0, PADDING);
  return inputAt;
}

function grow(capacity: usize): void {
  room = capacity;
  inputAt = take(capacity + PADDING);
  const tokens = capacity + MORE;
  kinds = take(tokens);
  starts = take(tokens * 4);
  ends = take(tokens * 4);
  values = take(tokens * 4);
  hits = take(tokens * 4);
  directives = take(tokens * 4);
  pastes = take(tokens * 4);
  braces = take(tokens * 4);
  ids = take(tokens * 4);
}

export function input(): usize {
  return inputAt;
}

export function capacity(): usize {
  return room + MORE;
}
