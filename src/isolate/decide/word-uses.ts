/** Owns what one place of a word that is both global and a member's means, as far as its own file tells. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading, valueAt } from "../survey/heads.js";
import { tokenText } from "../survey/token-text.js";
import { classNamed, type Enclosing, enclosing, methodAhead } from "./enclosing.js";
import { inherits, mayInherit } from "./inherited-names.js";
import { isLocalName } from "./local-names.js";
import { callOf } from "./namespace-tokens.js";
import { isOtherMember } from "./token-places.js";

/** `global`: the entity at global scope; `other`: a member (of a class) or another entity; else why it cannot be told. */
export type WordUse =
  | { readonly is: "global" }
  | { readonly is: "other"; readonly ofClass: boolean }
  | { readonly is: "doubt"; readonly why: string };

/** What the whole tree says of such words; all by interner id. */
export interface WordKnowledge {
  /** By word: the namespaces, classes and scoped enumerations that declare one of that spelling. */
  readonly scopes: ReadonlyMap<number, ReadonlySet<number>>;
  /** By macro: the arguments that are members' names, and those that are tags. */
  readonly fields: ReadonlyMap<number, ReadonlySet<number>>;
  readonly tagged: ReadonlyMap<number, ReadonlySet<number>>;
  /** … those that are a member's name and something else. */
  readonly mixed: ReadonlyMap<number, ReadonlySet<number>>;
  /** The scope in the midst of which the file is included, if that is known. */
  readonly standing?: { readonly kind: "class" | "namespace"; readonly words: readonly number[] } | undefined;
}

export const NOTHING_KNOWN: WordKnowledge = { scopes: new Map(), fields: new Map(), tagged: new Map(), mixed: new Map() };

const GLOBAL: WordUse = { is: "global" };
const OTHER: WordUse = { is: "other", ofClass: false };
const MEMBER: WordUse = { is: "other", ofClass: true };

const INHERITED = "it may be inherited from a base class, or be the global name";
const UNKNOWN_CLASS = "it may be a member of the class whose member this is, or be the global name";
const MIXED = "argument of a macro that uses it as the name of a member and otherwise";
const ENUMERATOR = "it may be the enumerator of that name, or the global name";

/** What the word at `token` denotes; `.x`, `->x` and `Other::x` are known to be others before. */
export function useOf(reading: Reading, token: number, knowledge: WordKnowledge = NOTHING_KNOWN): WordUse {
  const use = useAround(reading, token, knowledge);
  return use.is === "doubt" && use.why !== MIXED && isLocalName(reading, token) ? OTHER : use;
}

/** The same by what stands around functions alone. */
function useAround(reading: Reading, token: number, knowledge: WordKnowledge): WordUse {
  if (isMark(reading, token - 1, PUNCTUATION.scope)) return GLOBAL;
  if (isArgumentOf(reading, token, knowledge.fields)) return MEMBER;
  if (isArgumentOf(reading, token, knowledge.mixed)) return { is: "doubt", why: MIXED };
  const all = enclosing(reading, token);
  if (all[0] !== undefined && isItself(reading, all[0], token) && isField(reading, token)) return MEMBER;
  if (isDesignator(reading, token, all[0])) return MEMBER;
  const around = all.filter((scope) => !isItself(reading, scope, token));
  const innermost = around[0];
  if (innermost?.kind === "class") return inClass(reading, token, innermost, around.slice(1), knowledge);
  const isLocal = around[1]?.kind === "other" || around[1]?.kind === "method";
  if (innermost !== undefined && isEnumerator(reading, token, innermost) && (!isLocal || innermost.kind === "scoped-enumeration"))
    return enumeratorIn(innermost, around[1]);
  const head = innermost === undefined || innermost.kind === "namespace" ? methodAhead(reading, token) : undefined;
  return lookedUp(reading, token, head === undefined ? around : [head, ...around], knowledge);
}

