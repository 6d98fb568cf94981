/** Owns the decision on all names that the macros of a tree build: which chains belong together, what the tokens say about the names. */
import { type Built, isJoin } from "./built-names.js";
import type { Pasting } from "./given-texts.js";
import { flavoredBodies } from "./flavored-bodies.js";
import { flavoredPlaces } from "./flavored-places.js";
import { pastedOnly } from "./pasted-only.js";
import { type SuffixArguments, suffixArguments } from "./suffix-arguments.js";
import { wholeResults, type WholeResults, wordsAround } from "./whole-results.js";
import type { AskMacros, MacroKnowledge } from "./macro-knowledge.js";
import type { ArgumentPlace, LeftPlace, MacroDefinition, MacroUse, Paste } from "./macro-model.js";
import {
  type BuildingChain,
  buildingChain,
  changesName,
  decideGroup,
  groupOf,
  isFinal,
  mayGrow,
  type RenamedNames,
  type Spellings,
} from "./macro-pastes.js";
import type { MacroRequest, MacroRound } from "./macro-request.js";

function isFlavored({ flavored, flavoredInside }: BuildingChain["built"][number]): boolean {
  return flavored || flavoredInside;
}

type PasteRequest = Pick<MacroRequest, "names" | "strings" | "own" | "suffix" | "ask"> & {
  /** Whether the word is a namespace's that gets the flavor there. */
  readonly isGiven: (place: ArgumentPlace) => boolean;
  readonly mayGoAlong: boolean;
  readonly isSuspect: (paste: Paste) => boolean;
};

/** Decides what the chains of the macros build. */
export async function settlePastes(
  suspicious: readonly MacroDefinition[],
  { names, isGiven, strings, own: made, suffix, ask, mayGoAlong, isSuspect }: PasteRequest,
  knowledge: MacroKnowledge,
): Promise<MacroRound> {
  const { chains, bodies, leaving } = await allChains(
    suspicious,
    { names, isGiven, strings, suffix, ask, isSuspect, mayGoAlong },
    knowledge,
  );
  const asked = chains.flatMap(({ built }) => built).filter((one) => isFlavored(one) || !names.isKnown(one.name));
  const whole = distinctNames(asked.map(({ name }) => name)).filter((name) => !name.includes("*"));
  const ofMembers = chains.flatMap(({ built }) => built.flatMap(({ name, member }) => (member ? [name] : [])));
  const pieces = new Set(suspicious.flatMap(({ pastes }) => pastes.flatMap(piecesOf)));
  const spellings = withoutPieces(await spellingsOf(whole, suffix, names, ask, { made, ofMembers }), pieces);
  const own = mayGoAlong ? spellings.own : new Set<string>();
  const groups = grouped(chains, (one) =>
    one.name.includes("*") ? names.matching(one.name) !== undefined : mayGrow(one, names, spellings.spelled),
  );
  const left: LeftPlace[] = [];
  const decisions = groups.map((group) => {
    const decision = decideGroup(group, names, { ...spellings, own }, suffix, knowledge);
    if (decision.open.length === 0) return decision;
    const more = suffixArguments(group, knowledge, names, spellings.spelled, suffix) ?? atPlaces(group);
    if (more === undefined) return decision;
    left.push(...more.left);
    return Object.assign({}, decision, { insertions: more.insertions, open: [], along: more.along });
  });
  /** With the words in calls as they are, by the calls of the join. */
  function atPlaces(group: readonly BuildingChain[]): (SuffixArguments & { readonly along: readonly string[] }) | undefined {
    if (!group.every(({ paste }) => isJoin(paste))) return undefined;
    const words = pastedOnly(group, knowledge, names.isToken);
    const bare = words.length === 0 ? group : leaving(group, words);
    const isRenamed = ({ name }: Built): boolean => names.has(name);
    const grows = (one: Built): boolean => mayGrow(one, names, spellings.spelled);
    const found = flavoredPlaces(bare, { isRenamed, grows, mayGo: (name) => own.has(name) }, knowledge, suffix);
    return found === undefined ? undefined : { ...found, left: words };
  }
  const shared = sharedNames(groups.map((group, at) => ({ group, growsAll: decisions[at]?.growsAll === true })));
  const doubled = shared.filter(({ group, names: both }) =>
    group.some(({ built }) => built.some((one) => isFlavored(one) && both.has(one.name))),
  );
  left.push(...doubled.flatMap(({ group }) => pastedOnly(group, knowledge, names.isToken)));
  const more = shared
    .flatMap(({ names: both }) => Array.from(both))
    .filter((name) => mayGoAlong && !names.has(name) && !names.isKept(name));
  return {
    insertions: [...decisions.flatMap(({ insertions }) => insertions), ...bodies.insertions],
    left: [...bodies.left, ...left],
    open: decisions.flatMap(({ open }) => open),
    names: whole.filter((name) => spellings.spelled.has(name) && names.has(name)),
    along: [...bodies.along, ...more, ...decisions.flatMap(({ along }) => along ?? [])],
    members: [...spellings.members],
    suspects: decisions.flatMap(({ suspects }) => suspects ?? []),
  };
}

