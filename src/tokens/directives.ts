/** Owns the recognition of preprocessor lines by their first word. */
import { blockCommentEnd, continuationEnd, IN_WORD, STARTS, STARTS_OF } from "./bytes.js";
import { DIRECTIVE } from "./kinds.js";

const WORDS: ReadonlyMap<string, number> = new Map([
  ["define", DIRECTIVE.define],
  ["undef", DIRECTIVE.undef],
  ["include", DIRECTIVE.include],
  ["include_next", DIRECTIVE.include],
  ["import", DIRECTIVE.include],
  ["if", DIRECTIVE.if],
  ["ifdef", DIRECTIVE.if],
  ["ifndef", DIRECTIVE.if],
  ["elif", DIRECTIVE.elif],
  ["elifdef", DIRECTIVE.elif],
  ["elifndef", DIRECTIVE.elif],
  ["else", DIRECTIVE.else],
  ["endif", DIRECTIVE.endif],
  ["error", DIRECTIVE.text],
  ["warning", DIRECTIVE.text],
  ["pragma", DIRECTIVE.pragma],
]);

/** The directive whose `#` ends before `at`, with the offset behind its word. `#pragma mark` and `#pragma region` are text. */
export function directiveOf(bytes: Uint8Array, at: number): { directive: number; end: number } {
  const start = skipBlanks(bytes, at);
  const end = wordEnd(bytes, start);
  const directive = WORDS.get(text(bytes, start, end)) ?? DIRECTIVE.other;
  if (end === start) return { directive, end: at };
  if (directive !== DIRECTIVE.pragma) return { directive, end };
  const next = skipBlanks(bytes, end);
  const word = text(bytes, next, wordEnd(bytes, next));
  return word === "mark" || word === "region" || word === "endregion" ? { directive: DIRECTIVE.text, end } : { directive, end };
}

function skipBlanks(bytes: Uint8Array, at: number): number {
  let i = at;
  for (;;) {
    const starts = STARTS_OF[bytes[i] as number];
    if (starts === STARTS.blank) i++;
    else if (starts === STARTS.backslash && continuationEnd(bytes, i) >= 0) i = continuationEnd(bytes, i);
    else if (starts === STARTS.slash && bytes[i + 1] === 42) i = blockCommentEnd(bytes, i);
    else return i;
  }
}

function wordEnd(bytes: Uint8Array, at: number): number {
  let i = at;
  while (i < bytes.length && IN_WORD[bytes[i] as number] === 1) i++;
  return i;
}

function text(bytes: Uint8Array, start: number, end: number): string {
  return end - start > 12 ? "" : String.fromCharCode(...bytes.subarray(start, end));
}
