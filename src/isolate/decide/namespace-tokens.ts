/** Owns the question whether an identifier token that is spelled like a namespace denotes it. */
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { Reading } from "../survey/heads.js";
import { isShouted } from "../survey/heads.js";

/**
 * `rename`, `leave`, or why it cannot be decided. A namespace's name stands in C++ only before `::`, behind
 * `namespace`, or as the right side of an alias (ISO C++ [basic.namespace]); macros may pass it on as an argument.
 */
export function decideNamespace(reading: Reading, token: number, directive: number): string {
  const { words } = reading;
  if (isHash(reading, token - 1) || isPaste(reading, token - 1) || isPaste(reading, token + 1)) {
    return "token pasting or stringizing builds a name or a string from it";
  }
  if (directive === DIRECTIVE.if || directive === DIRECTIVE.elif || directive === DIRECTIVE.undef || directive === DIRECTIVE.other)
    return "leave";
  if (directive === DIRECTIVE.define && reading.stream.kinds[token - 1] === KIND.directive) return "a macro has this name";
  if (isAttributePrefix(reading, token)) return "leave";
  if (mark(reading, token + 1) === PUNCTUATION.scope) return qualifier(reading, token);
  const head = chainStart(reading, token);
  if (head < 0) return "leave";
  if (isWord(reading, head - 1, words.id.namespace) || namedByMacro(reading, head)) return "rename";
  if (
    mark(reading, head - 1) === BYTE.equals &&
    reading.stream.kinds[head - 2] === KIND.identifier &&
    isWord(reading, head - 3, words.id.namespace)
  ) {
    return "rename";
  }
  return argument(reading, token, directive);
}

/** Before `::`: global unless another name qualifies it without white space between. */
function qualifier(reading: Reading, token: number): string {
  if (mark(reading, token - 1) !== PUNCTUATION.scope) return "rename";
  return isQualified(reading, token - 1) ? "leave" : "rename";
}

/** Whether the `::` at `scope` continues a name: an identifier that is no keyword, or `>`, right before it. */
function isQualified(reading: Reading, scope: number): boolean {
  const { kinds, values, starts, ends } = reading.stream;
  if (scope === 0 || ends[scope - 1] !== starts[scope]) return false;
  if (kinds[scope - 1] === KIND.punctuation) return values[scope - 1] === BYTE.greater;
  return kinds[scope - 1] === KIND.identifier && !reading.words.keyword.has(values[scope - 1] as number);
}

/** The token itself, or its leading `::`; -1 when another name qualifies it. */
function chainStart(reading: Reading, token: number): number {
  if (mark(reading, token - 1) !== PUNCTUATION.scope) return token;
  return isQualified(reading, token - 1) ? -1 : token - 1;
}

/** `namespace MACRO name {`: a macro between the keyword and the name. */
function namedByMacro(reading: Reading, token: number): boolean {
  const { kinds } = reading.stream;
  const opens = mark(reading, token + 1) === BYTE.openBrace;
  if (!opens) return false;
  if (kinds[token - 1] === KIND.identifier && isWord(reading, token - 2, reading.words.id.namespace)) return true;
  let i = token - 1;
  if (mark(reading, i) !== BYTE.close && mark(reading, i) !== BYTE.closeSquare) return false;
  for (let steps = 0; i > 0 && steps < 40; i--, steps++) if (isWord(reading, i, reading.words.id.namespace)) return true;
  return false;
}

/** Alone between parentheses and commas of a call written in capitals, or the whole body of a macro: may be handed on as a namespace. */
function argument(reading: Reading, token: number, directive: number): string {
  const { kinds } = reading.stream;
  const before = mark(reading, token - 1);
  const after = mark(reading, token + 1);
  if (directive === DIRECTIVE.define && kinds[token + 1] === KIND.directiveEnd && kinds[token - 2] === KIND.directive) {
    return "a macro stands for this word alone";
  }
  const alone = (before === BYTE.open || before === BYTE.comma) && (after === BYTE.close || after === BYTE.comma);
  return alone && isShouted(reading, callee(reading, token)) ? "argument of a macro, which may use it as a namespace" : "leave";
}

/** The word before the parenthesis that encloses the token, or undefined. */
function callee(reading: Reading, token: number): number | undefined {
  let depth = 0;
  for (let i = token - 1; i > 0; i--) {
    const value = mark(reading, i);
    if (value === BYTE.close) depth++;
    else if (value === BYTE.open && depth-- === 0) return i - 1;
    else if (value === BYTE.semicolon || value === BYTE.openBrace) return undefined;
  }
  return undefined;
}

/** `[[name::attribute]]`: an attribute's namespace, not a C++ one. */
function isAttributePrefix(reading: Reading, token: number): boolean {
  return (
    mark(reading, token - 1) === BYTE.openSquare &&
    mark(reading, token - 2) === BYTE.openSquare &&
    mark(reading, token + 1) === PUNCTUATION.scope
  );
}

function mark(reading: Reading, token: number): number {
  const { kinds, values, count } = reading.stream;
  return token >= 0 && token < count && kinds[token] === KIND.punctuation ? (values[token] as number) : -1;
}

function isHash(reading: Reading, token: number): boolean {
  return mark(reading, token) === BYTE.hash;
}

function isPaste(reading: Reading, token: number): boolean {
  return mark(reading, token) === PUNCTUATION.paste;
}

function isWord(reading: Reading, token: number, id: number): boolean {
  const { kinds, values } = reading.stream;
  return token >= 0 && kinds[token] === KIND.identifier && values[token] === id;
}
