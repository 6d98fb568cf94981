/** Owns the decision on names that macros build with `##`: does one of them get the flavor, and by which insertion? */
import { type Built, buildsParts, isJoin, namesBuilt } from "./built-names.js";
import type { Pasting, Source } from "./given-texts.js";
import { flavoredPlace, placesOf } from "./flavored-places.js";
import { joinedCall } from "./joined-calls.js";
import { STRING } from "./macro-call.js";
import type { MacroKnowledge } from "./macro-knowledge.js";
import { evenNames, isPastedAlone } from "./uneven-names.js";
import type { ArgumentPlace, Insertion, MacroDefinition, OpenPlace, Paste } from "./macro-model.js";

/** Which names get the flavor. */
export interface RenamedNames {
  readonly has: (name: string) => boolean;
  /** Whether its tokens are renamed already; another that `has` holds of is known by its pattern only. */
  readonly isKnown: (name: string) => boolean;
  /** Whether it gets the flavor in some files only: members that bear it keep theirs. */
  readonly isLimited: (name: string) => boolean;
  /** Whether it gets the flavor where a token of the file spells it. */
  readonly isToken: (name: string, place: ArgumentPlace) => boolean;
  /** All of them. */
  readonly tokens: readonly string[];
  /** A renamed name that the pattern with `*` matches. */
  readonly matching: (pattern: string) => string | undefined;
  /** Whether a rule keeps it, or the system has it. */
  readonly isKept: (name: string) => boolean;
  /** The same with more names. */
  readonly with: (more: ReadonlySet<string>) => RenamedNames;
}

export interface PasteDecision {
  readonly insertions: readonly Insertion[];
  readonly open: readonly OpenPlace[];
  /** Words of arguments that get the flavor where they stand, in a group of which not all is decided. */
  readonly suspects?: readonly string[];
  /** Names of the tree that would stay, but get the flavor as well, since the same chains build them. */
  readonly along?: readonly string[];
  /** Whether all names of the group get the flavor behind the chain. */
  readonly growsAll?: true;
}

/** What the tokens of the tree say about names that macros build. */
export interface Spellings {
  readonly spelled: ReadonlySet<string>;
  /** What the tree defines, also for one file alone, and members; not what it only declares. */
  readonly own: ReadonlySet<string>;
  readonly members: ReadonlySet<string>;
}

/** A chain in a macro, with the names that the calls of the tree build by it. */
export interface BuildingChain {
  readonly definition: MacroDefinition;
  readonly paste: Paste;
  readonly built: readonly Built[];
}

/** Whether a chain may build a renamed name at all. */
export function isSuspicious(paste: Paste, names: RenamedNames): boolean {
  const { parts } = paste;
  if (isJoin(paste)) return true;
  return names.matching(parts.map((part) => (part.type === "text" ? part.text : "*")).join("")) !== undefined;
}

/** Whether the name is not handed to a macro that makes another name of it. */
export function isFinal({ argumentOf }: Paste, knowledge: MacroKnowledge): boolean {
  if (argumentOf === undefined) return true;
  const { macro, index } = argumentOf;
  const builds = ({ parts }: Paste): boolean => parts.some((part) => part.type === "parameter" && part.index === index);
  return !knowledge.definitionsOf(macro).some(({ pastes }) => pastes.some(builds));
}

/** The chain with what it builds. */
export function buildingChain(definition: MacroDefinition, paste: Paste, knowledge: Pasting): BuildingChain {
  const built = namesBuilt(definition, paste, knowledge);
  return {
    definition,
    paste,
    built: prefixesText(paste, built) ? built.filter(({ name }) => !name.includes("*")) : built,
  };
}

/** `L##text`: a macro that makes literals of another kind does so also where its argument is not known. */
function prefixesText({ parts: [first, second, ...more] }: Paste, built: readonly Built[]): boolean {
  const isPrefix = first?.type === "text" && /^(?:L|u8?|U)$/.test(first.text) && second?.type === "parameter" && more.length === 0;
  return isPrefix && built.some(({ name }) => name.endsWith('"') || name.endsWith("'"));
}

