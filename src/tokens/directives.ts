/** Owns the recognition of preprocessor lines by their first word. */
import { blockCommentEnd, continuationEnd, IN_WORD, STARTS, STARTS_OF } from "./bytes.js";
import { hashOf } from "./interner.js";
import { DIRECTIVE } from "./kinds.js";

const DIRECTIVES = wordsOf({
  define: DIRECTIVE.define,
  undef: DIRECTIVE.undef,
  include: DIRECTIVE.include,
  include_next: DIRECTIVE.include,
  import: DIRECTIVE.include,
  if: DIRECTIVE.if,
  ifdef: DIRECTIVE.if,
  ifndef: DIRECTIVE.if,
  elif: DIRECTIVE.elif,
  elifdef: DIRECTIVE.elif,
  elifndef: DIRECTIVE.elif,
  else: DIRECTIVE.else,
  endif: DIRECTIVE.endif,
  error: DIRECTIVE.text,
  warning: DIRECTIVE.text,
  pragma: DIRECTIVE.pragma,
});

/** Pragmas whose rest is free text. */
const TEXT_PRAGMAS = wordsOf({ mark: DIRECTIVE.text, region: DIRECTIVE.text, endregion: DIRECTIVE.text });

/** Words with their code, by hash; no two of a list share one. */
type Words = ReadonlyMap<number, { readonly bytes: Uint8Array; readonly code: number }>;

function wordsOf(codes: Readonly<Record<string, number>>): Words {
  return new Map(
    Object.entries(codes).map(([word, code]) => {
      const bytes = Buffer.from(word);
      return [hashOf(bytes, 0, bytes.length), { bytes, code }];
    }),
  );
}

const LONGEST = 12;

/** Offset behind the word of the directive whose `#` ends before `at`; `at` when there is none. */
export function directiveEnd(bytes: Uint8Array, at: number): number {
  const start = skipBlanks(bytes, at);
  const end = wordEnd(bytes, start);
  return end === start ? at : end;
}

/** The code of the directive whose `#` ends before `at` and whose word ends at `end`. `#pragma mark` and `#pragma region` are text. */
export function directiveCode(bytes: Uint8Array, at: number, end: number): number {
  const code = end === at ? DIRECTIVE.other : codeOf(DIRECTIVES, bytes, skipBlanks(bytes, at), end);
  if (code !== DIRECTIVE.pragma) return code;
  const next = skipBlanks(bytes, end);
  return codeOf(TEXT_PRAGMAS, bytes, next, wordEnd(bytes, next)) === DIRECTIVE.text ? DIRECTIVE.text : code;
}

function codeOf(words: Words, bytes: Uint8Array, start: number, end: number): number {
  if (end - start > LONGEST) return DIRECTIVE.other;
  const word = words.get(hashOf(bytes, start, end));
  if (word === undefined || word.bytes.length !== end - start) return DIRECTIVE.other;
  for (let i = start; i < end; i++) if (bytes[i] !== word.bytes[i - start]) return DIRECTIVE.other;
  return word.code;
}

/** Offset of the first byte from `at` on that is no blank, comment or line continuation. */
export function skipBlanks(bytes: Uint8Array, at: number): number {
  let i = at;
  while (i < bytes.length) {
    const starts = STARTS_OF[bytes[i] as number];
    if (starts === STARTS.blank) i++;
    else if (starts === STARTS.backslash && continuationEnd(bytes, i) >= 0) i = continuationEnd(bytes, i);
    else if (starts === STARTS.slash && bytes[i + 1] === 42) i = blockCommentEnd(bytes, i);
    else return i;
  }
  return i;
}

function wordEnd(bytes: Uint8Array, at: number): number {
  let i = at;
  while (i < bytes.length && IN_WORD[bytes[i] as number] === 1) i++;
  return i;
}
