/** Owns which names a chain of `##` builds in the calls of the tree, and where the words at their ends stand. */
import { hasParameter, type MacroKnowledge } from "./macro-knowledge.js";
import type { MacroArgument, MacroDefinition, MacroUse, PassedOn, Paste, PastePart } from "./macro-model.js";
import { isOnlyPasted } from "./pasted-only.js";
import { mayBeMacro, maySpell, spelledAlone, spelledArguments } from "./spelled-arguments.js";

/** A name that a call builds: all of it, or what is known of it (`*` for an argument of several tokens). */
export interface Built {
  readonly name: string;
  /** The call that gave the arguments. */
  readonly use: MacroUse;
  /** The outermost call, which gave no parameters of a macro around it. */
  readonly origin: MacroUse;
  /** The argument at the end of the name, when it is the whole of the last part, with the call that it stands in. */
  readonly last: Source | undefined;
  /** Whether an argument at the end of the name is a token that gets the flavor where it stands. */
  readonly flavored: boolean;
  /** The same of an argument before the end. */
  readonly flavoredInside: boolean;
  /** Whether more tokens of the last argument stand behind it: nothing can be joined to it there. */
  readonly closed: boolean;
  /** Whether it is a member's: the `b` of an argument `a->b` begins it. */
  readonly member: boolean;
  /** Those arguments. */
  readonly tokens: readonly string[];
  /** Where in the name such arguments end. */
  readonly marks: readonly number[];
  /** What the parameters of the macro stand for, and where that comes from. */
  readonly texts: readonly string[];
  readonly sources: readonly (Source | undefined)[];
}

/** A plain word or number that a call gives, and that goes nowhere but into the paste. */
export interface Source {
  readonly use: MacroUse;
  readonly argument: MacroArgument;
}

/** The values of a macro's parameters in one call. */
interface Given {
  readonly texts: readonly string[];
  readonly sources: readonly (Source | undefined)[];
  /** The outermost call. */
  readonly origin: MacroUse;
}

/** What is known of macros, and which words in calls get the flavor where they stand. */
export type Pasting = MacroKnowledge & {
  readonly isToken: (name: string, place: ArgumentPlace) => boolean;
  /** Whether the word that is that argument of the use's own call stays. */
  readonly isLeft: (use: MacroUse, index: number) => boolean;
  /** Whether the word that ends there stays. */
  readonly isLeftAt: (file: number, end: number) => boolean;
  /** What uses were found to give, by depth: all chains of a macro, and all definitions of it, have the same uses. */
  readonly given: Map<MacroUse, Given[]>[];
};

/** An argument of a call. */
export interface ArgumentPlace {
  readonly file: number;
  readonly macro: string;
  readonly index: number;
  /** Byte offset behind the word. */
  readonly end: number;
}

/** Stands behind the text of an argument that gets the flavor where it stands. */
const FLAVORED = "\u0001";

/** Stands before it. */
const BEGINS = "\u0003";

const TOKEN = new RegExp(`${BEGINS}(\\w+)${FLAVORED}`, "g");

/** Stands between `*` and the member `b` of the argument `a->b`. */
const MEMBER = "\u0002";

/** Around an argument of several tokens: the first of them, and behind the mark in the midst what is known of the last. */
const [SEVERAL, SEVERAL_LAST, SEVERAL_END] = ["\u0004", "\u0005", "\u0006"];

/** Of such an argument the first token ends the name, and the last one begins it. */
const LAST_OF_SEVERAL = new RegExp(`${SEVERAL}([^${SEVERAL_LAST}]*)${SEVERAL_LAST}[^${SEVERAL_END}]*${SEVERAL_END}$`);
const SEVERAL_TOKENS = new RegExp(`${SEVERAL}[^${SEVERAL_LAST}]*${SEVERAL_LAST}([^${SEVERAL_END}]*)${SEVERAL_END}`, "g");

/** A member that does not begin the name: what stands before it does. */
const UNUSED = new RegExp(`${MEMBER}\\w*`, "g");

/** Whether all of the name comes from the calls: `a##b`. */
export function isJoin({ parts }: Paste): boolean {
  return parts.every((part) => part.type === "parameter");
}

