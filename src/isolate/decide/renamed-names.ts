/** Owns the question whether a name gets the flavor, for names that no token of the tree spells: macros build them. */
import type { NameRule } from "../../model/isolation.js";
import { anyNameGlob } from "../../support/glob.js";
import { isPrefixedSymbol, type PrefixedSymbols } from "../constructs/x86-prefix.js";
import type { RenamedNames } from "./macro-pastes.js";
import { patternSearch } from "./pattern-search.js";
import { isFixedName } from "./system-names.js";

/** What is known when the names are decided. */
export interface NamesInPlay {
  /** Names at global scope that get the flavor. */
  readonly renamed: readonly string[];
  /** Of those that are renamed in some files only: the files where a word of that spelling alone is the name. */
  readonly limited?: ReadonlyMap<string, ReadonlySet<number>>;
  /** By macro: arguments that are tags. */
  readonly tagged?: ReadonlyMap<string, readonly number[]>;
  readonly namespaces: readonly string[];
  /** Rules of the plan for the whole tree. */
  readonly rename: readonly NameRule[];
  readonly keep: readonly NameRule[];
  /** `_<flavor>` */
  readonly suffix: string;
  /** Symbols that NASM macros join. */
  readonly prefixed?: PrefixedSymbols | undefined;
}

/** Tests for names; a rule of the plan also covers names that stand nowhere as a token. */
export function renamedNames(inPlay: NamesInPlay): RenamedNames {
  const { renamed, limited, tagged, namespaces, rename, keep, suffix, prefixed } = inPlay;
  const tokens = new Set(renamed);
  const known = new Set([...namespaces, ...renamed]);
  const search = patternSearch(known);
  const globs = patternsOf(rename);
  const isNamed = anyNameGlob(globs);
  const isKept = anyNameGlob(patternsOf(keep));
  const isJoined = prefixed === undefined ? () => false : isPrefixedSymbol(prefixed);
  const has = (name: string): boolean => known.has(name) || ((isNamed(name) || isJoined(name)) && !isKept(name) && !name.endsWith(suffix));
  function matching(pattern: string): string | undefined {
    const [head = ""] = pattern.split("*", 1);
    if (head.length === pattern.length) return has(pattern) ? pattern : undefined;
    if (
      prefixed?.prefixes.some((word) => head !== "" && (head.startsWith(`${word}_`) || `${word}_`.startsWith(head))) === true &&
      !pattern.endsWith(suffix)
    )
      return pattern;
    if (globs.some((glob) => mayShare(glob, head)) && !pattern.endsWith(suffix)) return pattern;
    return search(pattern);
  }
  const cache = new Map<string, string | undefined>();
  function remembered(pattern: string): string | undefined {
    if (!cache.has(pattern)) cache.set(pattern, matching(pattern));
    return cache.get(pattern);
  }
  return {
    has,
    isKnown: (name) => known.has(name),
    isLimited: (name) => limited?.has(name) === true,
    isToken: (name, { file, macro, index }) => {
      const files = tokens.has(name) ? limited?.get(name) : undefined;
      return tokens.has(name) && (files === undefined || files.has(file) || tagged?.get(macro)?.includes(index) === true);
    },
    tokens: renamed,
    matching: remembered,
    isKept: (name) => isKept(name) || isFixedName(name),
    with: (more) => renamedNames({ ...inPlay, renamed: [...renamed, ...more] }),
  };
}

function patternsOf(rules: readonly NameRule[]): string[] {
  return rules.filter(({ files }) => files.length === 0).flatMap(({ match }) => match);
}

/** Whether a name that starts with `head` may match the glob; a regular expression may always. */
function mayShare(glob: string, head: string): boolean {
  if (glob.startsWith("/")) return true;
  const fixed = /^[^*?]*/.exec(glob)?.[0] ?? "";
  return head.startsWith(fixed) || fixed.startsWith(head);
}
