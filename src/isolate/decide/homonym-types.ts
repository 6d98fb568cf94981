/** Owns what bears the word of an external namespace: `class lib` in a namespace, `template <class lib>`, `namespace lib = …` in another. */
import { BYTE, KIND } from "../../tokens/kinds.js";
import type { Reading } from "../survey/heads.js";
import { isMark, isShouted, isWord, valueAt } from "../survey/heads.js";

/** One place that introduces or names such a type. */
export interface HomonymType {
  readonly id: number;
  readonly offset: number;
  /** The `{` token of the scope around it, or -1. */
  readonly brace: number;
  /** Whether the scope around it has the type from here on: neither a parameter of a template nor a mention. */
  readonly declares: boolean;
  /** `namespace lib = …`: another name only inside of a namespace. */
  readonly isAlias: boolean;
}

/** The type that the token introduces, or undefined. */
export function homonymType(reading: Reading, token: number): HomonymType | undefined {
  if (!introducesType(reading, token)) return undefined;
  return { ...placeOf(reading, token), isAlias: false, declares: declares(reading, token) };
}

/** The alias that the token introduces, or undefined. */
export function homonymAlias(reading: Reading, token: number): HomonymType | undefined {
  if (!introducesAlias(reading, token)) return undefined;
  return { ...placeOf(reading, token), isAlias: true, declares: true };
}

function placeOf(reading: Reading, token: number): Pick<HomonymType, "id" | "offset" | "brace"> {
  return { id: valueAt(reading, token), offset: reading.stream.starts[token] as number, brace: braceAround(reading, token) };
}

/** `namespace X =` */
function introducesAlias(reading: Reading, token: number): boolean {
  return (
    isWord(reading, token - 1) && valueAt(reading, token - 1) === reading.words.id.namespace && isMark(reading, token + 1, BYTE.equals)
  );
}

/** `class X {`, `class X : Base`, `class X;`, `using X =`. */
function declares(reading: Reading, token: number): boolean {
  const follows = [BYTE.openBrace, BYTE.colon, BYTE.semicolon].some((mark) => isMark(reading, token + 1, mark));
  return (follows && !isFriend(reading, token)) || (isWord(reading, token - 1) && valueAt(reading, token - 1) === reading.words.id.using);
}

function isFriend(reading: Reading, token: number): boolean {
  return isWord(reading, token - 2) && valueAt(reading, token - 2) === reading.words.id.friend;
}

/** `class X`, `class MACRO X`, `typename X`, `using X =`. */
function introducesType(reading: Reading, token: number): boolean {
  const { aggregate, id } = reading.words;
  const before = isShouted(reading, token - 1) ? token - 2 : token - 1;
  if (!isWord(reading, before)) return false;
  const word = valueAt(reading, before);
  if (word === id.using) return isMark(reading, token + 1, BYTE.equals);
  return aggregate.has(word) || word === id.typename;
}

function braceAround({ stream }: Reading, token: number): number {
  let depth = 0;
  for (let i = token - 1; i >= 0; i--) {
    if (stream.kinds[i] !== KIND.punctuation) continue;
    if (stream.values[i] === BYTE.closeBrace) depth++;
    else if (stream.values[i] === BYTE.openBrace && depth-- === 0) return i;
  }
  return -1;
}