/** The name as the calls spell it, and where it has the flavor already. */
function named(given: string): Omit<Built, "use" | "origin" | "last" | "texts" | "sources"> {
  const closed = given.endsWith(SEVERAL_END);
  const written = given.includes(SEVERAL) ? given.replace(LAST_OF_SEVERAL, "$1").replaceAll(SEVERAL_TOKENS, "$1") : given;
  const tokens = written.includes(FLAVORED) ? [...written.matchAll(TOKEN)].map((match) => match[1] as string) : NONE;
  const text = written
    .replaceAll(BEGINS, "")
    .replace(`*${MEMBER}`, (found, at: number) => (at === 0 ? "" : found))
    .replaceAll(UNUSED, "");
  return {
    name: text.replaceAll(FLAVORED, ""),
    flavored: text.endsWith(FLAVORED),
    flavoredInside: text.slice(0, -1).includes(FLAVORED),
    closed,
    member: written.startsWith(`*${MEMBER}`),
    tokens,
    marks: text.includes(FLAVORED) ? marksIn(text) : NOWHERE,
  };
}

const NONE: readonly string[] = [];
const NOWHERE: readonly number[] = [];

function marksIn(text: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(FLAVORED); at >= 0; at = text.indexOf(FLAVORED, at + 1)) found.push(at - found.length);
  return found;
}

/** The text of an argument that is a word, with the flavor or without; undefined for any other. */
export function plainText(text: string | undefined): string | undefined {
  const bare = text?.replaceAll(BEGINS, "").replaceAll(FLAVORED, "");
  return bare !== undefined && /^\w*$/.test(bare) ? bare : undefined;
}

/** The names that the calls of the tree build by a chain. */
export function namesBuilt(definition: MacroDefinition, paste: Paste, knowledge: Pasting): Built[] {
  if (definition.parameters === undefined) {
    return visibleUses(definition, knowledge).map((use) =>
      Object.assign(named(joined(paste.parts, [], "", knowledge)), { use, origin: use, last: undefined, texts: NONE, sources: [] }),
    );
  }
  const tail = paste.parts.at(-1);
  return visibleUses(definition, knowledge).flatMap((use) =>
    callsOf(use, knowledge).flatMap((given) =>
      givenOnce(use, given, knowledge, isJoin(paste), 0).map(({ texts, sources, origin }) =>
        Object.assign(named(joined(paste.parts, ofVariadic(definition, texts), "", knowledge)), {
          use,
          origin,
          last: tail?.type === "parameter" ? sources[tail.index] : undefined,
          texts,
          sources,
        }),
      ),
    ),
  );
}

/** The uses that the definition can be meant by: of one that its file ends, those up to there, and those in other macros. */
function visibleUses(definition: MacroDefinition, knowledge: MacroKnowledge): readonly MacroUse[] {
  const { name, file, offset, until } = definition;
  const uses = throughAliases(knowledge.usesOf(name, definition), knowledge).filter((use) => endsName(use, knowledge));
  if (until === undefined) return uses;
  return uses.filter((use) => use.within !== undefined || (use.file === file && use.offset > offset && use.offset < until));
}

/** What was found, by what is known of macros. */
const ending = new WeakMap<MacroKnowledge["definitionsIn"], WeakMap<MacroUse, boolean>>();

/** Whether what a call builds is not a part of what the call around builds of it: `CAT(CAT(a, b), c)`. */
function endsName(use: MacroUse, knowledge: MacroKnowledge): boolean {
  const { inside, file } = use;
  if (inside === undefined) return true;
  const found = ending.get(knowledge.definitionsIn) ?? new WeakMap<MacroUse, boolean>();
  ending.set(knowledge.definitionsIn, found);
  const known = found.get(use) ?? !isOnlyPasted(inside.macro, inside.index, file, knowledge);
  found.set(use, known);
  return known;
}

/**
 * Whether some call of the macro, or of one around it that hands its parameters on, builds but a part of a name that matters: by the same
 * macro once more, or by a chain that may build one of the `names`.
 */
