/** Owns the scan of C-family text: bytes in, classified tokens out, nothing allocated per token. */
import { blockCommentEnd, continuationEnd, IN_WORD, lineEnd, literalEnd, numberEnd, rawStringEnd, STARTS, STARTS_OF } from "./bytes.js";
import { directiveOf } from "./directives.js";
import type { Interner } from "./interner.js";
import { hashOf } from "./interner.js";
import { DIRECTIVE, KIND, PUNCTUATION } from "./kinds.js";
import type { TokenStream } from "./stream.js";
import { growStream, push } from "./stream.js";

/** How the text is written: C, C++ and Objective-C; the GNU assembler; NASM. */
export type Dialect = "c" | "gas" | "nasm";

const NEWLINE = 10;
const QUOTE = 34;
const APOSTROPHE = 39;

/**
 * Fills `stream` with the tokens of `bytes`. Takes any bytes: an open literal ends at its line's end, an open
 * comment or raw string at the end of the input. Phases 1-3 of translation (ISO C++ [lex.phases]) without trigraphs.
 */
export function scan(bytes: Uint8Array, interner: Interner, stream: TokenStream, dialect: Dialect = "c"): void {
  const length = bytes.length;
  const intern = interner.intern;
  stream.count = 0;
  let lineStart = true;
  let inDirective = false;
  let i = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (i < length) {
    const byte = bytes[i] as number;
    const starts = STARTS_OF[byte] as number;
    if (starts === STARTS.blank) {
      i++;
      continue;
    }
    if (starts === STARTS.word) {
      const start = i;
      let hash = byte;
      i++;
      while (i < length && IN_WORD[bytes[i] as number] === 1) {
        hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0;
        i++;
      }
      const next = bytes[i];
      if ((next === QUOTE || next === APOSTROPHE) && dialect === "c") {
        const end = prefixedLiteralEnd(bytes, start, i);
        if (end >= 0) {
          push(stream, next === QUOTE ? KIND.string : KIND.character, start, end, 0);
          i = end;
          lineStart = false;
          continue;
        }
      }
      if (next === 92 && continuesWord(bytes, i)) {
        i = splicedWordEnd(bytes, i);
        push(stream, KIND.identifier, start, i, internSpliced(bytes, start, i, interner));
        lineStart = false;
        continue;
      }
      const at = stream.count;
      if (at === stream.kinds.length) growStream(stream);
      stream.kinds[at] = KIND.identifier;
      stream.starts[at] = start;
      stream.ends[at] = i;
      stream.values[at] = intern(bytes, start, i, hash);
      stream.count = at + 1;
      lineStart = false;
      continue;
    }
    if (starts === STARTS.newline) {
      if (inDirective) push(stream, KIND.directiveEnd, i, i + 1, 0);
      inDirective = false;
      lineStart = true;
      i++;
      continue;
    }
    const start = i;
    let kind: number = KIND.punctuation;
    let value = byte;
    const second = bytes[i + 1];
    i++;
    if (starts === STARTS.slash) {
      if (second === 47) i = lineEnd(bytes, start);
      else if (second === 42) i = blockCommentEnd(bytes, start);
      if (i > start + 1) continue;
    } else if (starts === STARTS.digit || (starts === STARTS.dot && isDigit(second))) {
      i = numberEnd(bytes, start);
      kind = KIND.number;
    } else if (starts === STARTS.quote) {
      i = literalEnd(bytes, start);
      kind = KIND.string;
    } else if (starts === STARTS.apostrophe) {
      if (dialect === "c" || bytes[i + 1] === APOSTROPHE) {
        i = literalEnd(bytes, start);
        kind = KIND.character;
      }
    } else if (starts === STARTS.colon) {
      if (second === 58) {
        value = PUNCTUATION.scope;
        i++;
      }
    } else if (starts === STARTS.minus) {
      if (second === 62) {
        value = PUNCTUATION.arrow;
        i++;
      }
    } else if (starts === STARTS.backslash) {
      const end = continuationEnd(bytes, start);
      if (end >= 0) {
        i = end;
        continue;
      }
    } else if (starts === STARTS.hash) {
      if (lineStart && !inDirective) {
        const word = directiveOf(bytes, i);
        push(stream, KIND.directive, start, word.end, word.directive);
        i = word.end;
        inDirective = true;
        lineStart = false;
        if (word.directive === DIRECTIVE.include) i = pushIncludePath(bytes, i, stream);
        else if (word.directive === DIRECTIVE.text) i = pushText(bytes, i, stream);
        continue;
      }
      if (second === 35) {
        value = PUNCTUATION.paste;
        i++;
      }
    } else if (
      (starts === STARTS.semicolon && dialect === "nasm") ||
      (starts === STARTS.at && dialect === "gas" && isGasComment(bytes, start))
    ) {
      i = lineEnd(bytes, start);
      continue;
    }
    push(stream, kind, start, i, kind === KIND.punctuation ? value : 0);
    lineStart = false;
  }
  if (inDirective) push(stream, KIND.directiveEnd, length, length, 0);
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
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
  let i = at;
  while (STARTS_OF[bytes[i] as number] === STARTS.blank) i++;
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
