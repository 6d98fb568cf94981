/** Owns the decision on names that macros build with `##`: does one of them get the flavor, and by which insertion? */
import { hasParameter, type MacroKnowledge } from "./macro-knowledge.js";
import type { Insertion, MacroArgument, MacroDefinition, MacroUse, OpenPlace, Paste, PastePart } from "./macro-model.js";

/** A name that a call builds: all of it, or what is known of it (`*` for an argument of several tokens). */
export interface Built {
  readonly name: string;
  /** The call that gave the arguments. */
  readonly use: MacroUse;
  /** The argument at the end of the name, when it is the whole of the last part and stands in the call itself. */
  readonly last: MacroArgument | undefined;
  /** Whether an argument at the end of the name is a token that gets the flavor where it stands. */
  readonly flavored: boolean;
}

/** Which names get the flavor. */
export interface RenamedNames {
  readonly has: (name: string) => boolean;
  /** Whether its tokens are renamed already; another that `has` holds of is known by its pattern only. */
  readonly isKnown: (name: string) => boolean;
  /** Whether it gets the flavor wherever a token spells it. */
  readonly isToken: (name: string) => boolean;
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
  /** Names of the tree that would stay, but get the flavor as well, since the same chains build them. */
  readonly along?: readonly string[];
}

/** What the tokens of the tree say about names that macros build. */
export interface Spellings {
  readonly spelled: ReadonlySet<string>;
  /** Functions and variables of the tree, also those of one file, that nothing else is called by. */
  readonly own: ReadonlySet<string>;
}

/** A chain in a macro, with the names that the calls of the tree build by it. */
export interface BuildingChain {
  readonly definition: MacroDefinition;
  readonly paste: Paste;
  readonly built: readonly Built[];
}

/** What is known of macros, and which words in calls get the flavor where they stand. */
export type Pasting = MacroKnowledge & Pick<RenamedNames, "isToken">;

/** Stands behind the text of an argument that gets the flavor where it stands. */
const FLAVORED = "\u0001";