export function buildsParts(
  definition: MacroDefinition,
  knowledge: MacroKnowledge,
  names: PatternNames,
  seen = new Set<string>(),
): boolean {
  seen.add(definition.name);
  return throughAliases(knowledge.usesOf(definition.name, definition), knowledge).some((use) => {
    const { inside, within } = use;
    if (inside !== undefined && !endsName(use, knowledge) && buildsName(inside, knowledge, names, seen, NESTED)) return true;
    if (within === undefined || seen.has(within) || use.arguments?.some(hasParameter) !== true) return false;
    return knowledge.definitionsOf(within).some((around) => buildsParts(around, knowledge, names, seen));
  });
}

/** A name that a pattern with `*` matches. */
interface PatternNames {
  readonly matching: (pattern: string) => string | undefined;
}

/** Whether the argument becomes a part of such a name, or is handed to one of the macros. */
function buildsName(
  { macro, index }: PassedOn,
  knowledge: MacroKnowledge,
  names: PatternNames,
  macros: ReadonlySet<string>,
  depth: number,
): boolean {
  if (macros.has(macro) || depth === 0) return true;
  return knowledge.definitionsOf(macro).some((definition) => {
    const { uses, pastes } = definition;
    const chains = pastes.filter(({ parts }) => parts.some((part) => part.type === "parameter" && part.index === index));
    const bare = { ...knowledge, isToken: () => false, isLeft: () => true, isLeftAt: () => true, given: [] };
    const matters = chains.some((chain) => namesBuilt(definition, chain, bare).some(({ name }) => names.matching(name) !== undefined));
    return matters || uses[index]?.passed.some((to) => buildsName(to, knowledge, names, macros, depth - 1)) === true;
  });
}

/** The uses, and those of macros that stand for the name alone: `#define ALIAS NAME`. */
function throughAliases(uses: readonly MacroUse[], knowledge: MacroKnowledge, depth = 0): readonly MacroUse[] {
  return uses.flatMap((use) => {
    const alias = typeof use.place === "object" && "alone" in use.place && depth < NESTED ? use.place.alone : undefined;
    return alias === undefined ? [use] : [use, ...throughAliases(knowledge.usesOf(alias, use), knowledge, depth + 1)];
  });
}

/** The argument lists that a macro gets where its name stands: of the call there, or of the calls of the parameter that it is handed to. */
function callsOf(use: MacroUse, knowledge: MacroKnowledge): (readonly MacroArgument[])[] {
  if (use.arguments !== undefined) return [use.arguments];
  if (typeof use.place === "string" || "alone" in use.place) return [];
  const { macro, index } = use.place;
  const around = callAround(use, macro, index, knowledge);
  const calls = knowledge.definitionsOf(macro).flatMap(({ uses }) => uses[index]?.calls ?? []);
  return calls.map((call) => call.map((argument) => foreign(argument, around)));
}

/** The arguments of the call of a macro in which a name is handed to it. */
function callAround({ file, local, offset }: MacroUse, macro: string, index: number, knowledge: MacroKnowledge): MacroUse["arguments"] {
  const holds = (other: MacroUse): boolean => other.file === file && other.offset < offset && offset < (other.arguments?.[index]?.end ?? 0);
  return knowledge.usesOf(macro, { file, local }).findLast(holds)?.arguments;
}

/** An argument in another macro's definition: its parameters are not those of the macro around the use, but what the call `around` gives. */
function foreign(argument: MacroArgument, around: MacroUse["arguments"]): MacroArgument {
  if (!hasParameter(argument)) return argument;
  const parts = argument.parts?.map((part) => {
    if (part.type === "parameter") return onlyPart(around?.[part.index]);
    return part.type === "call" ? undefined : part;
  });
  return { ...argument, parts: parts?.every((part) => part !== undefined) === true ? parts : undefined };
}

function onlyPart(argument: MacroArgument | undefined): PastePart | undefined {
  const [only, ...more] = argument?.parts ?? [];
  return only?.type === "text" && more.length === 0 ? only : undefined;
}

/** How deep calls in arguments are expanded. */
const NESTED = 8;

/** Whether a word that is an argument of a call inside of another gets the flavor where it stands. */
type HasFlavor = (word: string, macro: string, index: number, end: number) => boolean;

