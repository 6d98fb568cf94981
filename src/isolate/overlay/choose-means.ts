/** Owns how an overlay changes each name: by a macro, by redefining the symbol, or not at all. */
import type { OverlayName } from "../../model/isolation-overlay.js";
import type { SystemWords } from "./system-words.js";
import type { UsePlace } from "./word-uses.js";

/** A name that isolation renames in the tree. */
export interface RenamedName {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  /** Whether it is a function or variable with C linkage that a source file defines. */
  readonly isSymbolOfC: boolean;
}

/**
 * A macro does what rewriting does, wherever the word stands. Where the word is also something else, `#pragma
 * redefine_extname` changes the symbol alone; it works for C linkage only, and GCC passes it over for inline functions.
 */
export function chooseMeans(names: readonly RenamedName[], uses: readonly UsePlace[], system: SystemWords | undefined): OverlayName[] {
  const first = (use: UsePlace["use"]): Map<string, UsePlace> => firstPlaces(uses.filter((place) => place.use === use));
  const redefined = first("redefined");
  const members = first("member");
  return names.map(({ from, to, kind, isSymbolOfC }) => {
    const macro = redefined.get(from);
    const ownMacro = macro === undefined ? undefined : `the tree defines a macro of that name: ${macro.file}:${macro.line}`;
    const why = ownMacro ?? otherMeaning(from, members, system);
    return why !== undefined && isSymbolOfC ? { from, to, kind, means: "pragma", why } : { from, to, kind, means: "macro", why: null };
  });
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
