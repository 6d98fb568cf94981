/** Owns the scan of C-family text; the same tokens as src/tokens/scan.ts gives, which says what they are. */
import {
  APOSTROPHE,
  AT,
  BACKSLASH,
  BLANK,
  blockCommentEnd,
  classOf,
  COLON,
  continuationEnd,
  DIGIT,
  DOT,
  HASH,
  isWord,
  LINE,
  lineEnd,
  literalEnd,
  MINUS,
  numberEnd,
  numbersEnd,
  OTHER,
  QUOTE,
  rawStringEnd,
  SEMICOLON,
  SLASH,
  spacesEnd,
  WORD,
  wordEnd,
} from "./bytes";
import { directiveCode, directiveEnd, skipBlanks } from "./directives";
import { intern } from "./interner";
import {
  ARROW,
  C,
  CHARACTER,
  DIRECTIVE,
  DIRECTIVE_END,
  FREE_TEXT,
  GAS,
  IDENTIFIER,
  INCLUDE,
  INCLUDE_PATH,
  NASM,
  NUMBER,
  PASTE,
  PUNCTUATION,
  SCOPE,
  STRING,
  TEXT,
} from "./kinds";
import { take } from "./memory";
import { braces, ends, input, kinds, starts, values } from "./tokens";

const COMMA = 44;

/** As in src/tokens/scan.ts. */
const LONG_RUN = 4096;

/** Eight times no kind: readers look ahead, and what an earlier input left there is no token. */
const NO_TOKENS: u64 = 0xffffffffffffffff;

let count: i32 = 0;
let braceCount: i32 = 0;

/** Number of tokens of the input scanned last. */
export function tokenCount(): i32 {
  return count;
}

/** Number of its braces and preprocessor lines. */
export function braceTokens(): i32 {
  return braceCount;
}

/** Fills the token arrays from the `length` bytes at the input's place; gives the number of tokens. */
export function scan(length: i32, dialect: i32): i32 {
  const base = input();
  const end = base + length;
  const atKinds = kinds;
  const atStarts = starts;
  const atEnds = ends;
  const atValues = values;
  const atBraces = braces;
  let n: usize = 0;
  let nBraces: usize = 0;
  let lineStart = true;
  let inDirective = false;
  let run: i32 = 0;
  let firstOfRun: usize = 0;
  let nextOfRun: usize = 0;
  let p = length >= 3 && load<u8>(base) == 0xef && load<u16>(base, 1) == 0xbfbb ? base + 3 : base;
  while (p < end) {
    const byte = load<u8>(p);
    const starter = classOf(byte);
    if (starter == BLANK) {
      p++;
      if (load<u8>(p) == 32) p = spacesEnd(p);
      continue;
    }
    const start = p++;
    let kind = PUNCTUATION;
    let value: i32 = byte;
    if (starter == WORD) {
      p = wordEnd(p);
      kind = IDENTIFIER;
      const next = load<u8>(p);
      if (next != 34 && next != 39 && next != 92) value = intern(start, <i32>(p - start));
      else {
        const to = literalOrSplicedEnd(start, p, end, dialect);
        if (to > p && next == 92) value = internSpliced(start, to);
        else if (to > p) kind = next == 34 ? STRING : CHARACTER;
        else value = intern(start, <i32>(p - start));
        p = to;
      }
    } else if (starter == LINE) {
      lineStart = true;
      if (!inDirective) {
        if (load<u8>(p) == 32) p = spacesEnd(p);
        continue;
      }
      inDirective = false;
      kind = DIRECTIVE_END;
    } else if (starter == SLASH) {
      const second = load<u8>(p);
      if (second == 47) {
        p = lineEnd(start, end);
        continue;
      }
      if (second == 42) {
        p = blockCommentEnd(start, end);
        continue;
      }
    } else if (starter == HASH && lineStart && !inDirective) {
      p = directiveEnd(start + 1, end);
      kind = DIRECTIVE;
      value = directiveCode(start + 1, p, end);
    } else if (starter != OTHER) {
      switch (starter) {
        case DIGIT:
          kind = NUMBER;
          p = numberEnd(start, end);
          break;
        case DOT:
          if (<u8>(load<u8>(p) - 48) < 10) {
            kind = NUMBER;
            p = numberEnd(start, end);
          }
          break;
        case QUOTE:
          kind = STRING;
          p = literalEnd(start, end);
          break;
        case APOSTROPHE:
          if (dialect == C || load<u8>(p + 1) == 39) {
            kind = CHARACTER;
            p = literalEnd(start, end);
            if (p - start == 1 && dialect != C) kind = PUNCTUATION;
          } else kind = PUNCTUATION;
          break;
        case COLON:
          if (load<u8>(p) == 58) {
            p++;
            value = SCOPE;
          }
          break;
        case MINUS:
          if (load<u8>(p) == 62) {
            p++;
            value = ARROW;
          }
          break;
        case HASH:
          if (load<u8>(p) == 35) {
            p++;
            value = PASTE;
          }
          break;
        case BACKSLASH: {
          const next = continuationEnd(start, end);
          if (next != 0) {
            p = next;
            continue;
          }
          break;
        }
        case SEMICOLON:
          if (dialect == NASM) {
            p = lineEnd(start, end);
            continue;
          }
          break;
        case AT:
          if (dialect == GAS && isGasComment(start, base)) {
            p = lineEnd(start, end);
            continue;
          }
          break;
        default:
          break;
      }
    }
    store<u8>(atKinds + n, kind);
    store<u32>(atStarts + (n << 2), <u32>(start - base));
    store<u32>(atEnds + (n << 2), <u32>(p - base));
    store<i32>(atValues + (n << 2), value);
    if (kind == DIRECTIVE || (kind == PUNCTUATION && (value | 6) == 127)) store<u32>(atBraces + (nBraces++ << 2), <u32>n);
    if (kind == NUMBER) {
      if (n == nextOfRun && run > 0 && load<i32>(atValues + ((n - 1) << 2)) == COMMA && load<u8>(atKinds + n - 1) == PUNCTUATION) run++;
      else {
        run = 1;
        firstOfRun = n;
      }
      if (run >= LONG_RUN) {
        if (!inDirective) p = numbersEnd(p, end);
        store<u32>(atEnds + (firstOfRun << 2), <u32>(p - base));
        n = firstOfRun;
      }
      nextOfRun = n + 2;
    }
    n++;
    if (kind == DIRECTIVE_END) continue;
    lineStart = false;
    if (kind != DIRECTIVE) continue;
    inDirective = true;
    if (value != INCLUDE && value != TEXT) continue;
    const from = value == INCLUDE ? skipBlanks(p, end) : p;
    const to = value == INCLUDE ? includeEnd(from, end) : lineEnd(from, end);
    if (to > from) {
      store<u8>(atKinds + n, value == INCLUDE ? INCLUDE_PATH : FREE_TEXT);
      store<u32>(atStarts + (n << 2), <u32>(from - base));
      store<u32>(atEnds + (n << 2), <u32>(to - base));
      store<i32>(atValues + (n << 2), 0);
      n++;
      p = to;
    }
  }
  if (inDirective) {
    store<u8>(atKinds + n, DIRECTIVE_END);
    store<u32>(atStarts + (n << 2), length);
    store<u32>(atEnds + (n << 2), length);
    store<i32>(atValues + (n << 2), 0);
    n++;
  }
  store<u64>(atKinds + n, NO_TOKENS);
  count = <i32>n;
  braceCount = <i32>nBraces;
  return count;
}