/** Expands the parts of a name; `texts` are the values of the parameters, `missing` stands for those that have none. */
function joined(
  parts: readonly PastePart[],
  texts: readonly string[],
  missing: string,
  knowledge: MacroKnowledge,
  depth = 0,
  hasFlavor?: HasFlavor,
): string {
  return parts
    .map((part) => {
      if (part.type === "text") return part.text;
      return part.type === "parameter" ? (texts[part.index] ?? missing) : expanded(part, texts, missing, knowledge, depth, hasFlavor);
    })
    .join("");
}

function expanded(
  call: Extract<PastePart, { type: "call" }>,
  texts: readonly string[],
  missing: string,
  knowledge: MacroKnowledge,
  depth: number,
  hasFlavor: HasFlavor | undefined,
): string {
  const definitions = knowledge.definitionsOf(call.macro);
  const [definition] = definitions;
  if (definitions.length !== 1 || definition?.result === undefined || depth > NESTED) return "*";
  const given = call.arguments.map(({ parts, end }, index) => {
    const bare = parts === undefined ? "*" : joined(parts, texts, missing, knowledge, depth + 1, hasFlavor);
    const [only, ...more] = parts ?? [];
    const text =
      only?.type === "text" && more.length === 0 && hasFlavor?.(only.text, call.macro, index, end) === true
        ? BEGINS + bare + FLAVORED
        : bare;
    return definition.pastes.some((paste) => joins(paste, index)) ? text : spelledAlone(text, knowledge);
  });
  return joined(definition.result, given, "", knowledge, depth + 1);
}

function joins({ parts }: Paste, index: number): boolean {
  return parts.some((part) => part.type === "parameter" && part.index === index);
}

/** All arguments from the last parameter on are one of several tokens when there are more of them. */
function ofVariadic({ uses, variadic }: MacroDefinition, texts: readonly string[]): readonly string[] {
  return variadic && texts.length > uses.length ? [...texts.slice(0, uses.length - 1), "*"] : texts;
}

/** How many macros a parameter is followed outwards through, and how many calls are told apart. */
const DEPTH = 4;
const CALLS = 2000;

/** {@link givenBy}, remembered for a use's own call. */
function givenOnce(use: MacroUse, given: readonly MacroArgument[], knowledge: Pasting, apart: boolean, depth: number): Given[] {
  if (given !== use.arguments) return givenBy(use, given, knowledge, apart, depth);
  const known = (knowledge.given[depth * 2 + Number(apart)] ??= new Map());
  const found = known.get(use) ?? givenBy(use, given, knowledge, apart, depth);
  known.set(use, found);
  return found;
}

/**
 * The texts of a call's arguments, with the places that they come from; one list per call of the macro that it stands in
 * when it hands on that one's parameters. `apart`: calls that give the same texts are told apart.
 */
function givenBy(use: MacroUse, given: readonly MacroArgument[], knowledge: Pasting, apart: boolean, depth: number): Given[] {
  const handsOn = given.some(hasParameter);
  const isInner: HasFlavor = (word, macro, index, end) =>
    !knowledge.isLeftAt(use.file, end) && knowledge.isToken(word, { file: use.file, macro, index, end });
  const from = (outer: Given | undefined, missing: string): Given => ({
    texts: given.map(({ parts, member, first, last, end }, index) => {
      const stays = given === use.arguments && knowledge.isLeft(use, index);
      const textOf = (some: readonly PastePart[], behind = end): string => {
        const text = joined(some, outer?.texts ?? [], missing, knowledge, 0, given === use.arguments ? isInner : undefined);
        return !stays && isFlavored(some, use, index, behind, knowledge) ? BEGINS + text + FLAVORED : text;
      };
      const called = parts === undefined ? undefined : wordOfCall(parts, depth, knowledge);
      if (called !== undefined) return SEVERAL + textOf([called]) + SEVERAL_LAST + unknownText(undefined) + SEVERAL_END;
      if (parts !== undefined) return textOf(parts);
      if (first === undefined && last === undefined) return unknownText(member);
      const begins = first === undefined ? "*" : textOf([first.part], first.end);
      return SEVERAL + begins + SEVERAL_LAST + (last === undefined ? unknownText(member) : textOf([last])) + SEVERAL_END;
    }),
    sources: given.map((argument) => sourceOf(use, given, argument, outer, knowledge)),
    origin: outer?.origin ?? use,
  });
  if (use.within === undefined || !handsOn) return [from(undefined, "")];
  const callers = knowledge.usesOf(use.within, use).filter((caller) => endsName(caller, knowledge));
  if (depth >= DEPTH || callers.length > CALLS) return [from(undefined, "*")];
  const outer = callers.flatMap((caller) =>
    callsOf(caller, knowledge).flatMap((call) => givenOnce(caller, call, knowledge, apart, depth + 1)),
  );
  const spelled = outer.flatMap((one) => spelledOut(one, knowledge));
  return (apart ? spelled : distinctTexts(spelled)).map((one) => from(one, ""));
}