/** A group of chains that gives all its names the flavor, and those of them that groups build which do not. */
interface Shared {
  readonly group: readonly BuildingChain[];
  readonly names: ReadonlySet<string>;
}

/** Names that chains of both sorts build must come to one: with them alone other chains give the flavor, too, and no word gives it twice. */
function sharedNames(groups: readonly { readonly group: readonly BuildingChain[]; readonly growsAll: boolean }[]): Shared[] {
  const growing = groups.filter(({ growsAll }) => growsAll);
  if (growing.length === 0) return [];
  const others = new Set(groups.flatMap(({ group, growsAll }) => (growsAll ? [] : builtBy(group))));
  return growing
    .map(({ group }) => ({ group, names: new Set(builtBy(group).filter((name) => others.has(name))) }))
    .filter(({ names }) => names.size > 0);
}

/** Names that the chains build, of those that are known whole. */
function builtBy(group: readonly BuildingChain[]): string[] {
  return group.flatMap(({ built }) => built.flatMap(({ name }) => (name.includes("*") ? [] : [name])));
}

interface AllChains {
  readonly chains: readonly BuildingChain[];
  readonly bodies: WholeResults;
  /** The chains with more words in calls that stay. */
  readonly leaving: (chains: readonly BuildingChain[], words: readonly LeftPlace[]) => BuildingChain[];
}

/** The chains of the macros, some of which get the flavor in their bodies. */
async function allChains(
  suspicious: readonly MacroDefinition[],
  { names, isGiven, strings, suffix, ask, isSuspect, mayGoAlong }: Omit<PasteRequest, "own">,
  knowledge: MacroKnowledge,
): Promise<AllChains> {
  const only = new Map(strings.map(([macro, indices]) => [macro, new Set(indices)]));
  const isPart = (use: MacroUse, index: number): boolean => only.get(use.macro)?.has(index) === true;
  const isToken: Pasting["isToken"] = (name, place) => names.isToken(name, place) || isGiven(place);
  const chainsWith = (
    isLeft: Pasting["isLeft"],
    isLeftAt: Pasting["isLeftAt"],
  ): ((definition: MacroDefinition, paste: Paste) => BuildingChain) => {
    const pasting = { ...knowledge, isToken, isLeft, isLeftAt, given: [] };
    return (definition, paste) => buildingChain(definition, paste, pasting);
  };
  const chainOf = chainsWith(isPart, () => false);
  const chains = suspicious.flatMap((definition) =>
    definition.pastes.filter((paste) => isSuspect(paste) && isFinal(paste, knowledge)).map((paste) => chainOf(definition, paste)),
  );
  const spelled = await spelledOf(chains, names, ask);
  const wrong = chains.filter(({ built }) => built.some((one) => changesName(one, names, spelled)));
  const own = flavoredBodies(
    wrong.map(({ definition }) => definition),
    knowledge,
    names.isToken,
    suffix,
  );
  const beside = await spellingsOf(wordsAround(wrong, knowledge), suffix, names, ask, NOTHING);
  const whole = wholeResults(wrong, knowledge, names.isToken, (name) => mayGoAlong && beside.own.has(name), suffix);
  const bodies = { insertions: [...own.insertions, ...whole.insertions], left: [...own.left, ...whole.left], along: whole.along };
  const pasted = pastedOnly(wrong, knowledge, names.isToken);
  const all = [...bodies.left, ...pasted];
  const leaving: AllChains["leaving"] = (some, words) => {
    const left = new Set([...all, ...words].map(({ file, offset }) => `${file}/${offset}`));
    const stays = (use: MacroUse, index: number): boolean => left.has(`${use.file}/${use.arguments?.[index]?.end ?? -1}`);
    const chainThen = chainsWith(
      (use, index) => isPart(use, index) || stays(use, index),
      (file, end) => left.has(`${file}/${end}`),
    );
    return some.map((chain) => (chain.built.some(isFlavored) ? chainThen(chain.definition, chain.paste) : chain));
  };
  return { chains: all.length === 0 ? chains : leaving(chains, []), bodies: { ...bodies, left: all }, leaving };
}

