/** Owns what is decided with the knowledge of all macros of a tree: words that are handed to macros, names that macros build. */
import { decidePending } from "./macro-arguments.js";
import { type AskMacros, collectMacros, type MacroKnowledge } from "./macro-knowledge.js";
import type { Insertion, MacroDefinition, OpenPlace, Pending, WantedUses } from "./macro-model.js";
import { type BuildingChain, buildingChain, decideGroup, groupOf, isSuspicious, type RenamedNames } from "./macro-pastes.js";

export interface MacroRequest {
  readonly pending: readonly Pending[];
  /** Definitions that paste. */
  readonly pasting: readonly MacroDefinition[];
  readonly names: RenamedNames;
  /** `_<flavor>` */
  readonly suffix: string;
  readonly ask: AskMacros;
}

export interface MacroSettlement {
  readonly insertions: readonly Insertion[];
  readonly open: readonly OpenPlace[];
}

/** Decides them; asks nothing when there is nothing to decide. */
export async function settleMacros({ pending, pasting, names, suffix, ask }: MacroRequest): Promise<MacroSettlement> {
  const suspicious = pasting.filter(({ pastes }) => pastes.some((paste) => isSuspicious(paste, names)));
  const alone = pending.filter(({ type }) => type === "alone");
  const handed = pending.filter(({ type }) => type === "argument");
  const first = {
    definitions: unique(handed.map(({ macro }) => macro)),
    uses: distinctUses([...alone, ...suspicious.map((definition) => ({ ...definition, macro: definition.name }))]),
  };
  if (first.definitions.length + first.uses.length === 0) return { insertions: [], open: [] };
  const knowledge = await collectMacros(first, ask);
  const insertions: Insertion[] = [];
  const open: OpenPlace[] = [];
  for (const place of pending) {
    const { file, offset, end, token } = place;
    const why = decidePending(place, knowledge);
    if (why === "rename") insertions.push({ file, offset: end, names: [token] });
    else if (why !== "leave") open.push({ file, offset, token, why });
  }
  const pasted = await settlePastes(suspicious, names, suffix, knowledge, ask);
  insertions.push(...pasted.insertions);
  open.push(...pasted.open);
  return { insertions: distinct(insertions), open: distinct(open) };
}

async function settlePastes(
  suspicious: readonly MacroDefinition[],
  names: RenamedNames,
  suffix: string,
  knowledge: MacroKnowledge,
  ask: AskMacros,
): Promise<MacroSettlement> {
  const chains = suspicious.flatMap((definition) =>
    definition.pastes.filter((paste) => isSuspicious(paste, names)).map((paste) => buildingChain(definition, paste, knowledge)),
  );
  const whole = unique(chains.flatMap(({ built }) => built.map(({ name }) => name))).filter(
    (name) => !name.includes("*") && !names.has(name),
  );
  const answers = whole.length === 0 ? [] : await ask({ definitions: [], uses: [], tokens: whole });
  const spelled = new Set(answers.flatMap(({ tokens }) => tokens));
  const groups = grouped(chains);
  const decisions = [...groups.values()].map((group) => decideGroup(group, names, spelled, suffix));
  return { insertions: decisions.flatMap(({ insertions }) => insertions), open: decisions.flatMap(({ open }) => open) };
}

function grouped(chains: readonly BuildingChain[]): Map<string, BuildingChain[]> {
  const groups = new Map<string, BuildingChain[]>();
  for (const chain of chains) groups.set(groupOf(chain), [...(groups.get(groupOf(chain)) ?? []), chain]);
  return groups;
}

function distinctUses(places: readonly { readonly macro: string; readonly file: number; readonly local: boolean }[]): WantedUses[] {
  const wanted = places.map(({ macro, file, local }): WantedUses => ({ macro, file: local ? file : -1 }));
  return [...new Map(wanted.map((place) => [`${place.file}/${place.macro}`, place])).values()];
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted();
}

/** Each place once, also when two chains want the same there; in the order of the files. */
function distinct<T extends { readonly file: number; readonly offset: number }>(places: readonly T[]): T[] {
  const found = new Map<string, T>();
  for (const place of places.toReversed()) found.set(`${place.file}/${place.offset}`, place);
  return [...found.values()].toSorted((a, b) => a.file - b.file || a.offset - b.offset);
}