/**
 * The word before the parentheses of an argument `word(…)` that stays as it is: what is pasted is not expanded before (ISO C
 * [cpp.concat]), and what is handed on to be pasted is only where the word is a macro.
 */
function wordOfCall([call, ...more]: readonly PastePart[], depth: number, knowledge: MacroKnowledge): PastePart | undefined {
  if (call?.type !== "call" || more.length > 0) return undefined;
  return depth === 0 || knowledge.definitionsOf(call.macro).length === 0 ? { type: "text", text: call.macro } : undefined;
}

/** What a macro hands on, with the words expanded that are macros themselves: these are not the words that stand in the call. */
function spelledOut(one: Given, knowledge: MacroKnowledge): Given[] {
  const ways = spelledArguments(one.texts, one.origin.file, knowledge, one.origin.within) ?? [
    one.texts.map((text) => (maySpell(text) ? "*" : text)),
  ];
  return ways.map((texts): Given => {
    const isSame = (text: string | undefined, at: number): boolean =>
      text !== undefined && text === one.texts[at] && !mayBeMacro(text, one.origin.file, knowledge);
    const sources = one.sources.map((source, at) => (isSame(texts[at], at) ? source : undefined));
    return { texts, sources, origin: one.origin };
  });
}

function unknownText(member: string | undefined): string {
  return member === undefined ? "*" : `*${MEMBER}${member}`;
}

function isFlavored(parts: readonly PastePart[], { macro, file }: MacroUse, index: number, end: number, { isToken }: Pasting): boolean {
  const [only] = parts;
  return parts.length === 1 && only?.type === "text" && isToken(only.text, { file, macro, index, end });
}

/** Where the text of an argument stands: in the call itself, or in a call of the macro around that does nothing but hand it on. */
function sourceOf(
  use: MacroUse,
  given: readonly MacroArgument[],
  argument: MacroArgument,
  outer: Given | undefined,
  knowledge: MacroKnowledge,
): Source | undefined {
  const { first } = argument;
  if (first?.part.type === "text" && given === use.arguments) return { use, argument: { ...argument, end: first.end } };
  const [part, ...more] = argument.parts ?? [];
  if (part === undefined || more.length > 0 || part.type === "call") return undefined;
  if (part.type === "text") return given === use.arguments ? { use, argument } : undefined;
  const definitions = use.within === undefined ? [] : knowledge.definitionsOf(use.within);
  const isHandedOn = definitions.length > 0 && definitions.every((definition) => isOnlyPassed(definition, part.index));
  return isHandedOn ? outer?.sources[part.index] : undefined;
}

/** Whether a parameter is handed on once, and does nothing else. */
function isOnlyPassed({ uses, pastes }: MacroDefinition, index: number): boolean {
  const use = uses[index];
  const isPasted = pastes.some(({ parts }) => parts.some((part) => part.type === "parameter" && part.index === index));
  return use !== undefined && !isPasted && !use.namespace && !use.other && !use.string && !use.whole && use.passed.length === 1;
}

function distinctTexts(lists: readonly Given[]): Given[] {
  return [...new Map(lists.map((list) => [keyOf(list), list])).values()];
}

/** The file tells lists apart only where macros that stand for words may hold in one alone. */
function keyOf({ texts, origin }: Given): string {
  return texts.some(maySpell) ? `${origin.file}\0${texts.join("\0")}` : texts.join("\0");
}