/** What an unqualified word denotes in the scopes around it, from inside out. */
function lookedUp(reading: Reading, token: number, around: readonly Enclosing[], knowledge: WordKnowledge): WordUse {
  const id = valueAt(reading, token);
  const declaring = knowledge.scopes.get(id);
  let doubt: WordUse | undefined;
  for (const inner of around) {
    if (isOwnClass(reading, inner, token)) return ofClassName(reading, inner.name as number, knowledge);
    if (isScope(reading, inner, declaring)) return inner.kind === "namespace" ? OTHER : MEMBER;
    const scope = inner.kind === "method" ? classOf(reading, inner) : inner;
    if (scope === undefined) doubt ??= { is: "doubt", why: UNKNOWN_CLASS };
    else if (scope.kind !== "class" && scope.kind !== "namespace") continue;
    else if (declares(reading, scope, id)) return scope.kind === "namespace" ? OTHER : MEMBER;
    else if (inherits(reading, scope, id, declaring)) return MEMBER;
    else if (mayInherit(reading, scope, token)) doubt ??= { is: "doubt", why: INHERITED };
  }
  return outside(reading, id, declaring, knowledge.standing) ?? doubt ?? GLOBAL;
}

/** Whether a member's definition out of line says the name of its class once more: `f` of `f& f::operator=(const f& other)`. */
function isOwnClass(reading: Reading, { kind, name }: Enclosing, token: number): boolean {
  return kind === "method" && name !== undefined && name !== token && valueAt(reading, name) === valueAt(reading, token);
}

/** There it denotes what it denotes before the `::` of the head. */
function ofClassName(reading: Reading, name: number, knowledge: WordKnowledge): WordUse {
  return isOtherMember(reading, name) ? MEMBER : useAround(reading, name, knowledge);
}

/** What the scope makes of the word in the midst of which the file is included. */
function outside(
  reading: Reading,
  id: number,
  declaring: ReadonlySet<number> | undefined,
  standing: WordKnowledge["standing"],
): WordUse | undefined {
  if (standing === undefined) return undefined;
  const isDeclared =
    (declaring !== undefined && standing.words.some((word) => declaring.has(word))) || declares(reading, { kind: "other", brace: -1 }, id);
  if (standing.kind === "class") return isDeclared ? MEMBER : { is: "doubt", why: UNKNOWN_CLASS };
  return isDeclared ? OTHER : undefined;
}

/** Whether it is one of the scopes that declare the word somewhere. */
function isScope(reading: Reading, { kind, name, words = [] }: Enclosing, declaring: ReadonlySet<number> | undefined): boolean {
  if (declaring === undefined) return false;
  if (kind === "namespace") return words.some((word) => declaring.has(word));
  return (kind === "class" || kind === "method") && name !== undefined && declaring.has(valueAt(reading, name));
}

/** Whether the word begins an argument of one of the macros. */
export function isArgumentOf(reading: Reading, token: number, macros: ReadonlyMap<number, ReadonlySet<number>>): boolean {
  if (macros.size === 0 || (!isMark(reading, token - 1, BYTE.open) && !isMark(reading, token - 1, BYTE.comma))) return false;
  const call = callOf(reading, token);
  return call !== undefined && macros.get(call.callee)?.has(call.index) === true;
}

/** `x` of `enum { x, y = 1 }`, not of `enum { a = x }`. */
export function isEnumerator(reading: Reading, token: number, { kind }: Enclosing): boolean {
  if (kind !== "enumeration" && kind !== "scoped-enumeration") return false;
  return (
    isMark(reading, token - 1, BYTE.openBrace) ||
    isMark(reading, token - 1, BYTE.comma) ||
    reading.stream.kinds[token - 1] === KIND.directiveEnd
  );
}

function enumeratorIn({ kind }: Enclosing, outer: Enclosing | undefined): WordUse {
  if (kind === "scoped-enumeration" || outer?.kind === "class") return MEMBER;
  return outer?.kind === "namespace" ? OTHER : { is: "doubt", why: ENUMERATOR };
}

/** Whether the word is the class's own name: inside, too, it denotes what it denotes around the class. */
function isItself(reading: Reading, { kind, name }: Enclosing, token: number): boolean {
  return kind === "class" && name !== undefined && valueAt(reading, name) === valueAt(reading, token);
}

/** `int conf;` in `struct conf`: no constructor, and not the class. */
function isField(reading: Reading, token: number): boolean {
  if (!isDeclarator(reading, token) || isMark(reading, token + 1, BYTE.open) || isFriend(reading, token)) return false;
  return !reading.words.aggregate.has(isWord(reading, token - 1) ? valueAt(reading, token - 1) : -1);
}

