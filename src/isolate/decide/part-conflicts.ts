/** Owns parameters that are only parts of longer names in one macro, while another macro builds the same names from words that get the flavor. */
import type { MacroDefinition, MacroStrings } from "./macro-model.js";
import { type StringMacro, stringMacros } from "./macro-strings.js";
import { textAround } from "./flavored-parts.js";

/**
 * As {@link stringMacros}, but a word stays in `TEST(word)`, which makes `f_##word`, only where no other macro makes `f_##word` of a word
 * that it also needs whole: that one has the flavor, and so has the name.
 */
export function stringsBeside(definitions: readonly MacroStrings[], pasting: readonly MacroDefinition[], expands: boolean): StringMacro[] {
  let known = definitions;
  for (;;) {
    const found = stringMacros(known, expands);
    const conflicts = conflictsIn(pasting, found);
    if (conflicts.size === 0) return found;
    known = known.map((definition) => withoutParts(definition, conflicts.get(definition.name)));
  }
}

/** By macro: the parameters that only make names which other macros make of flavored words. */
function conflictsIn(pasting: readonly MacroDefinition[], found: readonly StringMacro[]): Map<string, Set<number>> {
  const only = new Map(found.map(([name, indices]) => [name, new Set(indices)]));
  const staying = new Map<string, [string, number][]>();
  const flavored = new Set<string>();
  for (const { name, pastes } of pasting) {
    for (const paste of pastes) {
      const text = textAround(paste);
      const index = paste.parts.find((part) => part.type === "parameter")?.index;
      if (text === undefined || index === undefined) continue;
      if (only.get(name)?.has(index) === true) staying.set(text, [...(staying.get(text) ?? []), [name, index]]);
      else flavored.add(text);
    }
  }
  const conflicts = new Map<string, Set<number>>();
  for (const [text, list] of staying) {
    if (!flavored.has(text)) continue;
    for (const [name, index] of list) conflicts.set(name, (conflicts.get(name) ?? new Set()).add(index));
  }
  return conflicts;
}

function withoutParts({ name, uses }: MacroStrings, conflicts: ReadonlySet<number> | undefined): MacroStrings {
  if (conflicts === undefined) return { name, uses };
  return { name, uses: uses.map((use, index) => (conflicts.has(index) ? { ...use, part: false, other: true } : use)) };
}
