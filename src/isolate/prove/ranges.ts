/** Owns the search for the relocations of a range. */
import type { ProofRelocation, ProofSection } from "./proof-object.js";

/** Those that patch `[from, to)`; a section's relocations are sorted by offset. */
export function relocationsBetween(section: ProofSection, from: number, to: number): readonly ProofRelocation[] {
  const all = section.relocations;
  if (from === 0 && to >= section.size) return all;
  return all.slice(firstFrom(all, from), firstFrom(all, to));
}

function firstFrom(all: readonly ProofRelocation[], offset: number): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((all[middle]?.offset ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
