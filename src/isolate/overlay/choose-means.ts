/** Owns how an overlay changes each name: by a macro, by redefining the symbol, or not at all. */
import type { OverlayName } from "../../model/isolation-overlay.js";
import type { SystemWords } from "./system-words.js";
import type { UsePlace, WordUses } from "./word-uses.js";

/** A name that isolation renames in the tree. */
export interface RenamedName {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  /** Tokens that rewriting changes. */
  readonly edits: number;
  /** Whether it is a function or variable with C linkage that a source file defines. */
  readonly isSymbolOfC: boolean;
}

/**
 * A macro does what rewriting does, wherever the word stands. Where the word is also something else, `#pragma
 * redefine_extname` changes the symbol alone; it works for C linkage only, and GCC passes it over for inline functions.
 */
export function chooseMeans(names: readonly RenamedName[], uses: WordUses, system: SystemWords | undefined): OverlayName[] {
  const first = (use: UsePlace["use"]): Map<string, UsePlace> => firstPlaces(uses.places.filter((place) => place.use === use));
  const redefined = first("redefined");
  const members = first("member");
  return names.map(({ from, to, kind, edits, isSymbolOfC }) => {
    const macro = redefined.get(from);
    const ownMacro = macro === undefined ? undefined : `the tree defines a macro of that name: ${macro.file}:${macro.line}`;
    const why = ownMacro ?? otherMeaning(from, members, system);
    if (why !== undefined && isSymbolOfC) return { from, to, kind, means: "pragma", why };
    const elsewhere = members.get(from);
    if (elsewhere === undefined || kind === "namespace" || edits > (uses.tokens.get(from) ?? 0) - memberCount(uses, from))
      return { from, to, kind, means: "macro", why: null };
    return { from, to, kind, means: "none", why: "rewriting tells it from members of that name, a macro cannot" };
  });
}

function memberCount({ places }: WordUses, word: string): number {
  return places.filter((place) => place.use === "member" && place.word === word).length;
}

function firstPlaces(uses: readonly UsePlace[]): Map<string, UsePlace> {
  const found = new Map<string, UsePlace>();
  for (const use of uses) if (!found.has(use.word)) found.set(use.word, use);
  return found;
}

function otherMeaning(word: string, members: ReadonlyMap<string, UsePlace>, system: SystemWords | undefined): string | undefined {
  const used = system?.used.get(word);
  if (used !== undefined) return `the system uses the word: ${used.file}:${used.line}`;
  const member = members.get(word);
  return member === undefined ? undefined : `also the name of a member: ${member.file}:${member.line}`;
}
