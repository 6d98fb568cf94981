/** Owns the search for what uses an object. */
import type { BareNames } from "./bare-names.js";
import type { ProofObject } from "./proof-object.js";
import { SHF } from "./section-kinds.js";
import type { Place } from "./source-lines.js";

/** Places in code that point to a section, or to the symbol that the original calls so. */
export function referencesTo(object: ProofObject, target: number, bare: BareNames, symbol: string | null): Place[] {
  const wanted = symbol === null ? null : bare.symbol(symbol);
  const matching = new Set(
    object.symbols
      .filter((one) => one.section > 0 && (one.section === target || (wanted !== null && one.bare === wanted)))
      .map(({ index }) => index),
  );
  return object.sections.flatMap((section) =>
    (section.flags & SHF.code) === 0
      ? []
      : section.relocations.filter((one) => matching.has(one.symbol)).map(({ offset }) => ({ section: section.index, offset })),
  );
}
