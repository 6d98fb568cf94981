/** Owns heads that name no type: functions of C before 1999, which give `int`. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { isMark, isShouted, isWord, type Head, type Reading, valueAt } from "./heads.js";
import { BLOCK } from "./scope-model.js";
import { tokenText } from "./token-text.js";

/** Longest body, in tokens, that is looked through. */
const LONGEST_BODY = 20_000;

/** The function of `start() {` or `level(a, b) {`: every parameter stands in the body, which begins at the token `brace`. */
export function implicitFunction(reading: Reading, head: readonly number[], brace: number): Head | undefined {
  const [name, open] = head;
  if (name === undefined || !isPlain(reading, name) || isShouted(reading, name) || !isMark(reading, open, BYTE.open)) return undefined;
  if (!isMark(reading, head.at(-1), BYTE.close)) return undefined;
  const listed = head.slice(2, -1);
  const isList = listed.every((token, at) => (at % 2 === 0 ? isPlain(reading, token) : isMark(reading, token, BYTE.comma)));
  if (!isList || (listed.length > 0 && listed.length % 2 === 0)) return undefined;
  const missing = new Set(listed.flatMap((token, at) => (at % 2 === 0 ? [valueAt(reading, token)] : [])));
  for (let [at, depth] = [brace, 0]; missing.size > 0 && at < Math.min(reading.stream.count, brace + LONGEST_BODY); at++) {
    if (isMark(reading, at, BYTE.openBrace)) depth++;
    else if (isMark(reading, at, BYTE.closeBrace) && --depth === 0) break;
    else if (isWord(reading, at)) missing.delete(valueAt(reading, at));
  }
  return missing.size > 0
    ? undefined
    : { kind: "function", token: name, linkage: "external", defines: true, linkageC: false, isImplicit: true };
}

function isPlain(reading: Reading, token: number): boolean {
  return isWord(reading, token) && !reading.words.keyword.has(valueAt(reading, token));
}

/**
 * Whether the declaration of a function in a C++ source, `Type name(Other, ns::word)`, may as well make an object of arguments: each is
 * a word alone, perhaps qualified, and a type that can have objects stands alone before the name.
 */
export function mayBeObject(reading: Reading, tokens: readonly number[], name: number): boolean {
  const at = tokens.indexOf(name);
  if (at < 1 || !isMark(reading, tokens[at + 1], BYTE.open) || !isMark(reading, tokens.at(-1), BYTE.close)) return false;
  if (!isPath(reading, tokens.slice(0, at))) return false;
  return isPaths(reading, tokens.slice(at + 2, -1));
}

function isPaths(reading: Reading, tokens: readonly number[]): boolean {
  const comma = tokens.findIndex((token) => isMark(reading, token, BYTE.comma));
  return comma < 0 ? isPath(reading, tokens) : isPath(reading, tokens.slice(0, comma)) && isPaths(reading, tokens.slice(comma + 1));
}

/**
 * The `_m` of `type operator""_m(long double)`, and the token that has it. Its parameters have types of the language alone (ISO C++
 * [over.literal]), also where they are spelled otherwise (`size_t`).
 */
export function plainLiteral(reading: Reading, head: readonly number[]): { readonly name: string; readonly token: number } | undefined {
  const { id } = reading.words;
  const at = head.findIndex((token) => isWord(reading, token) && valueAt(reading, token) === id.operator);
  const quotes = at < 0 ? undefined : head[at + 1];
  if (quotes === undefined || quotes === BLOCK || reading.stream.kinds[quotes] !== KIND.string) return undefined;
  const joined = tokenText(reading, quotes).replace(/^""/, "");
  const token = joined === "" ? head[at + 2] : quotes;
  const open = joined === "" ? at + 3 : at + 2;
  if (token === undefined || !isMark(reading, head[open], BYTE.open)) return undefined;
  return { name: joined === "" ? tokenText(reading, token) : joined, token };
}

/** `a`, `a::b`, `::a`. */
function isPath(reading: Reading, tokens: readonly number[]): boolean {
  const rest = isMark(reading, tokens[0], SCOPE) ? tokens.slice(1) : tokens;
  return (
    rest.length % 2 === 1 &&
    rest.every((token, at) => (at % 2 === 0 ? isPlain(reading, token) && !isShouted(reading, token) : isMark(reading, token, SCOPE)))
  );
}

const SCOPE = PUNCTUATION.scope;