/** Chains that may build the same names have the same one: the word at their beginning, else the one at their end. */
export function groupOf({ paste: { parts } }: BuildingChain): string {
  const [first, last] = [parts[0], parts.at(-1)];
  if (first?.type === "text") return `${first.text}*`;
  return last?.type === "text" ? `*${last.text}` : "*";
}

/**
 * Decides the chains of one group. The suffix goes behind each chain (as `##_<flavor>`) when one builds a renamed name and
 * none builds a name that stays or has the flavor already; a name that no token spells goes along. Else it goes behind the
 * argument of single calls, where the macro does nothing else with that argument; else the names that would stay go along, too,
 * if all of them are the tree's own. So do names that a word with the flavor at their end changes.
 */
export function decideGroup(
  given: readonly BuildingChain[],
  names: RenamedNames,
  { spelled, own }: Pick<Spellings, "spelled" | "own">,
  suffix: string,
  knowledge: MacroKnowledge,
): PasteDecision {
  const { chains, insertions: evened, open: uneven } = evenNames(given);
  if (uneven.length > 0)
    return { insertions: [], open: uneven, suspects: given.flatMap(({ built }) => built.flatMap(({ tokens }) => tokens)) };
  const built = chains.flatMap((chain) => chain.built);
  const isWrong = (one: Built): boolean => changesName(one, names, spelled);
  /** A word in the call gave it the flavor, and nobody spells it. */
  const isSettled = ({ name, flavored, flavoredInside }: Built): boolean => (flavored || flavoredInside) && !spelled.has(name);
  if (!built.some((one) => (isRenamed(one.name, names) && !isSettled(one)) || isWrong(one))) return { insertions: evened, open: [] };
  const ends = built.filter((one) => isWrong(one) && !one.flavoredInside && own.has(one.name));
  if (ends.length > 0)
    return { insertions: [], open: [], along: ends.map(({ name }) => name), suspects: ends.flatMap(({ tokens }) => tokens) };
  const joins = chains.some(({ paste }) => isJoin(paste));
  const grows = (one: Built): boolean => mayGrow(one, names, spelled);
  const mayBeUnknown = (one: Built): boolean => !joins && !one.closed && one.name.includes("*");
  const growAll = !built.some(isWrong) && built.every((one) => mayBeUnknown(one) || (grows(one) && !one.name.includes("*")));
  if (growAll && !chains.some(({ definition }) => buildsParts(definition, knowledge, names))) {
    return { insertions: [...evened, ...chains.map((chain) => appended(chain, suffix))], open: [], growsAll: true };
  }
  const stay = built.filter((one) => !one.name.includes("*") && !grows(one));
  const decisions = chains.map((chain) => decideCalls(chain, names, isWrong, stay[0]?.name ?? "", { knowledge, suffix, grows }));
  const isOpen = decisions.some(({ open }) => open.length > 0);
  if (
    isOpen &&
    (!joins || built.every(({ name }) => !name.includes("*"))) &&
    !built.some(isWrong) &&
    stay.length > 0 &&
    stay.every(({ name, flavored, flavoredInside }) => !flavored && !flavoredInside && own.has(name))
  )
    return { insertions: [], open: [], along: stay.map(({ name }) => name) };
  return {
    insertions: [...evened, ...decisions.flatMap(({ insertions }) => insertions)],
    open: decisions.flatMap(({ open }) => open),
    suspects: built.flatMap(({ tokens }) => tokens),
  };
}

/** Whether the suffix may go behind the name: it is renamed, or no token spells it; never behind a string. */
export function mayGrow({ name, flavored, closed }: Built, names: RenamedNames, spelled: ReadonlySet<string>): boolean {
  if (closed || name.includes(STRING)) return false;
  return !spelled.has(name) || (!flavored && names.has(name));
}

function appended({ definition, paste, built }: BuildingChain, suffix: string): Insertion {
  const whole = built.map(({ name }) => name).filter((name) => !name.includes("*"));
  return { file: definition.file, offset: paste.end, text: `##${suffix}`, names: [...new Set(whole)].toSorted() };
}

