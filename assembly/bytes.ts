/** Owns the byte classes of C-family text and the jumps over literals, comments and line continuations, 16 bytes at a time. */

export const OTHER: u8 = 0;
export const BLANK: u8 = 1;
export const LINE: u8 = 2;
export const WORD: u8 = 3;
export const DIGIT: u8 = 4;
export const QUOTE: u8 = 5;
export const SLASH: u8 = 6;
export const HASH: u8 = 7;
export const BACKSLASH: u8 = 8;
export const DOT: u8 = 9;
export const COLON: u8 = 10;
export const MINUS: u8 = 11;
export const APOSTROPHE: u8 = 12;
export const AT: u8 = 13;
export const SEMICOLON: u8 = 14;

/** Class of each byte. Bytes from 0x80 on and `$` are parts of words, as in GCC. */
const CLASSES = memory.data(256);

fillClasses();

function fillClasses(): void {
  for (let byte = 0; byte < 256; byte++) if (isWord(<u8>byte)) store<u8>(CLASSES + byte, WORD);
  for (let byte = 48; byte < 58; byte++) store<u8>(CLASSES + byte, DIGIT);
  for (let byte = 9; byte < 14; byte++) store<u8>(CLASSES + byte, BLANK);
  store<u8>(CLASSES + 32, BLANK);
  store<u8>(CLASSES + 10, LINE);
  store<u8>(CLASSES + 34, QUOTE);
  store<u8>(CLASSES + 47, SLASH);
  store<u8>(CLASSES + 35, HASH);
  store<u8>(CLASSES + 92, BACKSLASH);
  store<u8>(CLASSES + 46, DOT);
  store<u8>(CLASSES + 58, COLON);
  store<u8>(CLASSES + 45, MINUS);
  store<u8>(CLASSES + 39, APOSTROPHE);
  store<u8>(CLASSES + 64, AT);
  store<u8>(CLASSES + 59, SEMICOLON);
}

@inline
export function classOf(byte: u8): u8 {
  return load<u8>(CLASSES + byte);
}

/** Whether a byte continues a word. */
@inline
export function isWord(byte: u8): bool {
  return <u8>((byte | 0x20) - 97) < 26 || <u8>(byte - 48) < 10 || byte == 95 || byte == 36 || byte >= 0x80;
}

/** Behind the word bytes at `p`. The text is followed by a zero byte. */
@inline
export function wordEnd(from: usize): usize {
  let p = from;
  while (true) {
    const c = v128.load(p);
    const alpha = i8x16.lt_u(i8x16.sub(v128.or(c, i8x16.splat(0x20)), i8x16.splat(97)), i8x16.splat(26));
    const digit = i8x16.lt_u(i8x16.sub(c, i8x16.splat(48)), i8x16.splat(10));
    const sign = v128.or(i8x16.eq(c, i8x16.splat(95)), i8x16.eq(c, i8x16.splat(36)));
    const other = i8x16.bitmask(v128.or(v128.or(alpha, digit), v128.or(sign, c))) ^ 0xffff;
    if (other != 0) return p + ctz(other);
    p += 16;
  }
}

/** Behind the spaces at `p`. */
@inline
export function spacesEnd(from: usize): usize {
  let p = from;
  while (true) {
    const other = i8x16.bitmask(i8x16.eq(v128.load(p), i8x16.splat(32))) ^ 0xffff;
    if (other != 0) return p + ctz(other);
    p += 16;
  }
}

/** End of the line continuation at `at` (a backslash), or 0 when it is none. */
export function continuationEnd(at: usize, end: usize): usize {
  let p = at + 1;
  while (p < end && classOf(load<u8>(p)) == BLANK) p++;
  return p < end && load<u8>(p) == 10 ? p + 1 : 0;
}

