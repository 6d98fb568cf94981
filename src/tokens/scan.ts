/** Owns the scan of C-family text: bytes in, classified tokens out, nothing allocated per token. */
import { blockCommentEnd, continuationEnd, IN_WORD, lineEnd, literalEnd, numberEnd, rawStringEnd, STARTS, STARTS_OF } from "./bytes.js";
import { directiveCode, directiveEnd, skipBlanks } from "./directives.js";
import type { Interner } from "./interner.js";
import { hashOf } from "./interner.js";
import { DIRECTIVE, KIND, PUNCTUATION } from "./kinds.js";
import type { TokenStream } from "./stream.js";
import { createStream, growStream, push } from "./stream.js";
import { plainText } from "./trigraphs.js";

/** How the text is written: C, C++ and Objective-C; the GNU assembler; NASM. */
export type Dialect = "c" | "gas" | "nasm";

const NEWLINE = 10;
const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const STAR = 42;
const SLASH = 47;
const ZERO = 48;
const NINE = 57;
const COMMA = 44;
const COLON = 58;
const GREATER = 62;
const BACKSLASH = 92;

/** So many numbers with a comma between each are data: they are one token, so that a table of megabytes is no millions of tokens. */
export const LONG_RUN = 4096;

/**
 * Fills `stream` with the tokens of the bytes. Takes any bytes: an open literal ends at its line's end, an open
 * comment or raw string at the end of the input. Phases 1-3 of translation (ISO C++ [lex.phases]).
 */
export function scan(given: Uint8Array, interner: Interner, stream: TokenStream, dialect: Dialect = "c"): void {
  const { bytes, doubt } = dialect === "c" ? plainText(given, interner.trigraphs) : { bytes: given, doubt: -1 };
  stream.doubt = doubt;
  if (interner.native?.scan(bytes, stream, NATIVE_DIALECT[dialect]) !== true) scanHere(bytes, interner, stream, dialect);
}

const NATIVE_DIALECT: Readonly<Record<Dialect, number>> = { c: 0, gas: 1, nasm: 2 };

