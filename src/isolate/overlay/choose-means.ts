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
  /** Whether something declares it, too. */
  readonly isDeclared: boolean;
}

/**
 * A macro does what rewriting does, wherever the word stands. Where the word is also something else, `#pragma
 * redefine_extname` changes the symbol alone; it works for C linkage only, and in GCC only when a declaration comes before
 * the definition. A member of C++ is told from the name by rewriting alone.
 */
export function chooseMeans(names: readonly RenamedName[], uses: WordUses, system: SystemWords | undefined): OverlayName[] {
  const first = (use: UsePlace["use"]): Map<string, UsePlace> => firstPlaces(uses.places.filter((place) => place.use === use));
  const others = { redefined: new Map([...first("undefined"), ...first("redefined")]), members: first("member") };
  return names.map((name) => {
    const { from, to, kind } = name;
    const why = kind === "namespace" ? undefined : otherMeaning(from, others, system);
    if (why === undefined) return { from, to, kind, means: "macro", why: null };
    if (name.isSymbolOfC && name.isDeclared) return { from, to, kind, means: "pragma", why };
    const means = isToldApart(name, uses, others.members) && !(name.isSymbolOfC && !isSystems(from, system)) ? "none" : "macro";
    return { from, to, kind, means, why: means === "none" ? TOLD_APART : null };
  });
}

const TOLD_APART = "rewriting tells it from members of that name, a macro cannot";

/** Whether rewriting leaves the members of that name alone. */
function isToldApart({ from, edits }: RenamedName, uses: WordUses, members: ReadonlyMap<string, UsePlace>): boolean {
  return members.has(from) && edits <= (uses.tokens.get(from) ?? 0) - memberCount(uses, from);
}

function isSystems(word: string, system: SystemWords | undefined): boolean {
  return system?.used.has(word) === true;
}

function memberCount({ places }: WordUses, word: string): number {
  return places.filter((place) => place.use === "member" && place.word === word).length;
}

function firstPlaces(uses: readonly UsePlace[]): Map<string, UsePlace> {
  const found = new Map<string, UsePlace>();
  for (const use of uses) if (!found.has(use.word)) found.set(use.word, use);
  return found;
}

function otherMeaning(
  word: string,
  { redefined, members }: { readonly redefined: ReadonlyMap<string, UsePlace>; readonly members: ReadonlyMap<string, UsePlace> },
  system: SystemWords | undefined,
): string | undefined {
  const macro = redefined.get(word);
  if (macro !== undefined) return `the tree defines or undefines a macro of that name: ${macro.file}:${macro.line}`;
  const used = system?.used.get(word);
  if (used !== undefined) return `the system uses the word: ${used.file}:${used.line}`;
  const member = members.get(word);
  return member === undefined ? undefined : `also the name of a member: ${member.file}:${member.line}`;
}
