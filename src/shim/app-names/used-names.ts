/** Owns which names of a library's API an application's tree uses: seen by its tokens, nothing compiled. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { type ApiPair, pairApi } from "../../api/diff/pair.js";
import { withoutSuffix } from "../../api/common-name.js";
import type { ApiSnapshot } from "../../model/api-snapshot.js";
import type { ShimSurface } from "../../model/shim-surface.js";
import { UnforkError } from "../../support/errors.js";
import { listFiles } from "../../support/fs.js";
import { byText } from "../../support/order.js";
import { createInterner } from "../../tokens/interner.js";
import { type FileWords, readWords } from "./read-words.js";

export interface UsedName {
  /** The name that both releases have in common. */
  readonly name: string;
  /** `file:line` of the first use. */
  readonly place: string;
}

export interface AppUse {
  /** By name. */
  readonly used: readonly UsedName[];
  /** Every word of the files that use any, by the `file:line` of its first use there. */
  readonly words: ReadonlyMap<string, string>;
}

export interface AppInputs {
  readonly trees: readonly string[];
  readonly flavors: readonly [string, string];
  readonly snapshots: readonly [ApiSnapshot, ApiSnapshot];
  readonly surface: ShimSurface;
}

/**
 * A name counts where it is written in full, where its namespace is opened or used in the file, and, without a namespace, in
 * files that include a header of the library. More may be found than is used: a local name that is called the same.
 * Throws `input-invalid` when no file of the trees uses any.
 */
export async function usedNames({ trees, flavors, snapshots, surface }: AppInputs): Promise<AppUse> {
  const pairs = pairApi(...snapshots, surface.map, { legacy: flavors[0], latest: flavors[1] });
  const known = spelledNames(pairs, flavors);
  const headers = new Set(snapshots.flatMap(({ files, headers: asked }) => [...files, ...asked]));
  const interner = createInterner();
  const found = new Map<string, string>();
  const seen = new Map<string, string>();
  for (const tree of trees)
    for (const path of await listFiles(tree)) {
      if (!/\.(c|cc|cpp|cxx|c\+\+|h|hh|hpp|hxx|inc|inl|ipp|m|mm)$/i.test(path)) continue;
      const words = readWords(await readFile(join(tree, path)), interner);
      const place = (line: number): string => `${join(tree, path)}:${line}`;
      const uses = [...usesIn(words, known, headers)];
      for (const [name, line] of uses) if (!found.has(name)) found.set(name, place(line));
      if (uses.length > 0)
        for (const [chain, line] of words.chains) for (const word of chain.split("::")) if (!seen.has(word)) seen.set(word, place(line));
    }
  if (found.size === 0)
    throw new UnforkError("input-invalid", `no file below ${trees.join(", ")} uses a name that the snapshots have`, {
      hint: "give the application's own folder, and snapshots of the headers that it includes",
    });
  return { used: [...found].map(([name, place]) => ({ name, place })).toSorted((a, b) => byText(a.name, b.name)), words: seen };
}

/** By each spelling of either release: the common name. Nested ones come with the class around them. */
function spelledNames(pairs: readonly ApiPair[], flavors: readonly [string, string]): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const pair of pairs)
    for (const [side, item] of [pair.legacy, pair.latest].entries()) {
      if (item === null || item.name === "") continue;
      const spelled = item.kind === "macro" ? item.name : withoutSuffix(item.qualifiedName, flavors[side as 0 | 1]);
      known.set(spelled, pair.name);
      if (item.kind === "enum" && !item.scopedEnum) {
        const scope = spelled.includes("::") ? spelled.slice(0, spelled.lastIndexOf("::") + 2) : "";
        for (const each of item.enumerators) known.set(`${scope}${each.name}`, pair.name);
      }
    }
  return known;
}

function* usesIn(
  { chains, includes, namespaces }: FileWords,
  known: ReadonlyMap<string, string>,
  headers: ReadonlySet<string>,
): Generator<readonly [string, number]> {
  const includesLibrary = includes.some((path) => headers.has(path) || [...headers].some((header) => path.endsWith(`/${header}`)));
  for (const [chain, line] of chains) {
    const name =
      longestKnown(chain, known, includesLibrary) ?? firstOf([...namespaces], (scope) => longestKnown(`${scope}::${chain}`, known, false));
    if (name !== undefined) yield [name, line];
  }
}

/** `webrtc::Foo::kBar` is of `webrtc::Foo`. A name of one word counts only where the library is included. */
function longestKnown(chain: string, known: ReadonlyMap<string, string>, mayBeGlobal: boolean): string | undefined {
  for (let end = chain.length; end > 0; end = chain.lastIndexOf("::", end - 1)) {
    const part = chain.slice(0, end);
    if (!part.includes("::") && !mayBeGlobal) return undefined;
    const name = known.get(part);
    if (name !== undefined) return name;
  }
  return undefined;
}

function firstOf<T, R>(list: readonly T[], ask: (one: T) => R | undefined): R | undefined {
  for (const one of list) {
    const answer = ask(one);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
