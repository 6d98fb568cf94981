/** Owns the reading of one file's tokens as texts and lines, on one interner and one reused stream. */
import { createInterner, type Interner } from "../../tokens/interner.js";
import { KIND } from "../../tokens/kinds.js";
import { type Dialect, scan } from "../../tokens/scan.js";
import { createStream, type TokenStream } from "../../tokens/stream.js";

/** The tokens of the file read last. */
export interface Tokens {
  readonly stream: TokenStream;
  readonly bytes: Uint8Array;
  /** Spelling of a token; an identifier without its line continuations. */
  readonly text: (token: number) => string;
  /** Line from 1 on; cheap when asked in ascending order. */
  readonly line: (token: number) => number;
}

export interface TokenReader {
  readonly interner: Interner;
  readonly read: (bytes: Uint8Array, dialect?: Dialect) => Tokens;
}

export function createTokenReader(): TokenReader {
  const interner = createInterner();
  const stream = createStream(1 << 16);
  function read(bytes: Uint8Array, dialect: Dialect = "c"): Tokens {
    scan(bytes, interner, stream, dialect);
    const lineOf = lineCounter(bytes);
    const text = (token: number): string => {
      if (stream.kinds[token] === KIND.identifier) return interner.name(stream.values[token] as number);
      return Buffer.from(bytes.subarray(stream.starts[token], stream.ends[token])).toString("latin1");
    };
    return { stream, bytes, text, line: (token) => lineOf(stream.starts[token] as number) };
  }
  return { interner, read };
}

/** Gives the line of a byte offset; goes on from the last one asked. */
export function lineCounter(bytes: Uint8Array): (offset: number) => number {
  let at = 0;
  let line = 1;
  return (offset) => {
    if (offset < at) {
      at = 0;
      line = 1;
    }
    for (; at < offset; at++) if (bytes[at] === 10) line++;
    return line;
  };
}

/** Index of the token that ends the preprocessor line which the token `at` starts. */
export function directiveEndOf({ kinds, count }: TokenStream, at: number): number {
  let i = at + 1;
  while (i < count && kinds[i] !== KIND.directiveEnd) i++;
  return i;
}
