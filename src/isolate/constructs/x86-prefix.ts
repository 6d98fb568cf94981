/**
 * Owns assembler in the style of x86inc.asm: `cglobal name` makes the symbol `<prefix>_name<suffix>`, which no token spells.
 * All such symbols get the flavor where the macros join them.
 */
import type { ExtraInsertion } from "../decide/edits.js";

/** What the NASM files of a tree tell about symbols with a prefix. */
export interface PrefixedSymbols {
  /** Words that `private_prefix` and `public_prefix` stand for. */
  readonly prefixes: readonly string[];
  /** Names behind `cglobal` and its kin; one that goes on with `%+` ends with `*`. */
  readonly stems: readonly string[];
  /** Whether a macro joins a prefix and a name. */
  readonly joins: boolean;
}

const JOIN = /\bmangle\(\s*(?:private_prefix|public_prefix|%%FUNCTION_PREFIX)\s*%\+\s*_\s*%\+\s*%\d+(?=\s*\))/g;

/** Reads one NASM file; undefined when it has none of this. */
export function prefixedSymbols(bytes: Buffer): PrefixedSymbols | undefined {
  if (!bytes.includes("private_prefix") && !bytes.includes("cglobal")) return undefined;
  const text = bytes.toString("latin1").replaceAll(/;.*$/gm, "");
  const prefixes = [...text.matchAll(/^[ \t]*%x?define[ \t]+(?:private|public)_prefix[ \t]+([A-Za-z_]\w*)/gm)].map(
    ([, word]) => word as string,
  );
  const stems = [...text.matchAll(/^[ \t]*(?:cglobal|cvisible|cglobal_internal|const)[ \t]+([A-Za-z_]\w*)([ \t]*%\+)?/gm)].map(
    ([, word, more]) => (more === undefined ? (word as string) : `${word}*`),
  );
  const joins = text.search(JOIN) >= 0;
  return { prefixes: prefixes.filter((word) => !/^(private|public)_prefix$/.test(word)), stems: [...new Set(stems)], joins };
}

/** All that several files tell; undefined when no macro joins names. */
export function joinedSymbols(found: readonly PrefixedSymbols[]): PrefixedSymbols | undefined {
  const all = {
    prefixes: [...new Set(found.flatMap(({ prefixes }) => prefixes))].toSorted(),
    stems: [...new Set(found.flatMap(({ stems }) => stems))].toSorted(),
    joins: found.some(({ joins }) => joins),
  };
  return all.joins && all.prefixes.length > 0 && all.stems.length > 0 ? all : undefined;
}

/** A test for names that such symbols have: `<prefix>_<stem>`, also with more behind it (`_sse2`). */
export function isPrefixedSymbol({ prefixes, stems }: PrefixedSymbols): (name: string) => boolean {
  const whole = new Set(stems);
  const open = stems.filter((stem) => stem.endsWith("*")).map((stem) => stem.slice(0, -1));
  const isStem = (rest: string): boolean => {
    for (let end = rest.length; end > 0; end = rest.lastIndexOf("_", end - 1)) if (whole.has(rest.slice(0, end))) return true;
    return open.some((stem) => rest.startsWith(stem));
  };
  return (name) => prefixes.some((word) => name.startsWith(`${word}_`) && isStem(name.slice(word.length + 1)));
}

/** The suffix as one more word that the macro joins: `mangle(private_prefix %+ _ %+ %1 %+ _<flavor>)`. */
export function joinInsertions(bytes: Buffer, suffix: string): ExtraInsertion[] {
  return [...bytes.toString("latin1").matchAll(JOIN)].map((match) => ({
    offset: match.index + match[0].length,
    text: ` %+ ${suffix}`,
    names: [],
  }));
}
