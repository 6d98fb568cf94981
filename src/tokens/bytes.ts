/** Owns the byte classes of C-family text and the jumps over literals, comments and line continuations. */

/** What a byte can start. */
export const STARTS = {
  other: 0,
  blank: 1,
  newline: 2,
  word: 3,
  digit: 4,
  quote: 5,
  slash: 6,
  hash: 7,
  backslash: 8,
  dot: 9,
  colon: 10,
  minus: 11,
  less: 12,
  apostrophe: 13,
  at: 14,
  semicolon: 15,
} as const;

const NEWLINE = 10;
const BACKSLASH = 92;

/** Class of each byte. Bytes from 0x80 on and `$` are parts of words, as in GCC. */
export const STARTS_OF: Uint8Array = startsTable();

/** 1 for bytes that continue a word. */
export const IN_WORD: Uint8Array = STARTS_OF.map((starts) => (starts === STARTS.word || starts === STARTS.digit ? 1 : 0));

function startsTable(): Uint8Array {
  const table = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) if (byte >= 0x80 || /[\w$]/.test(String.fromCharCode(byte))) table[byte] = STARTS.word;
  for (let byte = 48; byte < 58; byte++) table[byte] = STARTS.digit;
  for (const byte of [9, 11, 12, 13, 32]) table[byte] = STARTS.blank;
  const single: Readonly<Record<string, number>> = {
    "\n": STARTS.newline,
    '"': STARTS.quote,
    "/": STARTS.slash,
    "#": STARTS.hash,
    "\\": STARTS.backslash,
    ".": STARTS.dot,
    ":": STARTS.colon,
    "-": STARTS.minus,
    "<": STARTS.less,
    "'": STARTS.apostrophe,
    "@": STARTS.at,
    ";": STARTS.semicolon,
  };
  for (const [character, starts] of Object.entries(single)) table[character.charCodeAt(0)] = starts;
  return table;
}

/**
 * End of the line continuation at `at` (a backslash), or -1 when it is none. Blanks between the backslash
 * and the newline are allowed, as in GCC and Clang.
 */
export function continuationEnd(bytes: Uint8Array, at: number): number {
  let i = at + 1;
  while (i < bytes.length && STARTS_OF[bytes[i] as number] === STARTS.blank) i++;
  return i < bytes.length && bytes[i] === NEWLINE ? i + 1 : -1;
}

/** Offset of the newline that ends the line comment or free text at `at`, or the end of the input. */
export function lineEnd(bytes: Uint8Array, at: number): number {
  let i = at;
  for (; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === NEWLINE) return i;
    if (byte !== BACKSLASH) continue;
    const end = continuationEnd(bytes, i);
    if (end >= 0) i = end - 1;
  }
  return i;
}

/** Offset behind the block comment at `at` (its slash); an open one reaches to the end of the input. */
export function blockCommentEnd(bytes: Uint8Array, at: number): number {
  let i = at + 2;
  for (; i + 1 < bytes.length; i++) if (bytes[i] === 42 && bytes[i + 1] === 47) return i + 2;
  return bytes.length;
}

/** Offset behind the literal whose quote stands at `at`; an open one ends before its newline. */
export function literalEnd(bytes: Uint8Array, at: number): number {
  const quote = bytes[at];
  let i = at + 1;
  for (; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === quote) return i + 1;
    if (byte === NEWLINE) return i;
    if (byte !== BACKSLASH) continue;
    const end = continuationEnd(bytes, i);
    i = end >= 0 ? end - 1 : bytes[i + 1] === NEWLINE ? i : i + 1;
  }
  return Math.min(i, bytes.length);
}

/** Offset behind the raw string whose quote stands at `at` (`"delimiter(…)delimiter"`), or -1 when it is no raw string. */
export function rawStringEnd(bytes: Uint8Array, at: number): number {
  let open = at + 1;
  while (open < bytes.length && open - at <= 17 && isDelimiter(bytes[open] as number)) open++;
  if (bytes[open] !== 40 || open - at > 17) return -1;
  const delimiter = open - at - 1;
  for (let i = open + 1; i < bytes.length; i++) {
    if (bytes[i] === 41 && bytes[i + 1 + delimiter] === 34 && sameBytes(bytes, i + 1, at + 1, delimiter)) return i + delimiter + 2;
  }
  return bytes.length;
}

function isDelimiter(byte: number): boolean {
  return byte > 32 && byte < 127 && byte !== 34 && byte !== 40 && byte !== 41 && byte !== 92;
}

function sameBytes(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}

/** Offset behind the preprocessing number at `at`: digits, letters, dots, exponent signs, digit separators. */
export function numberEnd(bytes: Uint8Array, at: number): number {
  let i = at + 1;
  for (; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (IN_WORD[byte] === 1 || byte === 46) continue;
    if ((byte === 43 || byte === 45) && isExponent(bytes[i - 1] as number)) continue;
    if (byte === 39 && IN_WORD[bytes[i + 1] as number] === 1) continue;
    break;
  }
  return i;
}

function isExponent(byte: number): boolean {
  return byte === 101 || byte === 69 || byte === 112 || byte === 80;
}
