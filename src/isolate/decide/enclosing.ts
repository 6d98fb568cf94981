/** Owns what a token stands in, read backwards from it: classes, namespaces, members defined out of line, linkage blocks. */
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import {
  aggregateName,
  externLanguage,
  groupEnd,
  hasWord,
  isMark,
  isWord,
  opensNamespace,
  type Reading,
  valueAt,
} from "../survey/heads.js";
import { withoutPrefix } from "../survey/declaration-prefix.js";
import { functionName } from "../survey/function-names.js";
import { namespaceWords } from "../survey/opened-namespace.js";

/** A pair of braces around a token. */
export interface Enclosing {
  /** `method`: the body of a member that is defined out of line; `other`: any other body, an initialiser. */
  readonly kind: "class" | "namespace" | "method" | "linkage-c" | "enumeration" | "scoped-enumeration" | "other";
  /** The `{`. */
  readonly brace: number;
  /** The token of a class's or an enumeration's name; of a method: that of its class. */
  readonly name?: number | undefined;
  /** Ids of a namespace's words; none for an unnamed one. */
  readonly words?: readonly number[];
  /** Of a namespace that a macro opens (`brace` is the macro): the byte offset of its end. */
  readonly end?: number;
  /** The tokens behind the `:` of a class's head. */
  readonly bases?: readonly number[];
}

/** An open brace with those around it. */
interface OpenBrace {
  readonly brace: number;
  readonly outer: OpenBrace | undefined;
  /** What it belongs to, and the same of all from this one out; told when it is asked for. */
  described?: Enclosing;
  around?: readonly Enclosing[];
}

/** What is known of a reading. */
interface Known {
  /** By brace or end of a preprocessor line: what is open behind it. */
  readonly open: Map<number, OpenBrace | undefined>;
  /** The token asked about last, and the last mark before it. */
  token: number;
  mark: number;
}

const known = new WeakMap<Reading, Known>();

const NOTHING: readonly Enclosing[] = [];

/** The braces around a token, from inside out; of `#if` branches only the one that the token is in, and else the last. */
export function enclosing(reading: Reading, token: number): readonly Enclosing[] {
  const memory = known.get(reading) ?? { open: new Map(), token: 0, mark: -1 };
  if (memory.open.size === 0) known.set(reading, memory);
  const last = token >= memory.token ? lastMark(reading, token, memory.token, memory.mark) : lastMark(reading, token);
  [memory.token, memory.mark] = [token, last];
  const found = listOf(reading, openBehind(reading, last, memory.open));
  return reading.opened === undefined ? found : [...found, ...openedByMacros(reading, token)];
}

/** The last brace or end of a preprocessor line before the token, or `otherwise` where none stands from `from` on. */
function lastMark({ stream: { kinds, values } }: Reading, token: number, from = 0, otherwise = -1): number {
  for (let i = token - 1; i >= from; i--) {
    if (kinds[i] === KIND.directiveEnd) return i;
    if (kinds[i] === KIND.punctuation && (values[i] === BYTE.openBrace || values[i] === BYTE.closeBrace)) return i;
  }
  return otherwise;
}

/** What is open behind a mark: each mark adds to what is open behind the one before it, so none is looked at twice. */
function openBehind(reading: Reading, last: number, memory: Map<number, OpenBrace | undefined>): OpenBrace | undefined {
  const { kinds, values } = reading.stream;
  const marks: number[] = [];
  let at = last;
  for (; at >= 0 && !memory.has(at); at = lastMark(reading, kinds[at] === KIND.directiveEnd ? beforeLine(reading, at) : at)) marks.push(at);
  let open = memory.get(at);
  for (const mark of marks.toReversed()) {
    if (kinds[mark] !== KIND.directiveEnd) open = values[mark] === BYTE.openBrace ? { brace: mark, outer: open } : open?.outer;
    memory.set(mark, open);
  }
  return open;
}

function listOf(reading: Reading, open: OpenBrace | undefined): readonly Enclosing[] {
  if (open === undefined) return NOTHING;
  if (open.around !== undefined) return open.around;
  const list: Enclosing[] = [];
  for (let at: OpenBrace | undefined = open; at !== undefined; at = at.outer) list.push((at.described ??= describe(reading, at.brace)));
  return (open.around = list);
}