/** `{ name: value }`: how GNU C wrote `.name = value` once; behind a `{` that begins a body the word is a label. */
function isDesignator(reading: Reading, token: number, scope: Enclosing | undefined): boolean {
  if (scope?.kind !== "other" || !isMark(reading, token + 1, BYTE.colon)) return false;
  if (!isMark(reading, token - 1, BYTE.comma) && !isMark(reading, token - 1, BYTE.openBrace)) return false;
  return [BYTE.equals, BYTE.comma, BYTE.openBrace].some((mark) => isMark(reading, scope.brace - 1, mark));
}

/** The class of a member that is defined out of line. */
function classOf(reading: Reading, { name }: Enclosing): Enclosing | undefined {
  return name === undefined ? undefined : classNamed(reading, valueAt(reading, name));
}

/** Between the members of a class: what is declared there is a member; a friend, a type and a default argument's words are not. */
function inClass(reading: Reading, token: number, scope: Enclosing, around: readonly Enclosing[], knowledge: WordKnowledge): WordUse {
  if (isDeclarator(reading, token)) return isFriend(reading, token) ? GLOBAL : MEMBER;
  return lookedUp(reading, token, [scope, ...around], knowledge);
}

const BEHIND_DECLARATOR: readonly number[] = [
  BYTE.open,
  BYTE.semicolon,
  BYTE.equals,
  BYTE.comma,
  BYTE.openSquare,
  BYTE.colon,
  BYTE.openBrace,
];

const BEFORE_DECLARATOR: readonly number[] = [BYTE.star, BYTE.ampersand, BYTE.greater, BYTE.comma];
/** Words that no declarator follows at once. */
const NO_TYPE = new Set(
  "return else do goto case throw new delete typename using typedef friend co_return co_yield co_await not and or".split(" "),
);

/** A word with a type before it and a declarator's end behind it: `int x;`, `T *x(…)`, `(*x)(…)`, `a, x;`, `class x;`. */
export function isDeclarator(reading: Reading, token: number): boolean {
  const isPointer = isMark(reading, token + 1, BYTE.close) && isMark(reading, token - 1, BYTE.star);
  if (!isPointer && !BEHIND_DECLARATOR.some((mark) => isMark(reading, token + 1, mark))) return false;
  const before = token - 1;
  if (isBase(reading, token)) return false;
  if (isWord(reading, before)) return !NO_TYPE.has(tokenText(reading, before));
  if (isMark(reading, before, BYTE.comma) && isInitialised(reading, token)) return false;
  return BEFORE_DECLARATOR.some((mark) => isMark(reading, before, mark));
}

/** `b` of `Type() : a(1), b{2} {`: what a constructor initialises; a `:` stands before the list, and a `)` or a word before that. */
function isInitialised(reading: Reading, token: number): boolean {
  if (!isMark(reading, token + 1, BYTE.openBrace) && !isMark(reading, token + 1, BYTE.open)) return false;
  let depth = 0;
  for (let i = token - 1; i > 0; i--) {
    if (isMark(reading, i, BYTE.close) || isMark(reading, i, BYTE.closeBrace)) depth++;
    else if (isMark(reading, i, BYTE.open) || isMark(reading, i, BYTE.openBrace)) depth--;
    if (depth < 0 || (depth === 0 && isMark(reading, i, BYTE.semicolon))) return false;
    if (depth > 0 || !isMark(reading, i, BYTE.colon)) continue;
    return isMark(reading, i - 1, BYTE.close) || (isWord(reading, i - 1) && reading.words.afterParameters.has(valueAt(reading, i - 1)));
  }
  return false;
}

/** `Base` of `class Name : public Base {` and of `class Name : First, Base {`. */
function isBase(reading: Reading, token: number): boolean {
  const { kinds, values } = reading.stream;
  const { aggregate } = reading.words;
  let colon = false;
  for (let i = token - 1; i >= 0 && kinds[i] !== KIND.directiveEnd; i--) {
    const value = values[i] as number;
    if (kinds[i] === KIND.identifier && colon && aggregate.has(value)) return true;
    if (kinds[i] !== KIND.punctuation) continue;
    if (value === BYTE.colon) colon = true;
    else if (ENDS.has(value)) return false;
  }
  return false;
}