function scanHere(bytes: Uint8Array, interner: Interner, stream: TokenStream, dialect: Dialect): void {
  const length = bytes.length;
  if (interner.native !== undefined) Object.assign(stream, createStream(), { doubt: stream.doubt });
  stream.braceCount = -1;
  const intern = interner.intern;
  let { kinds, starts, ends, values } = stream;
  let count = 0;
  let lineStart = true;
  let inDirective = false;
  let [run, firstOfRun, lastOfRun] = [0, 0, -2];
  let i = length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (i < length) {
    const byte = bytes[i] as number;
    const starter = STARTS_OF[byte] as number;
    if (starter === STARTS.blank) {
      i++;
      continue;
    }
    const start = i++;
    let kind: number = KIND.punctuation;
    let value = byte;
    if (starter === STARTS.word) {
      let hash = byte;
      let inner = 0;
      while (i < length && IN_WORD[(inner = bytes[i] as number)] === 1) {
        hash = (Math.imul(hash, 31) + inner) | 0;
        i++;
      }
      kind = KIND.identifier;
      if (ENDS_PLAIN_WORD[inner] === 1 || i === length) value = intern(bytes, start, i, hash);
      else {
        const end = literalOrSplicedEnd(bytes, start, i, dialect);
        if (end > i && bytes[i] === BACKSLASH) value = internSpliced(bytes, start, end, interner);
        else if (end > i) kind = bytes[i] === QUOTE ? KIND.string : KIND.character;
        else value = intern(bytes, start, i, hash);
        i = end;
      }
    } else if (starter === STARTS.newline) {
      lineStart = true;
      if (!inDirective) continue;
      inDirective = false;
      kind = KIND.directiveEnd;
    } else if (starter === STARTS.slash) {
      const second = i < length ? bytes[i] : 0;
      if (second === SLASH) {
        i = lineEnd(bytes, start);
        continue;
      }
      if (second === STAR) {
        i = blockCommentEnd(bytes, start);
        continue;
      }
    } else if (starter === STARTS.hash && lineStart && !inDirective) {
      i = directiveEnd(bytes, start + 1);
      kind = KIND.directive;
      value = directiveCode(bytes, start + 1, i);
    } else if (starter !== STARTS.other) {
      i = markEnd(bytes, start, starter, dialect);
      if (i < 0) {
        i = -i;
        continue;
      }
      kind = KIND_OF_MARK[starter] as number;
      if (kind === KIND.punctuation) value = i - start === 2 ? (JOINED[starter] as number) : byte;
      else if (starter === STARTS.dot && i - start === 1) kind = KIND.punctuation;
      else if (starter === STARTS.apostrophe && i - start === 1 && dialect !== "c") kind = KIND.punctuation;
    }
    if (count === kinds.length) {
      growStream(stream);
      ({ kinds, starts, ends, values } = stream);
    }
    kinds[count] = kind;
    starts[count] = start;
    ends[count] = i;
    values[count] = value;
    if (kind === KIND.number) {
      const goesOn = count - lastOfRun === 2 && values[count - 1] === COMMA && kinds[count - 1] === KIND.punctuation;
      run = goesOn ? run + 1 : 1;
      if (!goesOn) firstOfRun = count;
      if (run >= LONG_RUN) {
        ends[firstOfRun] = i;
        count = firstOfRun;
      }
      lastOfRun = count;
    }
    count++;
    if (kind === KIND.directiveEnd) continue;
    lineStart = false;
    if (kind === KIND.directive) {
      inDirective = true;
      stream.count = count;
      if (value === DIRECTIVE.include) i = pushIncludePath(bytes, i, stream);
      else if (value === DIRECTIVE.text) i = pushText(bytes, i, stream);
      ({ kinds, starts, ends, values, count } = stream);
    }
  }
  stream.count = count;
  if (inDirective) push(stream, KIND.directiveEnd, length, length, 0);
  // Readers look ahead: what an earlier input left there is no token.
  stream.kinds.fill(NO_KIND, stream.count, stream.count + LOOKED_AHEAD);
}

const NO_KIND = 255;
const LOOKED_AHEAD = 8;

/** 1 for bytes behind a word that neither open a literal nor continue the line. */
const ENDS_PLAIN_WORD: Uint8Array = IN_WORD.map((_, byte) => (byte === QUOTE || byte === APOSTROPHE || byte === BACKSLASH ? 0 : 1));

/** Kind of a token by what its first byte starts, where that decides it. */
const KIND_OF_MARK: Uint8Array = new Uint8Array(16).fill(KIND.punctuation);
KIND_OF_MARK[STARTS.digit] = KIND.number;
KIND_OF_MARK[STARTS.dot] = KIND.number;
KIND_OF_MARK[STARTS.quote] = KIND.string;
KIND_OF_MARK[STARTS.apostrophe] = KIND.character;

/** Value of a punctuation of two bytes by what its first byte starts. */
const JOINED: Uint16Array = new Uint16Array(16);
JOINED[STARTS.colon] = PUNCTUATION.scope;
JOINED[STARTS.minus] = PUNCTUATION.arrow;
JOINED[STARTS.hash] = PUNCTUATION.paste;

/** End of the number, literal or punctuation at `start`; negative: nothing stands there, go on at its opposite. */
function markEnd(bytes: Uint8Array, start: number, starter: number, dialect: Dialect): number {
  const second = start + 1 < bytes.length ? (bytes[start + 1] as number) : 0;
  switch (starter) {
    case STARTS.digit:
      return numberEnd(bytes, start);
    case STARTS.dot:
      return second >= ZERO && second <= NINE ? numberEnd(bytes, start) : start + 1;
    case STARTS.quote:
      return literalEnd(bytes, start);
    case STARTS.apostrophe:
      return dialect === "c" || bytes[start + 2] === APOSTROPHE ? literalEnd(bytes, start) : start + 1;
    case STARTS.colon:
      return second === COLON ? start + 2 : start + 1;
    case STARTS.minus:
      return second === GREATER ? start + 2 : start + 1;
    case STARTS.hash:
      return second === HASH ? start + 2 : start + 1;
    case STARTS.backslash:
      return continuationEnd(bytes, start) < 0 ? start + 1 : -continuationEnd(bytes, start);
    case STARTS.semicolon:
      return dialect === "nasm" ? -lineEnd(bytes, start) : start + 1;
    case STARTS.at:
      return dialect === "gas" && isGasComment(bytes, start) ? -lineEnd(bytes, start) : start + 1;
    default:
      return start + 1;
  }
}

