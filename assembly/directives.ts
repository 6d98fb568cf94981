/** Owns the recognition of preprocessor lines by their first word. Words are compared as little-endian numbers. */
import { BACKSLASH, BLANK, blockCommentEnd, classOf, continuationEnd, SLASH, wordEnd } from "./bytes";
import { DEFINE, ELIF, ELSE, ENDIF, IF, INCLUDE, PRAGMA, TEXT, UNDEF } from "./kinds";

/** Behind the word of the directive whose `#` ends before `at`; `at` when there is none. */
export function directiveEnd(at: usize, end: usize): usize {
  const start = skipBlanks(at, end);
  const p = wordEnd(start);
  return p == start ? at : p;
}

/** The code of the directive whose `#` ends before `at` and whose word ends at `p`. */
export function directiveCode(at: usize, p: usize, end: usize): i32 {
  if (p == at) return 0;
  const start = skipBlanks(at, end);
  const code = codeOf(start, p - start);
  if (code != PRAGMA) return code;
  const next = skipBlanks(p, end);
  return isTextPragma(next, wordEnd(next) - next) ? TEXT : code;
}

@inline
function word(p: usize, n: usize): u64 {
  return (load<u64>(p) << (64 - (n << 3))) >>> (64 - (n << 3));
}

function codeOf(p: usize, n: usize): i32 {
  if (n > 8) return n == 12 && load<u64>(p) == 0x5f6564756c636e69 && load<u32>(p, 8) == 0x7478656e ? INCLUDE : 0;
  if (n < 2) return 0;
  switch (word(p, n)) {
    case 0x656e69666564:
      return DEFINE;
    case 0x6665646e75:
      return UNDEF;
    case 0x6564756c636e69:
    case 0x74726f706d69:
      return INCLUDE;
    case 0x6669:
    case 0x6665646669:
    case 0x6665646e6669:
      return IF;
    case 0x66696c65:
    case 0x66656466696c65:
    case 0x6665646e66696c65:
      return ELIF;
    case 0x65736c65:
      return ELSE;
    case 0x6669646e65:
      return ENDIF;
    case 0x726f727265:
    case 0x676e696e726177:
      return TEXT;
    case 0x616d67617270:
      return PRAGMA;
    default:
      return 0;
  }
}

/** `#pragma mark`, `#pragma region` and `#pragma endregion`. */
function isTextPragma(p: usize, n: usize): bool {
  if (n == 9) return load<u64>(p) == 0x6f69676572646e65 && load<u8>(p, 8) == 110;
  return (n == 4 && load<u32>(p) == 0x6b72616d) || (n == 6 && word(p, n) == 0x6e6f69676572);
}

export function skipBlanks(at: usize, end: usize): usize {
  let p = at;
  while (p < end) {
    const starts = classOf(load<u8>(p));
    if (starts == BLANK) p++;
    else if (starts == BACKSLASH && continuationEnd(p, end) != 0) p = continuationEnd(p, end);
    else if (starts == SLASH && load<u8>(p + 1) == 42) p = blockCommentEnd(p, end);
    else return p;
  }
  return p;
}