/** Names that no declaration tells: of functions that macros define for one file, of members that calls name by another one. */
interface Made {
  readonly made: ReadonlySet<string>;
  readonly ofMembers: readonly string[];
}

const NOTHING: Made = { made: new Set(), ofMembers: [] };

/** The names that get the flavor at a word in a call, and that tokens spell. */
async function spelledOf(chains: readonly BuildingChain[], names: RenamedNames, ask: AskMacros): Promise<ReadonlySet<string>> {
  const flavored = chains.flatMap(({ built }) => built.filter(isFlavored)).map(({ name }) => name);
  const whole = distinctNames(flavored).filter((name) => !name.includes("*"));
  return (await spellingsOf(whole, "", names, ask, NOTHING)).spelled;
}

/** What the tree's tokens say about the names; those that a rule keeps, or whose new name is taken, do not go along. */
async function spellingsOf(
  whole: readonly string[],
  suffix: string,
  names: RenamedNames,
  ask: AskMacros,
  { made, ofMembers }: Made,
): Promise<Spellings> {
  if (whole.length === 0) return { spelled: new Set(), own: new Set(), members: new Set() };
  const answers = await ask({ definitions: [], uses: [], tokens: [...whole, ...whole.map((name) => name + suffix)] });
  const spelled = new Set(answers.flatMap(({ tokens }) => tokens));
  const members = new Set([...answers.flatMap((answer) => answer.members), ...ofMembers.filter((name) => spelled.has(name))]);
  const mayGo = (name: string): boolean => !spelled.has(name + suffix) && !names.isKept(name);
  return {
    spelled,
    members,
    own: new Set([...answers.flatMap(({ own }) => own), ...members, ...whole.filter((name) => made.has(name))].filter(mayGo)),
  };
}

/** Texts with an underscore at their end that the chain joins to others: hardly a name of their own. */
function piecesOf({ parts }: Paste): string[] {
  return parts.flatMap((part) => (part.type === "text" && part.text.endsWith("_") ? [part.text] : []));
}

/** What the tokens say, without those that tell only of pieces of names: `prefix_` of `prefix_##x`. */
function withoutPieces({ spelled, own, members }: Spellings, pieces: ReadonlySet<string>): Spellings {
  if (pieces.size === 0) return { spelled, own, members };
  return { spelled: new Set([...spelled].filter((name) => own.has(name) || !pieces.has(name))), own, members };
}

/**
 * Chains that build one name belong together, as do those of which not every name is known and that {@link groupOf} puts together.
 * Names that stay as they are bind nothing, nor do those that are known in part and can be no renamed one.
 */
function grouped(chains: readonly BuildingChain[], binds: (one: Built) => boolean): BuildingChain[][] {
  const groups = new Map<string, BuildingChain[]>();
  const merged = new Map<BuildingChain[], BuildingChain[]>();
  const root = (group: BuildingChain[]): BuildingChain[] => {
    let found = group;
    for (let next = merged.get(found); next !== undefined; next = merged.get(found)) found = next;
    return found;
  };
  for (const chain of chains) {
    let group = [chain];
    const keys = new Set(chain.built.filter(binds).map(({ name }) => (name.includes("*") ? groupOf(chain) : name)));
    if (isJoin(chain.paste) || keys.size === 0) {
      groups.set(`${chain.definition.file}/${chain.paste.offset}`, group);
      continue;
    }
    for (const key of keys) {
      const known = groups.get(key);
      const other = known === undefined ? group : root(known);
      if (other !== group) {
        const [larger, smaller] = other.length > group.length ? [other, group] : [group, other];
        for (const one of smaller) larger.push(one);
        merged.set(smaller, larger);
        group = larger;
      }
      groups.set(key, group);
    }
  }
  return [...new Set([...groups.values()].map(root))];
}

function distinctNames(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted();
}
