/** Owns what one place of a word that is both global and a member's means, as far as its own file tells. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading, valueAt } from "../survey/heads.js";
import { tokenText } from "../survey/macro-bodies.js";
import { classNamed, type Enclosing, enclosing } from "./enclosing.js";
import { mayHaveMember } from "./known-bases.js";

/** `global`: the entity at global scope; `other`: a member or another entity; else why it cannot be told. */
export type WordUse = { readonly is: "global" | "other" } | { readonly is: "doubt"; readonly why: string };

const GLOBAL: WordUse = { is: "global" };
const OTHER: WordUse = { is: "other" };

const INHERITED = "it may be inherited from a base class, or be the global name";

/** What the word at `token` denotes; `.x`, `->x` and `Other::x` are known to be others before. */
export function useOf(reading: Reading, token: number): WordUse {
  if (isMark(reading, token - 1, PUNCTUATION.scope)) return GLOBAL;
  const around = enclosing(reading, token).filter((scope) => !isItself(reading, scope, token));
  const innermost = around[0];
  if (innermost?.kind === "class") return inClass(reading, token, innermost);
  for (const inner of around) {
    const scope = inner.kind === "method" ? classOf(reading, inner) : inner;
    if (scope === undefined) return { is: "doubt", why: "it may be a member of the class whose member this is, or be the global name" };
    if (scope.kind !== "class" && scope.kind !== "namespace") continue;
    if (declares(reading, scope, valueAt(reading, token))) return OTHER;
    if (mayInherit(reading, scope, token)) return { is: "doubt", why: INHERITED };
  }
  return GLOBAL;
}

/** Whether the word is the class's own name: inside, too, it denotes what it denotes around the class. */
function isItself(reading: Reading, { kind, name }: Enclosing, token: number): boolean {
  return kind === "class" && name !== undefined && valueAt(reading, name) === valueAt(reading, token);
}

/** Whether the class has bases that may have such a member, other than the word itself. */
function mayInherit(reading: Reading, { bases = [] }: Enclosing, token: number): boolean {
  if (bases.some((base) => isWord(reading, base) && valueAt(reading, base) === valueAt(reading, token))) return false;
  return basesOf(reading, bases).some((base) => mayHaveMember(base, tokenText(reading, token)));
}

/** Each base, spelled without blanks and without `public` and its like. */
function basesOf(reading: Reading, tokens: readonly number[]): string[] {
  const found: string[] = [];
  let [text, depth] = ["", 0];
  for (const token of tokens) {
    if (isMark(reading, token, BYTE.less)) depth++;
    else if (isMark(reading, token, BYTE.greater)) depth--;
    const isNext = depth === 0 && isMark(reading, token, BYTE.comma);
    if (isNext) found.push(text);
    text = isNext ? "" : text + (ACCESS.has(tokenText(reading, token)) ? "" : tokenText(reading, token));
  }
  return text === "" ? found : [...found, text];
}

const ACCESS = new Set(["public", "protected", "private", "virtual"]);

/** The class of a member that is defined out of line. */
function classOf(reading: Reading, { name }: Enclosing): Enclosing | undefined {
  return name === undefined ? undefined : classNamed(reading, valueAt(reading, name));
}

/** Between the members of a class: what is declared there is a member; a friend, a type and a default argument's words are not. */
function inClass(reading: Reading, token: number, scope: Enclosing): WordUse {
  if (isDeclarator(reading, token)) return isFriend(reading, token) ? GLOBAL : OTHER;
  if (declares(reading, scope, valueAt(reading, token))) return OTHER;
  return mayInherit(reading, scope, token) ? { is: "doubt", why: INHERITED } : GLOBAL;
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
  return BEFORE_DECLARATOR.some((mark) => isMark(reading, before, mark));
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

function isFriend(reading: Reading, token: number): boolean {
  const { kinds, values } = reading.stream;
  for (let i = token - 1; i >= 0; i--) {
    if (kinds[i] === KIND.identifier && values[i] === reading.words.id.friend) return true;
    if (kinds[i] !== KIND.punctuation) continue;
    if ([BYTE.semicolon, BYTE.openBrace, BYTE.closeBrace].some((mark) => values[i] === mark)) return false;
  }
  return false;
}

/** Whether the braces declare the word right inside of them. */
function declares(reading: Reading, { brace }: Enclosing, id: number): boolean {
  const { kinds, values, count } = reading.stream;
  let [depth, parens] = [0, 0];
  for (let i = brace; i < count; i++) {
    if (kinds[i] === KIND.identifier) {
      if (depth === 1 && parens === 0 && values[i] === id && isDeclarator(reading, i) && !isFriend(reading, i)) return true;
    } else if (kinds[i] === KIND.punctuation) {
      if (values[i] === BYTE.openBrace) depth++;
      else if (values[i] === BYTE.closeBrace && --depth === 0) return false;
      else if (values[i] === BYTE.open) parens++;
      else if (values[i] === BYTE.close) parens--;
    }
  }
  return false;
}
