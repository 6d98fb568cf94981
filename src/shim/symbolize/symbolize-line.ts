/** Owns one line of text: names of a flavor become upstream's, all else stays as it is. */
import type { SymbolizedName } from "../../model/symbolized.js";
import { toBytes } from "./byte-text.js";
import { type FlavorWords, upstreamWord } from "./flavor-words.js";
import { type UpstreamName, upstreamMangled } from "./mangled-names.js";
import { flavorWordAt } from "./plain-names.js";

export interface LineNames {
  readonly text: string;
  /** In the order in which they appear. */
  readonly flavors: readonly string[];
  readonly names: readonly SymbolizedName[];
}

/** Gives the line itself, with no names, where there is none. A line is text of which each character stands for one byte. */
export type SymbolizeLine = (line: string) => LineNames;

/** A word, and what may stand behind a mangled one: pieces of functions, versions of symbols. */
const TOKENS = /[\w$\x80-\uffff]+/g;
const MANGLED = /^_{1,4}Z|^_GLOBAL__/;
const BEHIND_MANGLED = /(?:\.\w+|@@?[\w.]+)*/y;
/** Names are met again and again in a log; more different ones than this are not remembered. */
const MOST_REMEMBERED = 100_000;

export function lineSymbolizer(flavors: readonly FlavorWords[]): SymbolizeLine {
  const mangled = remembered((name) => upstreamMangled(name, flavors));
  const inBytes = flavors.map((flavor) => ({ ...flavor, words: new Set([...flavor.words].map(toBytes)) }));
  return (line) => {
    if (!flavors.some(({ flavor }) => line.includes(`_${flavor}`))) return { text: line, flavors: [], names: [] };
    const names = [...namesIn(line, inBytes, mangled)];
    return { text: replaced(line, names), flavors: [...new Set(names.flatMap((name) => name.flavors))], names };
  };
}

function* namesIn(
  line: string,
  flavors: readonly FlavorWords[],
  mangled: (name: string) => UpstreamName | undefined,
): Generator<SymbolizedName> {
  for (const match of line.matchAll(TOKENS)) {
    const [word] = match;
    if (MANGLED.test(word)) {
      const name = mangledAt(line, match.index, word, mangled);
      if (name !== undefined) yield name;
      continue;
    }
    const found = flavorWordAt(line, match.index, word, flavors);
    if (found === undefined) continue;
    const name = upstreamWord(word, found.flavor);
    yield { column: match.index + 1, found: word, name, demangled: null, flavors: [found.flavor.flavor] };
  }
}

function mangledAt(
  line: string,
  start: number,
  word: string,
  mangled: (name: string) => UpstreamName | undefined,
): SymbolizedName | undefined {
  BEHIND_MANGLED.lastIndex = start + word.length;
  const behind = BEHIND_MANGLED.exec(line)?.[0] ?? "";
  for (const found of behind === "" ? [word] : [word + behind, word]) {
    const upstream = mangled(found);
    if (upstream !== undefined) return { column: start + 1, found, ...upstream, flavors: [...upstream.flavors] };
  }
  return undefined;
}

function replaced(line: string, names: readonly SymbolizedName[]): string {
  let text = "";
  let from = 0;
  for (const { column, found, name } of names) {
    text += line.slice(from, column - 1) + name;
    from = column - 1 + found.length;
  }
  return text + line.slice(from);
}

function remembered<T>(compute: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined || known.has(name)) return before as T;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const value = compute(name);
    known.set(name, value);
    return value;
  };
}