/** `stays`: a name that one of the calls builds and that gets no flavor. */
function decideCalls(
  { definition, paste, built }: BuildingChain,
  names: RenamedNames,
  isWrong: (one: Built) => boolean,
  stays: string,
  { knowledge, suffix, grows }: { readonly knowledge: MacroKnowledge; readonly suffix: string; readonly grows: (one: Built) => boolean },
): PasteDecision {
  const insertions: Insertion[] = [];
  const wrong = built.filter(isWrong);
  const open = wrong.map(({ use, name }): OpenPlace => ({
    file: use.file,
    offset: use.offset,
    token: use.macro,
    why: whyWrong(name, definition),
  }));
  const mayChangeArgument = isOnlyPaste(definition, paste);
  const chain = { definition, paste, built };
  const isMeant = (each: Built): boolean => isRenamed(each.name, names) && !each.flavored && !isWrong(each);
  const single = (one: Built): readonly Insertion[] | undefined => {
    const { name, last } = one;
    const around = last === undefined || last.pasted === true ? joinedCall(chain, one, grows, knowledge, suffix) : undefined;
    if (around !== undefined) return around;
    if (!mayChangeArgument || last === undefined || name.includes("*") || !servesAll(last, built, names)) return undefined;
    const text = last.pasted === true ? { text: `##${suffix}` } : {};
    return [{ file: last.use.file, offset: last.argument.end, ...text, names: [name] }];
  };
  for (const { call, built: here } of placesOf(chain).values()) {
    const meant = here.filter(isMeant);
    const found = meant.map(single);
    const at = found.includes(undefined)
      ? flavoredPlace(chain, { call, built: here }, { isRenamed: (each) => names.has(each.name), grows }, knowledge, suffix)
      : undefined;
    if (at !== undefined) insertions.push(...at);
    else
      for (const [i, { use, name }] of meant.entries()) {
        const one = found[i];
        if (one !== undefined) insertions.push(...one);
        else open.push({ file: use.file, offset: use.offset, token: use.macro, why: whyOpen(name, definition, names, stays) });
      }
  }
  return { insertions, open };
}

/** Whether all names that end with the argument get the flavor; one that is a word makes a single name. */
function servesAll({ pasted, use, argument }: Source, built: readonly Built[], names: RenamedNames): boolean {
  if (pasted !== true) return true;
  const same = built.filter(({ last }) => last?.use.file === use.file && last.argument.end === argument.end);
  return same.every(({ name, flavored }) => !flavored && !name.includes("*") && names.has(name));
}

/** Whether an argument that gets the flavor where it stands makes a name that is spelled elsewhere another one. */
export function changesName({ name, flavored, flavoredInside }: Built, names: RenamedNames, spelled: ReadonlySet<string>): boolean {
  return spelled.has(name) && (flavoredInside || (flavored && !names.has(name)));
}

function whyWrong(name: string, { name: macro }: MacroDefinition): string {
  return `${macro} builds ${name} from an argument that is a renamed name itself, and so another name`;
}

function whyOpen(name: string, { name: macro }: MacroDefinition, names: RenamedNames, stays: string): string {
  const example = name.includes("*") ? names.matching(name) : name;
  const which = name.includes("*") ? "may build" : "builds";
  return `token pasting in ${macro} ${which} a renamed name, ${example}, and in other calls names that stay: ${stays}`;
}

/** Of a name that is known in part only its beginning tells anything. */
function isRenamed(name: string, names: RenamedNames): boolean {
  return name.includes("*") ? !name.startsWith("*") && names.matching(name) !== undefined : names.has(name);
}

/** Whether the parameter at the end of the chain stands in no other place of the macro. */
function isOnlyPaste(definition: MacroDefinition, paste: Paste): boolean {
  const last = paste.parts.at(-1);
  return last?.type === "parameter" && isPastedAlone(definition, paste, last.index);
}