/** The namespaces around a token that macros open. */
function openedByMacros({ stream, opened = [] }: Reading, token: number): Enclosing[] {
  const offset = stream.starts[token] as number;
  return opened.flatMap(({ brace, words, start, end }): Enclosing[] =>
    start <= offset && offset < end && stream.kinds[brace] === KIND.identifier ? [{ kind: "namespace", brace, words, end }] : [],
  );
}

/** The `#` of the line that ends at the token; behind `#else`, `#elif`: that of the line before the first branch. */
function beforeLine({ stream: { kinds, values } }: Reading, end: number): number {
  let at = end;
  let nested = 0;
  let skips = false;
  for (; at >= 0; at--) {
    if (kinds[at] !== KIND.directive) continue;
    const directive = values[at];
    if (directive === DIRECTIVE.endif && skips) nested++;
    else if (directive === DIRECTIVE.if && skips && nested-- === 0) return at;
    else if ((directive === DIRECTIVE.else || directive === DIRECTIVE.elif) && !skips) skips = true;
    if (!skips) return at;
  }
  return 0;
}

/** The tokens of a head before `{`, in their order. */
function headBefore(reading: Reading, brace: number): number[] {
  const { kinds, values } = reading.stream;
  const head: number[] = [];
  let parens = 0;
  for (let i = brace - 1; i >= 0; i--) {
    if (kinds[i] === KIND.directiveEnd) {
      i = beforeLine(reading, i);
      continue;
    }
    if (kinds[i] === KIND.punctuation) {
      const value = values[i];
      if (value === BYTE.close) parens++;
      else if (value === BYTE.open) parens--;
      else if (value === BYTE.closeBrace && isInitialiser(reading, i)) i = openOf(reading, i);
      else if (parens <= 0 && (value === BYTE.semicolon || value === BYTE.openBrace || value === BYTE.closeBrace)) break;
    }
    head.push(i);
  }
  return head.toReversed();
}

/**
 * The member that is defined out of line by the head in which the token stands, behind the member's name: among its parameters,
 * in its trailing return type, in the initialisers of a constructor. There, too, names are those of the class first.
 */
export function methodAhead(reading: Reading, token: number): Enclosing | undefined {
  const body = bodyAhead(reading, token);
  const found = body === undefined ? undefined : describe(reading, body);
  return found?.kind === "method" && found.name !== undefined && found.name < token ? found : undefined;
}

/** The `{` of the body behind the head that the token stands in; the braces of initialisers are passed over. */
function bodyAhead(reading: Reading, token: number): number | undefined {
  const { kinds, values, count } = reading.stream;
  let parens = 0;
  for (let i = token + 1; i < count; i++) {
    if (kinds[i] === KIND.directive) return undefined;
    if (kinds[i] !== KIND.punctuation) continue;
    const value = values[i];
    if (value === BYTE.open) parens++;
    else if (value === BYTE.close) parens--;
    else if (value === BYTE.closeBrace || (parens <= 0 && value === BYTE.semicolon)) return undefined;
    else if (value === BYTE.openBrace) {
      if (parens <= 0 && !beginsInitialiser(reading, i)) return i;
      i = closeOf(reading, i);
    }
  }
  return undefined;
}

/** `: a{`, `, b{` */
function beginsInitialiser(reading: Reading, open: number): boolean {
  return isWord(reading, open - 1) && (isMark(reading, open - 2, BYTE.comma) || isMark(reading, open - 2, BYTE.colon));
}

function closeOf({ stream: { kinds, values, count } }: Reading, open: number): number {
  let depth = 0;
  for (let i = open; i < count; i++) {
    if (kinds[i] !== KIND.punctuation) continue;
    if (values[i] === BYTE.openBrace) depth++;
    else if (values[i] === BYTE.closeBrace && --depth === 0) return i;
  }
  return count;
}

/** `a{1}, b{2} {`: the braces of a member's initialiser. */
function isInitialiser(reading: Reading, close: number): boolean {
  return isMark(reading, close + 1, BYTE.comma) || isMark(reading, close + 1, BYTE.openBrace);
}

function openOf({ stream: { kinds, values } }: Reading, close: number): number {
  let depth = 0;
  for (let i = close; i >= 0; i--) {
    if (kinds[i] !== KIND.punctuation) continue;
    if (values[i] === BYTE.closeBrace) depth++;
    else if (values[i] === BYTE.openBrace && --depth === 0) return i;
  }
  return 0;
}