/** Behind `<path>` or `"path"` at `at`; `at` when none stands there. */
function includeEnd(at: usize, end: usize): usize {
  if (at >= end) return at;
  const open = load<u8>(at);
  if (open != 34 && open != 60) return at;
  const close: u8 = open == 34 ? 34 : 62;
  let p = at + 1;
  while (p < end && load<u8>(p) != close && load<u8>(p) != 10) p++;
  return p < end && load<u8>(p) == close ? p + 1 : p;
}

/** Behind a word that a quote or a backslash follows: the end of the literal it prefixes or of the word it goes on to, else `at`. */
function literalOrSplicedEnd(start: usize, at: usize, end: usize, dialect: i32): usize {
  if (at >= end) return at;
  if (load<u8>(at) == 92) return splicedWordEnd(at, end);
  if (dialect != C) return at;
  const raw = load<u8>(at - 1) == 82;
  const stem = at - start - (raw ? 1 : 0);
  const first = load<u8>(start);
  const known =
    stem == 0 || (stem == 1 && (first == 117 || first == 85 || first == 76)) || (stem == 2 && first == 117 && load<u8>(start + 1) == 56);
  if (!known) return at;
  if (!raw) return literalEnd(at, end);
  if (load<u8>(at) != 34) return at;
  const to = rawStringEnd(at, end);
  return to != 0 ? to : literalEnd(at, end);
}

function splicedWordEnd(at: usize, end: usize): usize {
  let p = at;
  while (p < end && load<u8>(p) == 92) {
    const next = continuationEnd(p, end);
    if (next == 0 || next >= end || !isWord(load<u8>(next))) return p;
    p = wordEnd(next);
  }
  return p;
}

let spliced: usize = 0;
let splicedRoom: usize = 0;

function internSpliced(start: usize, to: usize): i32 {
  const needed: usize = to - start + 16;
  if (needed > splicedRoom) {
    splicedRoom = needed * 2;
    spliced = take(splicedRoom);
  }
  let n: usize = 0;
  for (let p = start; p < to; p++) {
    const byte = load<u8>(p);
    if (isWord(byte)) store<u8>(spliced + n++, byte);
  }
  return intern(spliced, <i32>n);
}

/** In GNU assembler for Arm, `@` starts a comment; `@function` and `symbol@PLT` are no comments. */
function isGasComment(at: usize, base: usize): bool {
  const before: u8 = at == base ? 10 : load<u8>(at - 1);
  return (classOf(before) == BLANK || before == 10) && !isWord(load<u8>(at + 1));
}
