/** Owns the spelling of a token. */
import { KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { Reading } from "./heads.js";

/** The token's bytes, one character each; a digraph as what it stands for. */
export function tokenText({ bytes, stream }: Reading, token: number): string {
  const [start, end] = [stream.starts[token] as number, stream.ends[token]];
  if (stream.kinds[token] === KIND.punctuation && end === start + 1) return String.fromCharCode(stream.values[token] as number);
  if (stream.kinds[token] === KIND.punctuation && stream.values[token] === PUNCTUATION.paste) return "##";
  return Buffer.prototype.latin1Slice.call(bytes, start, end);
}