/** The newline that ends the line comment or free text at `at`, or the end of the input. */
export function lineEnd(at: usize, end: usize): usize {
  let p = at;
  while (p < end) {
    const c = v128.load(p);
    const found = i8x16.bitmask(v128.or(i8x16.eq(c, i8x16.splat(10)), i8x16.eq(c, i8x16.splat(92))));
    if (found == 0) {
      p += 16;
      continue;
    }
    p += ctz(found);
    if (p >= end) return end;
    if (load<u8>(p) == 10) return p;
    const next = continuationEnd(p, end);
    p = next != 0 ? next : p + 1;
  }
  return end;
}

/** Behind the block comment at `at` (its slash); an open one reaches to the end of the input. */
export function blockCommentEnd(at: usize, end: usize): usize {
  let p = at + 2;
  while (p + 1 < end) {
    const found = i8x16.bitmask(v128.and(i8x16.eq(v128.load(p), i8x16.splat(42)), i8x16.eq(v128.load(p, 1), i8x16.splat(47))));
    if (found != 0) {
      p += ctz(found);
      return p + 1 < end ? p + 2 : end;
    }
    p += 16;
  }
  return end;
}

/** Behind the literal whose quote stands at `at`; an open one ends before its newline. */
export function literalEnd(at: usize, end: usize): usize {
  const quote = load<u8>(at);
  let p = at + 1;
  while (p < end) {
    const c = v128.load(p);
    const marks = v128.or(i8x16.eq(c, i8x16.splat(10)), i8x16.eq(c, i8x16.splat(92)));
    const found = i8x16.bitmask(v128.or(marks, i8x16.eq(c, i8x16.splat(quote))));
    if (found == 0) {
      p += 16;
      continue;
    }
    p += ctz(found);
    if (p >= end) return end;
    const byte = load<u8>(p);
    if (byte == quote) return p + 1;
    if (byte == 10) return p;
    const next = continuationEnd(p, end);
    p = next != 0 ? next : p + 2;
  }
  return end;
}

/** Behind the raw string whose quote stands at `at` (`"delimiter(…)delimiter"`), or 0 when it is no raw string. */
export function rawStringEnd(at: usize, end: usize): usize {
  let open = at + 1;
  while (open < end && open - at <= 17 && isDelimiter(load<u8>(open))) open++;
  if (open >= end || load<u8>(open) != 40 || open - at > 17) return 0;
  const delimiter = open - at - 1;
  for (let p = open + 1; p < end; p++) {
    if (load<u8>(p) == 41 && p + 1 + delimiter < end && load<u8>(p + 1 + delimiter) == 34 && memory.compare(p + 1, at + 1, delimiter) == 0) {
      return p + delimiter + 2;
    }
  }
  return end;
}

function isDelimiter(byte: u8): bool {
  return byte > 32 && byte < 127 && byte != 34 && byte != 40 && byte != 41 && byte != 92;
}

/** Behind the preprocessing number at `at`: digits, letters, dots, exponent signs, digit separators. */
export function numberEnd(at: usize, end: usize): usize {
  let p = at + 1;
  while (true) {
    p = wordEnd(p);
    const byte = load<u8>(p);
    if (byte == 44 || byte == 32 || p >= end) return p;
    if (byte == 46 || ((byte == 43 || byte == 45) && isExponent(load<u8>(p - 1)))) p++;
    else if (byte == 39 && p + 1 < end && isWord(load<u8>(p + 1))) p++;
    else return p;
  }
}

/** Behind the numbers that go on at `at`, each behind a comma, on this line or others. */
export function numbersEnd(at: usize, end: usize): usize {
  let p = at;
  while (load<u8>(p) == 44) {
    let q = p + 1;
    while (classOf(load<u8>(q)) == BLANK || load<u8>(q) == 10) q++;
    if (classOf(load<u8>(q)) != DIGIT) return p;
    p = numberEnd(q, end);
  }
  return p;
}

function isExponent(byte: u8): bool {
  return (byte | 0x20) == 101 || (byte | 0x20) == 112;
}
