/** Owns the compact coding of numbers and texts into bytes: LEB128 numbers, texts behind their length. */

/** Collects numbers and texts. */
export interface Sink {
  readonly number: (value: number) => void;
  readonly bytes: (value: Uint8Array) => void;
  /** Length, then bytes. */
  readonly text: (value: Uint8Array) => void;
  readonly taken: () => Buffer;
}

/** `expected` bytes need no second buffer. */
export function createSink(expected = 256): Sink {
  let buffer = Buffer.allocUnsafe(expected);
  let used = 0;
  function room(count: number): void {
    if (used + count <= buffer.length) return;
    const larger = Buffer.allocUnsafe((used + count) * 2);
    buffer.copy(larger, 0, 0, used);
    buffer = larger;
  }
  function number(value: number): void {
    room(8);
    let rest = value;
    while (rest >= 128) {
      buffer[used++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    buffer[used++] = rest;
  }
  function bytes(value: Uint8Array): void {
    room(value.length);
    buffer.set(value, used);
    used += value.length;
  }
  return {
    number,
    bytes,
    text: (value) => {
      number(value.length);
      bytes(value);
    },
    taken: () => Buffer.from(buffer.subarray(0, used)),
  };
}

/** Reads numbers and texts; past the end it gives zeros and is broken. */
export interface Source {
  readonly number: () => number;
  readonly text: () => Buffer;
  readonly skip: (count: number) => void;
  readonly isBroken: () => boolean;
  readonly isAtEnd: () => boolean;
}

export function createSource(bytes: Buffer): Source {
  let at = 0;
  let broken = false;
  function number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined || scale > 2 ** 49) {
        broken = true;
        return 0;
      }
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
  function text(): Buffer {
    const length = number();
    if (at + length > bytes.length) broken = true;
    at += broken ? 0 : length;
    return broken ? Buffer.alloc(0) : bytes.subarray(at - length, at);
  }
  return {
    number,
    text,
    skip: (count) => {
      at += count;
    },
    isBroken: () => broken,
    isAtEnd: () => !broken && at === bytes.length,
  };
}
