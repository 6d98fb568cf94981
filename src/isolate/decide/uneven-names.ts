/** Owns names that some calls build with a word that has the flavor, and others with the bare word: both must come to one name. */
import type { Built } from "./built-names.js";
import type { Source } from "./given-texts.js";
import { plainText } from "./name-text.js";
import type { Insertion, MacroDefinition, OpenPlace, Paste } from "./macro-model.js";
import type { BuildingChain } from "./macro-pastes.js";

/** Chains whose calls agree about each name, by these insertions; those that cannot be brought to it are open. */
export interface EvenNames {
  readonly chains: readonly BuildingChain[];
  readonly insertions: readonly Insertion[];
  readonly open: readonly OpenPlace[];
}

/** Gives the flavor to the words that make a name which other calls make of words with the flavor. */
export function evenNames(chains: readonly BuildingChain[]): EvenNames {
  const wanted = unevenMarks(chains);
  if (wanted.size === 0) return { chains, insertions: [], open: [] };
  const insertions = new Map<string, Insertion>();
  const open: OpenPlace[] = [];
  const even = chains.map((chain) => {
    const built = chain.built.map((one) => {
      const marks = wanted.get(one.name);
      const missing = marks?.filter((mark) => !one.marks.includes(mark)) ?? [];
      if (marks === undefined || missing.length === 0) return one;
      const sources = missing.map((mark) => sourceAt(chain, one, mark));
      if (!sources.every((source) => source !== undefined)) {
        open.push({ file: one.use.file, offset: one.use.offset, token: one.use.macro, why: whyUneven(one.name, chain.definition) });
        return one;
      }
      for (const { use, argument } of sources)
        insertions.set(`${use.file}/${argument.end}`, { file: use.file, offset: argument.end, names: [one.name] });
      return { ...one, marks, flavored: marks.includes(one.name.length), flavoredInside: marks.some((mark) => mark < one.name.length) };
    });
    return Object.assign({}, chain, { built });
  });
  return { chains: even, insertions: [...insertions.values()], open };
}

/**
 * By name: the places of the flavor in it, of names that macros build with different ones. Where one macro alone disagrees with itself, its
 * word means another thing in each place.
 */
function unevenMarks(chains: readonly BuildingChain[]): Map<string, number[]> {
  const byName = new Map<string, Map<string, Set<string>>>();
  for (const { definition, built } of chains)
    for (const { name, marks } of built) {
      if (name.includes("*")) continue;
      const macros = byName.get(name) ?? new Map<string, Set<string>>();
      byName.set(name, macros.set(definition.name, (macros.get(definition.name) ?? new Set()).add(marks.join())));
    }
  const found = new Map<string, number[]>();
  for (const [name, macros] of byName) {
    const forms = [...macros.values()].map((set) => Array.from(set));
    if (!forms.every((list) => list.length === 1) || new Set(forms.flat()).size < 2) continue;
    const marks = new Set(forms.flat().flatMap((form) => (form === "" ? [] : form.split(",").map(Number))));
    found.set(
      name,
      [...marks].toSorted((a, b) => a - b),
    );
  }
  return found;
}

/** The word in a call that ends at the place in the name, when the macro does nothing else with it. */
function sourceAt({ definition, paste }: BuildingChain, { texts, sources }: Built, mark: number): Source | undefined {
  let at = 0;
  for (const part of paste.parts) {
    const text = part.type === "text" ? part.text : part.type === "parameter" ? plainText(texts[part.index] ?? "") : undefined;
    if (text === undefined) return undefined;
    at += text.length;
    if (at === mark && text !== "") {
      const source = part.type === "parameter" && isPastedAlone(definition, paste, part.index) ? sources[part.index] : undefined;
      return source?.pasted === true ? undefined : source;
    }
  }
  return undefined;
}

/** Whether the parameter stands in no other place of the macro. */
export function isPastedAlone({ uses, pastes }: MacroDefinition, paste: Paste, index: number): boolean {
  const use = uses[index];
  const chains = pastes.filter(({ parts }) => parts.some((part) => part.type === "parameter" && part.index === index));
  const isFree = use !== undefined && !use.namespace && !use.other && !use.string && !use.whole && use.passed.length === 0;
  return isFree && chains.every((chain) => isSame(chain, paste));
}

function isSame(chain: Paste, paste: Paste): boolean {
  return chain.parts.length === paste.parts.length && JSON.stringify(chain.parts) === JSON.stringify(paste.parts);
}

function whyUneven(name: string, { name: macro }: MacroDefinition): string {
  return `${macro} builds ${name} here of words without the flavor, and other calls of words with it: two names come of one`;
}
