/** Owns the buffer that a scan fills: parallel arrays of kind, start, end and value, reused from file to file. */

/** Tokens of one input; only the first `count` entries hold. */
export interface TokenStream {
  count: number;
  kinds: Uint8Array;
  /** Byte offset of the token's first byte. */
  starts: Int32Array;
  /** Byte offset behind the token's last byte. */
  ends: Int32Array;
  /** Identifier: id of the interner; punctuation: byte or PUNCTUATION code; directive: DIRECTIVE code; else 0. */
  values: Int32Array;
  /** Indices of the tokens that are braces or start preprocessor lines: the first `braceCount`; empty when the scan does not list them. */
  braces: Int32Array;
  /** -1 when the scan does not list them. */
  braceCount: number;
  /** Offset of a trigraph that changes the tokens if it is read, where nothing tells whether it is; -1 where there is none. */
  doubt: number;
}

/** An empty stream with room for `capacity` tokens. */
export function createStream(capacity = 1 << 14): TokenStream {
  return {
    count: 0,
    kinds: new Uint8Array(capacity),
    starts: new Int32Array(capacity),
    ends: new Int32Array(capacity),
    values: new Int32Array(capacity),
    braces: new Int32Array(0),
    braceCount: -1,
    doubt: -1,
  };
}

/** Doubles the room; what the stream holds stays. */
export function growStream(stream: TokenStream): void {
  const size = stream.kinds.length * 2;
  const kinds = new Uint8Array(size);
  kinds.set(stream.kinds);
  stream.kinds = kinds;
  stream.starts = doubled(stream.starts);
  stream.ends = doubled(stream.ends);
  stream.values = doubled(stream.values);
}

function doubled(old: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(old.length * 2);
  next.set(old);
  return next;
}

/** Appends one token. */
export function push(stream: TokenStream, kind: number, start: number, end: number, value: number): void {
  const at = stream.count;
  if (at === stream.kinds.length) growStream(stream);
  stream.kinds[at] = kind;
  stream.starts[at] = start;
  stream.ends[at] = end;
  stream.values[at] = value;
  stream.count = at + 1;
}
