/** Owns the question whether an identifier token that is spelled like a namespace denotes it. */
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { Reading } from "../survey/heads.js";

/**
 * A use whose meaning a macro decides: `argument` of what may be a macro's call, `alone` as all that a macro stands for, `named`
 * where a macro of this name is defined or, in a condition or `#undef`, may be meant.
 */
export type MacroDecided = "argument" | "alone" | "named";

/**
 * `rename`, `leave`, a {@link MacroDecided}, or why it cannot be decided. A namespace's name stands in C++ only before `::`, behind
 * `namespace`, or as the right side of an alias (ISO C++ [basic.namespace]); macros may pass it on as an argument.
 */
export function decideNamespace(reading: Reading, token: number, directive: number): string {
  const { words } = reading;
  if (isDecorated(reading, token)) return "rename";
  if (isPaste(reading, token - 1) || isPaste(reading, token + 1)) return "leave";
  if (isHash(reading, token - 1)) return "leave";
  if (directive === DIRECTIVE.if || directive === DIRECTIVE.elif || directive === DIRECTIVE.undef) return "named";
  if (directive === DIRECTIVE.other) return "leave";
  if (directive === DIRECTIVE.define && reading.stream.kinds[token - 1] === KIND.directive)
    return takesArguments(reading, token) ? "leave" : "named";
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

/** The outermost name of a symbol as Microsoft's compilers spell it: `lib` of `?table@inner@lib@@3PA`. */
function isDecorated({ bytes, stream }: Reading, token: number): boolean {
  const [start, end] = [stream.starts[token] as number, stream.ends[token] as number];
  if (bytes[start - 1] !== BYTE.at || bytes[end] !== BYTE.at || bytes[end + 1] !== BYTE.at) return false;
  let at = start - 1;
  while (at > 0 && isDecoration(bytes[at - 1] as number)) at--;
  return bytes[at] === QUESTION;
}

/** A letter, a digit, or one of `_ @ ? $`. */
function isDecoration(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 63 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 95 || byte === 36;
}

const QUESTION = 63;

/** `#define name(…`: no macro that a namespace's name without parentheses calls. */
function takesArguments(reading: Reading, name: number): boolean {
  return mark(reading, name + 1) === BYTE.open && reading.stream.starts[name + 1] === reading.stream.ends[name];
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
  if (kinds[scope - 1] === KIND.punctuation) {
    if (values[scope - 1] === BYTE.greater) return !closesTemplateHead(reading, scope - 1);
    return values[scope - 1] === BYTE.close && isWord(reading, groupStart(reading, scope - 1) - 1, reading.words.id.decltype);
  }
  return kinds[scope - 1] === KIND.identifier && !reading.words.keyword.has(values[scope - 1] as number);
}

/** Whether the `>` ends `template <…>`: a name behind it begins a declaration. */
function closesTemplateHead(reading: Reading, token: number): boolean {
  let depth = 0;
  for (let i = token; i > 0 && token - i < LONGEST_CALL; i--) {
    const value = mark(reading, i);
    if (value === BYTE.close) i = groupStart(reading, i);
    else if (value === BYTE.greater) depth++;
    else if (value === BYTE.less && --depth === 0) return isWord(reading, i - 1, reading.words.id.template);
    else if (value === BYTE.semicolon || value === BYTE.openBrace || value === BYTE.closeBrace) return false;
  }
  return false;
}

/** The token itself, or its leading `::`; -1 when another name qualifies it. */
function chainStart(reading: Reading, token: number): number {
  if (mark(reading, token - 1) !== PUNCTUATION.scope) return token;
  return isQualified(reading, token - 1) ? -1 : token - 1;
}

/** `namespace MACRO name {`: macros or attributes between the keyword and the name. */
function namedByMacro(reading: Reading, token: number): boolean {
  if (mark(reading, token + 1) !== BYTE.openBrace) return false;
  let i = token - 1;
  for (let steps = 0; i > 0 && steps < 40; i--, steps++) {
    if (isWord(reading, i, reading.words.id.namespace)) return true;
    const value = mark(reading, i);
    if (value === BYTE.close || value === BYTE.closeSquare) i = groupStart(reading, i);
    else if (reading.stream.kinds[i] !== KIND.identifier) return false;
  }
  return false;
}

/** The token that opens the group of parentheses or square brackets that ends at `token`, or -1. */
export function groupStart(reading: Reading, token: number): number {
  let depth = 0;
  for (let i = token; i >= 0; i--) {
    const value = mark(reading, i);
    if (value === BYTE.close || value === BYTE.closeSquare || value === BYTE.closeBrace) depth++;
    else if (value === BYTE.open || value === BYTE.openSquare || value === BYTE.openBrace) depth--;
    if (depth === 0) return i;
  }
  return -1;
}

/** Alone between parentheses and commas, or the whole body of a macro: may be handed on as a namespace. */
function argument(reading: Reading, token: number, directive: number): string {
  const { kinds } = reading.stream;
  const before = mark(reading, token - 1);
  const after = mark(reading, token + 1);
  if (directive === DIRECTIVE.define && kinds[token - 2] === KIND.directive && endsName(reading, token + 1)) return "alone";
  if (before === BYTE.open && after === BYTE.close && beginsSequence(reading, token)) return SEQUENCE;
  const alone = (before === BYTE.open || before === BYTE.comma) && (after === BYTE.close || after === BYTE.comma);
  return alone && callOf(reading, token) !== undefined ? "argument" : "leave";
}

/** Why the first word of `MACRO((lib)(inner), …)` is left. */
const SEQUENCE = "begins a sequence in parentheses, which the macro may make a namespace's name of";

/** `name` of `MACRO((name)(word)…`. */
function beginsSequence(reading: Reading, token: number): boolean {
  const { kinds } = reading.stream;
  const ahead = mark(reading, token - 2);
  if (ahead !== BYTE.open && ahead !== BYTE.comma) return false;
  if (mark(reading, token + 2) !== BYTE.open || kinds[token + 3] !== KIND.identifier || mark(reading, token + 4) !== BYTE.close)
    return false;
  return callOf(reading, token - 1) !== undefined;
}

/** The end of a macro's body, or an attribute behind the name. */
function endsName({ stream, words }: Reading, token: number): boolean {
  const { kinds, values } = stream;
  return kinds[token] === KIND.directiveEnd || (kinds[token] === KIND.identifier && words.attribute.has(values[token] as number));
}

/** How far back the parenthesis of a call is looked for. */
const LONGEST_CALL = 10_000;

/** The word before the parenthesis that encloses the token, as id and token, and which of its arguments the token is; undefined when it is none. */
export function callOf(reading: Reading, token: number): { callee: number; at: number; index: number } | undefined {
  const { kinds, values } = reading.stream;
  let index = 0;
  for (let i = token - 1; i > 0 && token - i < LONGEST_CALL; i--) {
    if (kinds[i] === KIND.directive || kinds[i] === KIND.directiveEnd) return undefined;
    const value = mark(reading, i);
    if (value === BYTE.close || value === BYTE.closeBrace || value === BYTE.closeSquare) i = groupStart(reading, i);
    else if (value === BYTE.comma) index++;
    else if (value === BYTE.open) {
      const isCall = kinds[i - 1] === KIND.identifier && !reading.words.keyword.has(values[i - 1] as number);
      return isCall ? { callee: values[i - 1] as number, at: i - 1, index } : undefined;
    } else if (value === BYTE.semicolon || value === BYTE.openBrace || value === BYTE.openSquare) return undefined;
  }
  return undefined;
}

/** `[[name::attribute]]`, also behind others: an attribute's namespace, not a C++ one. A message's receiver in Objective-C is none. */
export function isAttributePrefix(reading: Reading, token: number): boolean {
  const before = mark(reading, token - 1);
  if (before !== BYTE.openSquare && before !== BYTE.comma) return false;
  let i = token - 1;
  while (i > 0 && mark(reading, i) !== BYTE.openSquare) {
    const value = mark(reading, i);
    if (value === BYTE.close) i = groupStart(reading, i);
    else if (value === BYTE.semicolon || value === BYTE.openBrace || value === BYTE.closeBrace || value === BYTE.open) return false;
    i--;
  }
  return i > 0 && mark(reading, i - 1) === BYTE.openSquare && endsTwice(reading, token);
}

/** Whether the square bracket around the token is closed by `]]`. */
function endsTwice(reading: Reading, token: number): boolean {
  let depth = 1;
  for (let i = token; i < reading.stream.count && i - token < LONGEST_CALL; i++) {
    const value = mark(reading, i);
    if (value === BYTE.openSquare) depth++;
    else if (value === BYTE.closeSquare && --depth === 0) return mark(reading, i + 1) === BYTE.closeSquare;
  }
  return false;
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