/** Behind a word that a quote or a backslash follows: the end of the literal it prefixes or of the word it goes on to, else `at`. */
function literalOrSplicedEnd(bytes: Uint8Array, start: number, at: number, dialect: Dialect): number {
  if (bytes[at] === BACKSLASH) return splicedWordEnd(bytes, at);
  if (dialect !== "c") return at;
  const end = prefixedLiteralEnd(bytes, start, at);
  return end < 0 ? at : end;
}

/** End of the literal whose prefix is the word `[start, at)` and whose quote stands at `at`, or -1 when the word is no prefix. */
function prefixedLiteralEnd(bytes: Uint8Array, start: number, at: number): number {
  const raw = bytes[at - 1] === 82;
  const stem = at - start - (raw ? 1 : 0);
  const first = bytes[start];
  const known =
    stem === 0 ||
    (stem === 1 && (first === 117 || first === 85 || first === 76)) ||
    (stem === 2 && first === 117 && bytes[start + 1] === 56);
  if (!known) return -1;
  if (!raw) return literalEnd(bytes, at);
  return bytes[at] === QUOTE ? rawOrPlain(bytes, at) : -1;
}

function rawOrPlain(bytes: Uint8Array, at: number): number {
  const end = rawStringEnd(bytes, at);
  return end >= 0 ? end : literalEnd(bytes, at);
}

function continuesWord(bytes: Uint8Array, at: number): boolean {
  const end = continuationEnd(bytes, at);
  return end >= 0 && IN_WORD[bytes[end] as number] === 1;
}

function splicedWordEnd(bytes: Uint8Array, at: number): number {
  let i = at;
  while (bytes[i] === 92 && continuesWord(bytes, i)) {
    i = continuationEnd(bytes, i);
    while (IN_WORD[bytes[i] as number] === 1) i++;
  }
  return i;
}

function internSpliced(bytes: Uint8Array, start: number, end: number, interner: Interner): number {
  const whole = bytes.slice(start, end).filter((byte) => IN_WORD[byte] === 1);
  return interner.intern(whole, 0, whole.length, hashOf(whole, 0, whole.length));
}

/** Pushes `<path>` when one follows; a quoted path is pushed too, a macro is left to the scan. Gives where to go on. */
function pushIncludePath(bytes: Uint8Array, at: number, stream: TokenStream): number {
  const i = skipBlanks(bytes, at);
  const open = bytes[i];
  if (open !== QUOTE && open !== 60) return at;
  const close = open === QUOTE ? QUOTE : 62;
  let end = i + 1;
  while (end < bytes.length && bytes[end] !== close && bytes[end] !== NEWLINE) end++;
  if (bytes[end] === close) end++;
  push(stream, KIND.includePath, i, end, 0);
  return end;
}

function pushText(bytes: Uint8Array, at: number, stream: TokenStream): number {
  const end = lineEnd(bytes, at);
  if (end > at) push(stream, KIND.text, at, end, 0);
  return end;
}

/** In GNU assembler for Arm, `@` starts a comment; `@function` and `symbol@PLT` are no comments. */
function isGasComment(bytes: Uint8Array, at: number): boolean {
  const before = bytes[at - 1];
  const free = at === 0 || STARTS_OF[before as number] === STARTS.blank || before === NEWLINE;
  return free && IN_WORD[bytes[at + 1] as number] !== 1;
}
