/** Owns the reading of one `namespace … {`: its words, what lies around it, how far it reaches. */
import { BYTE, PUNCTUATION } from "../../tokens/kinds.js";
import { groupEnd, isMark, isShouted, isWord, type Reading, valueAt } from "./heads.js";
import type { Scope } from "./scope-model.js";

/** One `namespace a::b {` with the tokens of its words; an unnamed one has none. */
export interface OpenedNamespace {
  /** The token of its `{`. */
  readonly brace: number;
  /** Ids of the words that name it: `a`, `b`. */
  readonly words: readonly number[];
  /** Byte offsets of these words; -1 for one that stands in a macro's body. */
  readonly offsets: readonly number[];
  /** Ids of the words of the namespaces around it, from outside in; -1 for an unnamed one. */
  readonly around: readonly number[];
  /** Byte range between its braces. */
  readonly start: number;
  end: number;
}

/** Reads the head before the token `brace`; `before` are the namespaces that the file opened so far. */
export function openedNamespace(
  reading: Reading,
  head: readonly number[],
  before: readonly OpenedNamespace[],
  scope: Scope,
  brace: number,
): OpenedNamespace {
  const { starts, ends } = reading.stream;
  const words = namespaceWords(reading, head);
  return {
    brace,
    words: words.map((token) => valueAt(reading, token)),
    offsets: words.map((token) => starts[token] as number),
    around: aroundOf(before, scope),
    start: ends[brace] as number,
    end: Number.MAX_SAFE_INTEGER,
  };
}

function aroundOf(before: readonly OpenedNamespace[], scope: Scope): number[] {
  return scope.namespaces.flatMap((outer) => {
    if (outer < 0) return [];
    const found = before.findLast((namespace) => namespace.brace === outer);
    return found === undefined || found.words.length === 0 ? [-1] : found.words;
  });
}

/** What the macro `token` opens; `words` are ids, or -1 - n for the macro's argument n. Only arguments have a place in this file. */
export function openedByMacro(
  reading: Reading,
  words: readonly number[],
  token: number,
  before: readonly OpenedNamespace[],
  scope: Scope,
): OpenedNamespace {
  const { starts, ends } = reading.stream;
  const places = words.map((word) => (word < 0 ? argumentAt(reading, token + 1, -1 - word) : undefined));
  return {
    brace: token,
    words: words.map((word, at) => (word < 0 ? valueAt(reading, places[at]) : word)),
    offsets: places.map((place) => (place === undefined ? -1 : (starts[place] as number))),
    around: aroundOf(before, scope),
    start: ends[token] as number,
    end: Number.MAX_SAFE_INTEGER,
  };
}

/** The first token of argument `index` of the list that the token `open` begins. */
function argumentAt(reading: Reading, open: number, index: number): number | undefined {
  let [at, left] = [open + 1, index];
  for (; at < reading.stream.count && left > 0 && !isMark(reading, at, BYTE.close); at++) if (isMark(reading, at, BYTE.comma)) left--;
  return isWord(reading, at) ? at : undefined;
}

/** The tokens of `a` and `b` in `namespace [attributes] [MACRO] a::b [attributes]`; none for an unnamed namespace. */
export function namespaceWords(reading: Reading, head: readonly number[]): readonly number[] {
  const { id } = reading.words;
  const chains: number[][] = [];
  let joined = false;
  for (let i = head.findIndex((token) => isWord(reading, token) && valueAt(reading, token) === id.namespace) + 1; i < head.length; i++) {
    const token = head[i];
    if (isMark(reading, token, BYTE.open) || isMark(reading, token, BYTE.openSquare)) {
      if (isMark(reading, token, BYTE.open)) chains.pop();
      i = groupEnd(reading, head, i) - 1;
    } else if (isMark(reading, token, PUNCTUATION.scope)) joined = true;
    else if (isWord(reading, token) && valueAt(reading, token) !== id.inline) {
      if (joined) chains.at(-1)?.push(token as number);
      else chains.push([token as number]);
      joined = false;
    }
  }
  return chains.find((chain) => chain.length > 1 || !isShouted(reading, chain[0])) ?? chains.at(-1) ?? [];
}
