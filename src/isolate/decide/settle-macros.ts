/** Owns what is decided with the knowledge of all macros of a tree: words that are handed to macros, names that macros build. */
import { isJoin } from "./built-names.js";
import { decidePending } from "./macro-arguments.js";
import { flavoredEnds } from "./flavored-ends.js";
import { type AskMacros, collectMacros, type MacroKnowledge } from "./macro-knowledge.js";
import type { Insertion, MacroDefinition, OpenPlace, Paste, Pending, WantedUses } from "./macro-model.js";
import {
  type BuildingChain,
  buildingChain,
  decideGroup,
  groupOf,
  isFinal,
  isSuspicious,
  type RenamedNames,
  type Spellings,
} from "./macro-pastes.js";

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
  /** Names that macros build and tokens spell, known by their pattern until now. */
  readonly names: readonly string[];
  /** Members that go along, since macros build their names together with renamed ones. */
  readonly members: readonly string[];
}

/** How often names that go along may bring others along. */
const ROUNDS = 6;

/** Decides them; asks nothing when there is nothing to decide. */
export async function settleMacros(request: MacroRequest): Promise<MacroSettlement> {
  const along = new Set<string>();
  const members = new Set<string>();
  for (let round = 1; ; round++) {
    const names = along.size === 0 ? request.names : request.names.with(along);
    const settled = await settleOnce({ ...request, names }, round < ROUNDS);
    const more = settled.along.filter((name) => !along.has(name));
    if (more.length === 0) {
      return { ...settled, names: [...new Set([...settled.names, ...along])].toSorted(), members: [...members].toSorted() };
    }
    for (const name of more) along.add(name);
    for (const name of settled.members) if (along.has(name)) members.add(name);
  }
}

type Round = MacroSettlement & { readonly along: readonly string[] };

async function settleOnce({ pending, pasting, names, suffix, ask }: MacroRequest, mayGoAlong: boolean): Promise<Round> {
  const ends = await flavoredEnds(pasting, names, ask);
  const isSuspect = (paste: Paste): boolean => ends.has(paste) || isSuspicious(paste, names);
  const suspicious = pasting.filter(({ pastes }) => pastes.some(isSuspect));
  const single = pending.filter(({ type }) => type === "alone");
  const alone = [...single, ...single.map((place) => Object.assign({}, place, { local: false }))];
  const handed = pending.filter(({ type }) => type === "argument");
  const first = {
    definitions: unique(
      [...handed, ...suspicious.flatMap(({ pastes }) => pastes.flatMap(({ argumentOf }) => argumentOf ?? []))].map(({ macro }) => macro),
    ),
    uses: distinctUses([...alone, ...suspicious.map((definition) => ({ ...definition, macro: definition.name }))]),
  };
  if (first.definitions.length + first.uses.length === 0) return { insertions: [], open: [], names: [], along: [], members: [] };
  const knowledge = await collectMacros(first, ask);
  const insertions: Insertion[] = [];
  const open: OpenPlace[] = [];
  for (const place of pending) {
    const { file, offset, end, token } = place;
    const why = decidePending(place, knowledge);
    if (why === "rename") insertions.push({ file, offset: end, names: [token] });
    else if (why !== "leave") open.push({ file, offset, token, why });
  }
  const pasted = await settlePastes(suspicious, { names, suffix, ask, mayGoAlong, isSuspect }, knowledge);
  insertions.push(...pasted.insertions);
  open.push(...pasted.open);
  return { insertions: distinct(insertions), open: distinct(open), names: pasted.names, along: pasted.along, members: pasted.members };
}

function isFlavored({ flavored, flavoredInside }: BuildingChain["built"][number]): boolean {
  return flavored || flavoredInside;
}

type PasteRequest = Pick<MacroRequest, "names" | "suffix" | "ask"> & {
  readonly mayGoAlong: boolean;
  readonly isSuspect: (paste: Paste) => boolean;
};

async function settlePastes(
  suspicious: readonly MacroDefinition[],
  { names, suffix, ask, mayGoAlong, isSuspect }: PasteRequest,
  knowledge: MacroKnowledge,
): Promise<Round> {
  const chains = suspicious.flatMap((definition) =>
    definition.pastes
      .filter((paste) => isSuspect(paste) && isFinal(paste, knowledge))
      .map((paste) => buildingChain(definition, paste, { ...knowledge, isToken: names.isToken })),
  );
  const asked = chains.flatMap(({ built }) => built).filter((one) => isFlavored(one) || !names.isKnown(one.name));
  const whole = unique(asked.map(({ name }) => name)).filter((name) => !name.includes("*"));
  const spellings = await spellingsOf(whole, suffix, names, ask);
  const own = mayGoAlong ? spellings.own : new Set<string>();
  const groups = grouped(chains);
  const decisions = groups.map((group) => decideGroup(group, names, { ...spellings, own }, suffix));
  return {
    insertions: decisions.flatMap(({ insertions }) => insertions),
    open: decisions.flatMap(({ open }) => open),
    names: whole.filter((name) => spellings.spelled.has(name) && names.has(name)),
    along: decisions.flatMap(({ along }) => along ?? []),
    members: [...spellings.members],
  };
}

/** What the tree's tokens say about the names; those that a rule keeps, or whose new name is taken, do not go along. */
async function spellingsOf(whole: readonly string[], suffix: string, names: RenamedNames, ask: AskMacros): Promise<Spellings> {
  if (whole.length === 0) return { spelled: new Set(), own: new Set(), members: new Set() };
  const answers = await ask({ definitions: [], uses: [], tokens: [...whole, ...whole.map((name) => name + suffix)] });
  const spelled = new Set(answers.flatMap(({ tokens }) => tokens));
  const members = new Set(answers.flatMap((answer) => answer.members));
  const mayGo = (name: string): boolean => !spelled.has(name + suffix) && !names.isKept(name);
  return { spelled, members, own: new Set([...answers.flatMap(({ own }) => own), ...members].filter(mayGo)) };
}

/** Chains that build one name belong together, as do those of which not every name is known and that {@link groupOf} puts together. */
function grouped(chains: readonly BuildingChain[]): BuildingChain[][] {
  const groups = new Map<string, BuildingChain[]>();
  const merged = new Map<BuildingChain[], BuildingChain[]>();
  const root = (group: BuildingChain[]): BuildingChain[] => {
    let found = group;
    for (let next = merged.get(found); next !== undefined; next = merged.get(found)) found = next;
    return found;
  };
  for (const chain of chains) {
    let group = [chain];
    if (isJoin(chain.paste)) {
      groups.set(`${chain.definition.file}/${chain.paste.offset}`, group);
      continue;
    }
    for (const key of new Set(chain.built.map(({ name }) => (name.includes("*") ? groupOf(chain) : name)))) {
      const known = groups.get(key);
      const other = known === undefined ? group : root(known);
      if (other !== group) {
        const [larger, smaller] = other.length > group.length ? [other, group] : [group, other];
        larger.push(...smaller);
        merged.set(smaller, larger);
        group = larger;
      }
      groups.set(key, group);
    }
  }
  return [...new Set([...groups.values()].map(root))];
}

function distinctUses(places: readonly (WantedUses & { readonly local: boolean })[]): WantedUses[] {
  const wanted = places.map(({ macro, file, local, includes }): WantedUses =>
    local ? { macro, file, includes: includes ?? [] } : { macro, file: -1 },
  );
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