const ENDS: ReadonlySet<number> = new Set([BYTE.semicolon, BYTE.openBrace, BYTE.closeBrace, BYTE.open, BYTE.close, BYTE.equals]);

export function isFriend(reading: Reading, token: number): boolean {
  const { kinds, values } = reading.stream;
  for (let i = token - 1; i >= 0; i--) {
    if (kinds[i] === KIND.identifier && values[i] === reading.words.id.friend) return true;
    if (kinds[i] !== KIND.punctuation) continue;
    if ([BYTE.semicolon, BYTE.openBrace, BYTE.closeBrace].some((mark) => values[i] === mark)) return false;
  }
  return false;
}

/** `extern "C"` before it in its declaration: one entity, whatever namespace it stands in. */
export function saysLinkage(reading: Reading, token: number): boolean {
  const { kinds } = reading.stream;
  for (let i = token - 1; i > 0; i--) {
    if (kinds[i] === KIND.directiveEnd) return false;
    if (kinds[i] === KIND.string && isWord(reading, i - 1) && valueAt(reading, i - 1) === reading.words.id.extern) return true;
    if ([BYTE.semicolon, BYTE.openBrace, BYTE.closeBrace].some((mark) => isMark(reading, i, mark))) return false;
  }
  return false;
}

/** `using Other::name;`, not `using Base::Base;`, `using Base<T>::Base;`, which bring constructors. */
export function isUsed(reading: Reading, token: number): boolean {
  if (!isMark(reading, token + 1, BYTE.semicolon) || !isMark(reading, token - 1, PUNCTUATION.scope)) return false;
  if (qualifierOf(reading, token) === valueAt(reading, token)) return false;
  let at = token - 1;
  while (isMark(reading, at, PUNCTUATION.scope) || (isWord(reading, at) && valueAt(reading, at) !== reading.words.id.using)) at--;
  return isWord(reading, at) && valueAt(reading, at) === reading.words.id.using && at < token - 2;
}

/** The word before the `::` before the token, or before the `<…>` there. */
function qualifierOf(reading: Reading, token: number): number {
  let depth = 0;
  for (let i = token - 2; i >= 0; i--) {
    if (isMark(reading, i, BYTE.greater)) depth++;
    else if (isMark(reading, i, BYTE.less)) depth--;
    else if (isMark(reading, i, BYTE.semicolon)) return -1;
    else if (depth === 0) return isWord(reading, i) ? valueAt(reading, i) : -1;
  }
  return -1;
}

/** By reading: what braces declare. */
const declaredIn = new WeakMap<Reading, Map<string, boolean>>();

/** Whether the braces declare the word right inside of them. */
function declares(reading: Reading, scope: Enclosing, id: number): boolean {
  const memory = declaredIn.get(reading) ?? new Map<string, boolean>();
  if (memory.size === 0) declaredIn.set(reading, memory);
  const key = `${scope.brace}/${id}`;
  const known = memory.get(key) ?? findDeclaration(reading, scope, id);
  memory.set(key, known);
  return known;
}

function findDeclaration(reading: Reading, { brace, end }: Enclosing, id: number): boolean {
  const { kinds, values, starts, count } = reading.stream;
  const isOpen = brace < 0 || end !== undefined;
  let [depth, parens] = [isOpen ? 1 : 0, 0];
  for (let i = Math.max(brace, 0); i < count; i++) {
    if (end !== undefined && (starts[i] as number) >= end) return false;
    if (kinds[i] === KIND.identifier) {
      if (values[i] !== id || parens > 0) continue;
      if (depth === 1 && (isUsed(reading, i) || (isDeclarator(reading, i) && !isFriend(reading, i) && !saysLinkage(reading, i))))
        return true;
    } else if (kinds[i] === KIND.punctuation) {
      if (values[i] === BYTE.openBrace) depth++;
      else if (values[i] === BYTE.closeBrace && --depth === 0) return false;
      else if (values[i] === BYTE.open) parens++;
      else if (values[i] === BYTE.close) parens--;
    }
  }
  return false;
}