/** Whether a chain may build a renamed name at all. */
export function isSuspicious({ parts }: Paste, names: RenamedNames): boolean {
  if (parts.every((part) => part.type === "parameter")) return false;
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
  return { definition, paste, built: namesOf(definition, paste, knowledge) };
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
 * if all of them are the tree's own.
 */
export function decideGroup(
  chains: readonly BuildingChain[],
  names: RenamedNames,
  { spelled, own }: Spellings,
  suffix: string,
): PasteDecision {
  const built = chains.flatMap((chain) => chain.built);
  if (!built.some(({ name }) => isRenamed(name, names))) return { insertions: [], open: [] };
  const mayGrow = ({ name, flavored }: Built): boolean => !spelled.has(name) || (!flavored && names.has(name));
  if (built.every((one) => one.name.includes("*") || mayGrow(one))) {
    return { insertions: chains.map((chain) => appended(chain, suffix)), open: [] };
  }
  const stay = built.filter((one) => !one.name.includes("*") && !mayGrow(one));
  const decisions = chains.map((chain) => decideCalls(chain, names, stay[0]?.name ?? ""));
  if (decisions.some(({ open }) => open.length > 0) && stay.every(({ name, flavored }) => !flavored && own.has(name)))
    return { insertions: [], open: [], along: stay.map(({ name }) => name) };
  return { insertions: decisions.flatMap(({ insertions }) => insertions), open: decisions.flatMap(({ open }) => open) };
}

function appended({ definition, paste, built }: BuildingChain, suffix: string): Insertion {
  const whole = built.map(({ name }) => name).filter((name) => !name.includes("*"));
  return { file: definition.file, offset: paste.end, text: `##${suffix}`, names: [...new Set(whole)].toSorted() };
}

/** `stays`: a name that one of the calls builds and that gets no flavor. */
function decideCalls({ definition, paste, built }: BuildingChain, names: RenamedNames, stays: string): PasteDecision {
  const insertions: Insertion[] = [];
  const open: OpenPlace[] = [];
  const mayChangeArgument = isOnlyPaste(definition, paste);
  for (const { name, use, last } of built.filter((one) => isRenamed(one.name, names) && !one.flavored)) {
    if (mayChangeArgument && last !== undefined && !name.includes("*"))
      insertions.push({ file: use.file, offset: last.end, names: [name] });
    else open.push({ file: use.file, offset: use.offset, token: use.macro, why: whyOpen(name, definition, names, stays) });
  }
  return { insertions, open };
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
function isOnlyPaste({ uses, pastes }: MacroDefinition, paste: Paste): boolean {
  const last = paste.parts.at(-1);
  if (last?.type !== "parameter") return false;
  const use = uses[last.index];
  const chains = pastes.filter(({ parts }) => parts.some((part) => part.type === "parameter" && part.index === last.index));
  const isFree = use !== undefined && !use.namespace && !use.other && !use.string && !use.whole && use.passed.length === 0;
  return isFree && chains.length === 1;
}

/** The uses that the definition can be meant by: of one that its file ends, those up to there, and those in other macros. */
function visibleUses(definition: MacroDefinition, knowledge: MacroKnowledge): readonly MacroUse[] {
  const { name, file, offset, until } = definition;
  const uses = knowledge.usesOf(name, definition);
  if (until === undefined) return uses;
  return uses.filter((use) => use.within !== undefined || (use.file === file && use.offset > offset && use.offset < until));
}

/** The name as the calls spell it, and whether its end has the flavor already. */
function named(text: string): Pick<Built, "name" | "flavored"> {
  return { name: text.replaceAll(FLAVORED, ""), flavored: text.endsWith(FLAVORED) };
}

function namesOf(definition: MacroDefinition, paste: Paste, knowledge: Pasting): Built[] {
  if (definition.parameters === undefined) {
    return visibleUses(definition, knowledge).map((use) =>
      Object.assign(named(joined(paste.parts, [], "", knowledge)), { use, last: undefined }),
    );
  }
  return visibleUses(definition, knowledge).flatMap((use) =>
    callsOf(use, knowledge).flatMap((given) =>
      textsOfCall(use, given, knowledge, 0).map((texts) => {
        const tail = paste.parts.at(-1);
        const last = tail?.type === "parameter" && given === use.arguments ? given[tail.index] : undefined;
        const isPlain = last?.parts?.length === 1 && last.parts[0]?.type === "text";
        return Object.assign(named(joined(paste.parts, ofVariadic(definition, texts), "", knowledge)), {
          use,
          last: isPlain ? last : undefined,
        });
      }),
    ),
  );
}

/** The argument lists that a macro gets where its name stands: of the call there, or of the calls of the parameter that it is handed to. */
function callsOf(use: MacroUse, knowledge: MacroKnowledge): (readonly MacroArgument[])[] {
  if (use.arguments !== undefined) return [use.arguments];
  if (typeof use.place === "string" || "alone" in use.place) return [];
  const { macro, index } = use.place;
  return knowledge.definitionsOf(macro).flatMap(({ uses }) => (uses[index]?.calls ?? []).map((call) => call.map(foreign)));
}

/** An argument in another macro's definition: its parameters are not those of the macro around the use. */
function foreign(argument: MacroArgument): MacroArgument {
  return { ...argument, parts: hasParameter(argument) ? undefined : argument.parts };
}

/** How deep calls in arguments are expanded. */
const NESTED = 8;

/** Expands the parts of a name; `texts` are the values of the parameters, `missing` stands for those that have none. */
function joined(parts: readonly PastePart[], texts: readonly string[], missing: string, knowledge: MacroKnowledge, depth = 0): string {
  return parts
    .map((part) => {
      if (part.type === "text") return part.text;
      return part.type === "parameter" ? (texts[part.index] ?? missing) : expanded(part, texts, missing, knowledge, depth);
    })
    .join("");
}

function expanded(
  call: Extract<PastePart, { type: "call" }>,
  texts: readonly string[],
  missing: string,
  knowledge: MacroKnowledge,
  depth: number,
): string {
  const definitions = knowledge.definitionsOf(call.macro);
  const [result] = definitions.map((definition) => definition.result);
  if (definitions.length !== 1 || result === undefined || depth > NESTED) return "*";
  const given = call.arguments.map(({ parts }) => (parts === undefined ? "*" : joined(parts, texts, missing, knowledge, depth + 1)));
  return joined(result, given, "", knowledge, depth + 1);
}

/** All arguments from the last parameter on are one of several tokens when there are more of them. */
function ofVariadic({ uses, variadic }: MacroDefinition, texts: readonly string[]): readonly string[] {
  return variadic && texts.length > uses.length ? [...texts.slice(0, uses.length - 1), "*"] : texts;
}

/** How many macros a parameter is followed outwards through, and how many calls are told apart. */
const DEPTH = 4;
const CALLS = 2000;

/** The texts of a call's arguments; one list per call of the macro that it stands in when it hands on that one's parameters. */
function textsOfCall(use: MacroUse, given: readonly MacroArgument[], knowledge: Pasting, depth: number): string[][] {
  const handsOn = given.some(hasParameter);
  const textsFrom = (outer: readonly string[], missing: string): string[] =>
    given.map(({ parts }) => (parts === undefined ? "*" : joined(parts, outer, missing, knowledge) + flavorOf(parts, knowledge)));
  if (use.within === undefined || !handsOn) return [textsFrom([], "")];
  const callers = knowledge.usesOf(use.within, use);
  if (depth >= DEPTH || callers.length > CALLS) return [textsFrom([], "*")];
  const outer = callers.flatMap((caller) => callsOf(caller, knowledge).flatMap((call) => textsOfCall(caller, call, knowledge, depth + 1)));
  return unique(outer).map((texts) => textsFrom(texts, ""));
}

function flavorOf(parts: readonly PastePart[], { isToken }: Pasting): string {
  const [only] = parts;
  return parts.length === 1 && only?.type === "text" && isToken(only.text) ? FLAVORED : "";
}

function unique(lists: readonly string[][]): string[][] {
  return [...new Map(lists.map((list) => [list.join("\0"), list])).values()];
}
