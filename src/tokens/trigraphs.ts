/**
 * Owns trigraphs (`??=` for `#`, `??/` for `\`) and digraphs (`<%` for `{`, `%:` for `#`): a copy of the text in which each is
 * the character it stands for and blanks, so that every other byte keeps its place. ISO C [lex.phases], C++ [lex.digraph].
 */
import { blockCommentEnd, continuationEnd, IN_WORD, numberEnd, rawStringEnd } from "./bytes.js";

/** Whether trigraphs are read. Compilers differ by option; `auto` goes by what the file itself shows. */
export type Trigraphs = "auto" | "read" | "ignore";

/** The text as the scanner takes it. */
export interface PlainText {
  readonly bytes: Uint8Array;
  /** Offset of a trigraph that changes the tokens if it is read, where nothing tells whether it is; else -1. */
  readonly doubt: number;
}

const NEWLINE = 10;
const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const PERCENT = 37;
const APOSTROPHE = 39;
const STAR = 42;
const SLASH = 47;
const COLON = 58;
const LESS = 60;
const EQUALS = 61;
const GREATER = 62;
const QUESTION = 63;
const BACKSLASH = 92;

/** What the third byte of a trigraph makes of it; 0: it is none. */
const TRIGRAPHS = tableOf({ "=": "#", "/": "\\", "'": "^", "(": "[", ")": "]", "!": "|", "<": "{", ">": "}", "-": "~" });

function tableOf(pairs: Readonly<Record<string, string>>): Uint8Array {
  const table = new Uint8Array(256);
  for (const [third, meaning] of Object.entries(pairs)) table[third.charCodeAt(0)] = meaning.charCodeAt(0);
  return table;
}

const DIGRAPHS: ReadonlyMap<number, number> = new Map(
  Object.entries({ "<%": "{", "%>": "}", "<:": "[", ":>": "]", "%:": "#" }).map(([pair, meaning]) => [
    pair.charCodeAt(0) * 256 + pair.charCodeAt(1),
    meaning.charCodeAt(0),
  ]),
);

/** The text without trigraphs and digraphs; the same bytes where it has none, which is soon seen. */
export function plainText(bytes: Uint8Array, trigraphs: Trigraphs = "auto"): PlainText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const has = trigraphs !== "ignore" && hasTrigraph(buffer);
  if (!has && !buffer.includes("%:") && !buffer.includes("%>")) return { bytes, doubt: -1 };
  const without = readText(bytes, false);
  if (!has) return { bytes: without.bytes, doubt: -1 };
  const read = readText(bytes, true);
  if (trigraphs === "read" || read.first < 0 || without.inCode) return { bytes: read.bytes, doubt: -1 };
  if (read.open !== without.open) return { bytes: (read.open < without.open ? read : without).bytes, doubt: -1 };
  return { bytes: without.bytes, doubt: read.first };
}

function hasTrigraph(bytes: Buffer): boolean {
  for (let at = bytes.indexOf("??"); at >= 0; at = bytes.indexOf("??", at + 1)) if (isTrigraph(bytes, at)) return true;
  return false;
}

function isTrigraph(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === QUESTION && bytes[at + 1] === QUESTION && (TRIGRAPHS[bytes[at + 2] ?? 0] as number) > 0;
}

/** One reading of a text. */
interface ReadText {
  readonly bytes: Uint8Array;
  /** Whether a trigraph that is not read stands where no comment or literal is: it would be no C. */
  readonly inCode: boolean;
  /** Literals that their line's end cuts short. */
  readonly open: number;
  /** The first trigraph by which a comment or a literal ends elsewhere, or -1. */
  readonly first: number;
}

/** What stands in code beside trigraphs and digraphs. */
function readText(input: Uint8Array, trigraphs: boolean): ReadText {
  const bytes = new Uint8Array(input);
  const text: Text = { bytes, trigraphs, open: 0, first: -1 };
  let inCode = false;
  for (let i = 0; i < bytes.length;) {
    const byte = bytes[i] as number;
    if (byte === QUOTE || byte === APOSTROPHE) i = literalOrRawEnd(text, i);
    else if (byte === SLASH && bytes[i + 1] === SLASH) i = lineCommentEnd(text, i);
    else if (byte === SLASH && bytes[i + 1] === STAR) i = blockCommentEnd(bytes, i);
    else if (byte >= 48 && byte < 58) i = numberEnd(bytes, i);
    else if (IN_WORD[byte] === 1) i = wordEnd(bytes, i);
    else if (isTrigraph(bytes, i)) {
      inCode = true;
      if (trigraphs) placeTrigraph(bytes, i);
      i += 3;
    } else i += digraphAt(bytes, i);
  }
  return { bytes, inCode, open: text.open, first: text.first };
}

/** A text at work. */
interface Text {
  readonly bytes: Uint8Array;
  readonly trigraphs: boolean;
  open: number;
  first: number;
}

function literalOrRawEnd(text: Text, at: number): number {
  const { bytes } = text;
  const raw = bytes[at] === QUOTE && isRawPrefix(bytes, at) ? rawStringEnd(bytes, at) : -1;
  return raw >= 0 ? raw : literalEnd(text, at);
}

