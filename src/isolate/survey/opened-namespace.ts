/** Owns the reading of one `namespace … {`: its words, what lies around it, how far it reaches. */
import { BYTE, PUNCTUATION } from "../../tokens/kinds.js";
import { groupEnd, isMark, isShouted, isWord, type Reading, valueAt } from "./heads.js";
import type { Scope } from "./scopes.js";

/** One `namespace a::b {` with the tokens of its words; an unnamed one has none. */
export interface OpenedNamespace {
  /** The token of its `{`. */
  readonly brace: number;
  /** Ids of the words that name it: `a`, `b`. */
  readonly words: readonly number[];
  /** Byte offsets of these words. */
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
  const around = scope.namespaces.flatMap((outer) => {
    const found = before.findLast((namespace) => namespace.brace === outer);
    return found === undefined || found.words.length === 0 ? [-1] : found.words;
  });
  return {
    brace,
    words: words.map((token) => valueAt(reading, token)),
    offsets: words.map((token) => starts[token] as number),
    around,
    start: ends[brace] as number,
    end: Number.MAX_SAFE_INTEGER,
  };
}

/** The tokens of `a` and `b` in `namespace [attributes] [MACRO] a::b [attributes]`; none for an unnamed namespace. */
function namespaceWords(reading: Reading, head: readonly number[]): readonly number[] {
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
