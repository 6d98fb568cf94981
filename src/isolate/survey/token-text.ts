/** Owns the spelling of a token. */
import type { Reading } from "./heads.js";

/** The token's bytes, one character each. */
export function tokenText({ bytes, stream }: Reading, token: number): string {
  return Buffer.prototype.latin1Slice.call(bytes, stream.starts[token], stream.ends[token]);
}