/** `R`, `LR`, `uR`, `UR` or `u8R` stands before the quote. Trigraphs in raw strings are none ([lex.pptoken]). */
function isRawPrefix(bytes: Uint8Array, quote: number): boolean {
  let start = quote;
  while (start > 0 && quote - start < 4 && IN_WORD[bytes[start - 1] as number] === 1) start--;
  return /^(?:u8|[uUL])?R$/.test(String.fromCharCode(...bytes.subarray(start, quote)));
}

function literalEnd(text: Text, at: number): number {
  const { bytes } = text;
  let i = at + 1;
  while (i < bytes.length && bytes[i] !== NEWLINE) {
    if (bytes[i] === bytes[at]) return i + 1;
    if (bytes[i] === BACKSLASH) i = escapedEnd(text, i, 1);
    else if (isBackslash(text, i)) i = escapedEnd(text, i, 3);
    else i = caretEnd(text, i, bytes[at] as number);
  }
  text.open++;
  return i;
}

/** Behind the byte at `at`, or behind the `??'` there, whose quote closes nothing. */
function caretEnd(text: Text, at: number, quote: number): number {
  const { bytes, trigraphs } = text;
  if (!trigraphs || !isTrigraph(bytes, at) || bytes[at + 2] !== APOSTROPHE) return at + 1;
  placeTrigraph(bytes, at);
  if (quote === APOSTROPHE) note(text, at);
  return at + 3;
}

/** Behind what the backslash at `at` escapes; it is written in `width` bytes. */
function escapedEnd(text: Text, at: number, width: 1 | 3): number {
  const { bytes } = text;
  const spliced = continuationEnd(bytes, at + width - 1);
  if (width === 3) {
    place(bytes, at, BACKSLASH, spliced < 0 ? 2 : 0);
    const next = bytes[at + 3];
    if (spliced >= 0 || next === QUOTE || next === APOSTROPHE || next === BACKSLASH || isBackslash(text, at + 3)) note(text, at);
  }
  if (spliced >= 0) return spliced;
  const next = at + width;
  if (!text.trigraphs || !isTrigraph(bytes, next)) return bytes[next] === NEWLINE ? next : Math.min(next + 1, bytes.length);
  note(text, next);
  place(bytes, next, TRIGRAPHS[bytes[next + 2] as number] as number, 0);
  return next + 3;
}

function lineCommentEnd(text: Text, at: number): number {
  const { bytes } = text;
  let i = at;
  while (i < bytes.length && bytes[i] !== NEWLINE) {
    const width = bytes[i] === BACKSLASH ? 1 : isBackslash(text, i) ? 3 : 0;
    const spliced = width === 0 ? -1 : continuationEnd(bytes, i + width - 1);
    if (spliced >= 0 && width === 3) {
      note(text, i);
      place(bytes, i, BACKSLASH, 0);
    }
    i = spliced >= 0 ? spliced : i + 1;
  }
  return i;
}

function wordEnd(bytes: Uint8Array, at: number): number {
  let i = at + 1;
  while (i < bytes.length && IN_WORD[bytes[i] as number] === 1) i++;
  return i;
}

function note(text: Text, at: number): void {
  if (text.first < 0) text.first = at;
}

function isBackslash({ bytes, trigraphs }: Text, at: number): boolean {
  return trigraphs && isTrigraph(bytes, at) && bytes[at + 2] === SLASH;
}

/** Three bytes become blanks with the character among them. */
function place(bytes: Uint8Array, at: number, character: number, where: number): void {
  bytes.fill(SPACE, at, at + 3);
  bytes[at + where] = character;
}

/** The second `#` of `##` must stand right behind the first. */
function placeTrigraph(bytes: Uint8Array, at: number): void {
  const meaning = TRIGRAPHS[bytes[at + 2] as number] as number;
  const isFirstHash = meaning === HASH && (bytes[at + 3] === HASH || (isTrigraph(bytes, at + 3) && bytes[at + 5] === EQUALS));
  place(bytes, at, meaning, isFirstHash ? 2 : 0);
}

/** Replaces a digraph that stands at `at`; gives the number of bytes to go on behind. */
function digraphAt(bytes: Uint8Array, at: number): number {
  const [first, second] = [bytes[at] as number, bytes[at + 1]];
  if (first === COLON && second === COLON) return 2;
  const meaning = DIGRAPHS.get(first * 256 + (second ?? 0));
  if (meaning === undefined || isTemplateOpen(bytes, at)) return 1;
  const isPaste = meaning === HASH && bytes[at + 2] === PERCENT && bytes[at + 3] === COLON;
  bytes.fill(SPACE, at, at + (isPaste ? 4 : 2));
  bytes.fill(meaning, at, at + (isPaste ? 2 : 1));
  return isPaste ? 4 : 2;
}

/** `<::name` is `<` and `::`, but for `<:::` and `<::>`. */
function isTemplateOpen(bytes: Uint8Array, at: number): boolean {
  const [, second, third, fourth] = bytes.subarray(at, at + 4);
  return bytes[at] === LESS && second === COLON && third === COLON && fourth !== COLON && fourth !== GREATER;
}