function describe(reading: Reading, brace: number): Enclosing {
  const head = headBefore(reading, brace);
  const rest = withoutPrefix(reading, head);
  const { id } = reading.words;
  const language = externLanguage(reading, rest);
  if (language !== undefined && rest.length === 2) return { kind: language === "c" ? "linkage-c" : "other", brace };
  if (opensNamespace(reading, rest))
    return { kind: "namespace", brace, words: namespaceWords(reading, rest).map((word) => valueAt(reading, word)) };
  const owner = ownerOf(reading, rest);
  if (owner !== undefined) return { kind: "method", brace, name: owner };
  if (functionName(reading, rest, rest.length < head.length) !== undefined) return { kind: "other", brace };
  const aggregate = aggregateName(reading, rest);
  if (hasWord(reading, rest, id.enum))
    return { kind: isScoped(reading, rest) ? "scoped-enumeration" : "enumeration", brace, name: aggregate?.token };
  if (aggregate === undefined) return { kind: "other", brace };
  const colon = rest.findIndex((token) => isMark(reading, token, BYTE.colon));
  return { kind: "class", brace, name: aggregate.token, bases: colon < 0 ? [] : rest.slice(colon + 1) };
}

/** `enum class`, `enum struct`. */
function isScoped(reading: Reading, head: readonly number[]): boolean {
  const at = head.findIndex((token) => hasWord(reading, [token], reading.words.id.enum));
  return isWord(reading, head[at + 1]) && reading.words.aggregate.has(valueAt(reading, head[at + 1]));
}

/** `Type` of `Type::name(…)`, `Type<T>::operator…`, `Type::~Type()`: it stands before `::` and the first parenthesis that is no macro's or attribute's. */
function ownerOf(reading: Reading, head: readonly number[]): number | undefined {
  const operator = head.findIndex((token) => hasWord(reading, [token], reading.words.id.operator));
  if (operator > 0 && isMark(reading, head[operator - 1], PUNCTUATION.scope)) return wordBefore(reading, head, operator - 1);
  for (let i = 1; i < head.length; i++) {
    if (!isMark(reading, head[i], BYTE.open)) continue;
    const name = isMark(reading, head[i - 2], BYTE.tilde) ? i - 2 : i - 1;
    if (isMark(reading, head[name - 1], PUNCTUATION.scope)) return wordBefore(reading, head, name - 1);
    i = groupEnd(reading, head, i) - 1;
  }
  return undefined;
}

/** The word before `::`, or before the `<…>` before it. */
function wordBefore(reading: Reading, head: readonly number[], scope: number): number | undefined {
  let depth = 0;
  for (let i = scope - 1; i >= 0; i--) {
    if (isMark(reading, head[i], BYTE.greater)) depth++;
    else if (isMark(reading, head[i], BYTE.less)) depth--;
    else if (depth === 0) return head[i];
  }
  return head[0];
}

/** By reading: what {@link classNamed} has found. */
const named = new WeakMap<Reading, Map<number, Enclosing | undefined>>();

/** The body of the class of that name which the file defines outside of bodies, or undefined. */
export function classNamed(reading: Reading, id: number): Enclosing | undefined {
  const memory = named.get(reading) ?? new Map<number, Enclosing | undefined>();
  if (memory.size === 0) named.set(reading, memory);
  if (!memory.has(id)) memory.set(id, findClass(reading, id));
  return memory.get(id);
}

function findClass(reading: Reading, id: number): Enclosing | undefined {
  const { kinds, values, count } = reading.stream;
  for (let i = 1; i < count; i++) {
    if (kinds[i] !== KIND.identifier || values[i] !== id || !isWord(reading, i - 1)) continue;
    const brace = braceOfHead(reading, i);
    const found = brace === undefined ? undefined : describe(reading, brace);
    if (found?.kind === "class" && found.name === i) return found;
  }
  return undefined;
}

/** The `{` behind the head that the token stands in. */
function braceOfHead({ stream: { kinds, values, count } }: Reading, token: number): number | undefined {
  for (let i = token + 1; i < count; i++) {
    if (kinds[i] !== KIND.punctuation) continue;
    if (values[i] === BYTE.openBrace) return i;
    if (values[i] === BYTE.semicolon || values[i] === BYTE.open || values[i] === BYTE.close || values[i] === BYTE.equals) return undefined;
  }
  return undefined;
}
