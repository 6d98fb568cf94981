/** Owns what the calls of a macro give its parameters, followed outwards through the macros that hand theirs on, and where that comes from. */
import { type Choice, choicesFor, type HasFlavor, joined } from "./joined-text.js";
import { hasParameter, type MacroKnowledge } from "./macro-knowledge.js";
import type { ArgumentPlace, MacroArgument, MacroDefinition, MacroUse, PastePart } from "./macro-model.js";
import { flavoredText, severalText, unknownText } from "./name-text.js";
import { isOnlyPasted } from "./pasted-only.js";
import { spelledArguments } from "./spelled-arguments.js";
import { mayBeMacro, maySpell, mayStand } from "./word-meanings.js";

/** A plain word or number that a call gives, and that goes nowhere but into the paste. */
export interface Source {
  readonly use: MacroUse;
  readonly argument: MacroArgument;
  /** Whether it is put together itself: `word##parameter`, the same for several names. */
  readonly pasted?: true;
}

/** The values of a macro's parameters in one call. */
export interface Given {
  readonly texts: readonly string[];
  readonly sources: readonly (Source | undefined)[];
  /** The call, and those of the macros around it whose parameters it hands on: the outermost one last. */
  readonly trail: readonly MacroUse[];
}

function originOf({ trail }: Given): MacroUse {
  return trail.at(-1) as MacroUse;
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

/** What was found, by what is known of macros. */
const ending = new WeakMap<MacroKnowledge["definitionsIn"], WeakMap<MacroUse, boolean>>();

/** Whether what a call builds is not a part of what the call around builds of it: `CAT(CAT(a, b), c)`. */
export function endsName(use: MacroUse, knowledge: MacroKnowledge): boolean {
  const { inside, file } = use;
  if (inside === undefined) return true;
  const found = ending.get(knowledge.definitionsIn) ?? new WeakMap<MacroUse, boolean>();
  ending.set(knowledge.definitionsIn, found);
  const known = found.get(use) ?? !isOnlyPasted(inside.macro, inside.index, file, knowledge);
  found.set(use, known);
  return known;
}

/** The argument lists that a macro gets where its name stands: of the call there, or of the calls of the parameter that it is handed to. */
export function callsOf(use: MacroUse, knowledge: MacroKnowledge): (readonly MacroArgument[])[] {
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

/** How many macros a parameter is followed outwards through, and how many calls are told apart. */
const DEPTH = 4;
const CALLS = 2000;
/** … of a join, which says nothing of a name itself. */
const CALLS_OF_JOINS = 8000;

/** {@link givenBy}, remembered for a use's own call. */
export function givenOnce(use: MacroUse, given: readonly MacroArgument[], knowledge: Pasting, apart: boolean, depth: number): Given[] {
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
  const choices =
    handsOn && apart
      ? choicesFor(
          given.map(({ parts }) => parts),
          use.file,
          knowledge,
        )
      : [undefined];
  const all = (outer: Given | undefined, missing: string): Given[] => choices.map((choice) => from(outer, missing, choice));
  const from = (outer: Given | undefined, missing: string, choice: Choice | undefined): Given => ({
    texts: given.map(({ parts, member, first, last, end }, index) => {
      const stays = given === use.arguments && knowledge.isLeft(use, index);
      const textOf = (some: readonly PastePart[], behind = end): string => {
        const text = joined(some, outer?.texts ?? [], missing, knowledge, 0, given === use.arguments ? isInner : undefined, choice);
        return !stays && isFlavored(some, use, index, behind, knowledge) ? flavoredText(text) : text;
      };
      const called = parts === undefined ? undefined : wordOfCall(parts, depth, knowledge);
      if (called !== undefined) return severalText(textOf([called]), unknownText(undefined));
      if (parts !== undefined) return textOf(parts);
      if (first === undefined && last === undefined) return unknownText(member);
      const begins = first === undefined ? "*" : textOf([first.part], first.end);
      return severalText(begins, last === undefined ? unknownText(member) : textOf([last]));
    }),
    sources: given.map((argument) => sourceOf(use, given, argument, outer, depth, knowledge)),
    trail: [use, ...(outer?.trail ?? [])],
  });
  if (use.within === undefined || !handsOn) return all(undefined, "");
  const callers = knowledge.usesOf(use.within, use).filter((caller) => endsName(caller, knowledge));
  if (depth >= DEPTH || callers.length > (apart ? CALLS_OF_JOINS : CALLS)) return all(undefined, "*");
  const outer = callers.flatMap((caller) =>
    callsOf(caller, knowledge).flatMap((call) => givenOnce(caller, call, knowledge, apart, depth + 1)),
  );
  const spelled = outer.flatMap((one) => spelledOut(one, knowledge));
  return (apart ? spelled : distinctTexts(spelled, knowledge)).flatMap((one) => all(one, ""));
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
  const origin = originOf(one);
  const ways = spelledArguments(one.texts, origin.file, knowledge, origin.within) ?? [
    one.texts.map((text) => (maySpell(text) ? "*" : text)),
  ];
  return ways.map((texts): Given => {
    const isSame = (text: string | undefined, at: number): boolean =>
      text !== undefined && text === one.texts[at] && !mayBeMacro(text, origin.file, knowledge);
    const sources = one.sources.map((source, at) => (isSame(texts[at], at) ? source : undefined));
    return { texts, sources, trail: one.trail };
  });
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
  depth: number,
  knowledge: MacroKnowledge,
): Source | undefined {
  const { first } = argument;
  if (first?.part.type === "text" && given === use.arguments) return { use, argument: { ...argument, end: first.end } };
  const [part, ...more] = argument.parts ?? [];
  if (more.length > 0 && given === use.arguments) return { use, argument, pasted: true };
  if (part === undefined || more.length > 0) return undefined;
  if (part.type === "call") {
    const isWord = given === use.arguments && wordOfCall([part], depth, knowledge) !== undefined;
    if (isWord) return { use, argument: { ...argument, end: part.end } };
    const last = lastOfCall(part, use.file, knowledge);
    return last === undefined ? undefined : sourceOf(use, given, last, outer, depth, knowledge);
  }
  if (part.type === "text") return given === use.arguments ? { use, argument } : undefined;
  const definitions = use.within === undefined ? [] : knowledge.definitionsOf(use.within);
  const isHandedOn = definitions.length > 0 && definitions.every((definition) => isOnlyPassed(definition, part.index));
  return isHandedOn ? outer?.sources[part.index] : undefined;
}

/** The argument of `CAT(a, b)` that ends what the call gives, where nothing else is done with it. */
function lastOfCall({ macro, arguments: list }: MacroCall, file: number, knowledge: MacroKnowledge): MacroArgument | undefined {
  const ends = new Set(
    knowledge.definitionsIn(macro, file).map(({ result }) => {
      const last = result?.at(-1);
      return last?.type === "parameter" ? last.index : -1;
    }),
  );
  const [index = -1] = ends;
  return ends.size === 1 && index >= 0 && isOnlyPasted(macro, index, file, knowledge) ? list[index] : undefined;
}

type MacroCall = Extract<PastePart, { type: "call" }>;

/** Whether a parameter is handed on once, and does nothing else. */
function isOnlyPassed({ uses, pastes }: MacroDefinition, index: number): boolean {
  const use = uses[index];
  const isPasted = pastes.some(({ parts }) => parts.some((part) => part.type === "parameter" && part.index === index));
  return use !== undefined && !isPasted && !use.namespace && !use.other && !use.string && !use.whole && use.passed.length === 1;
}

function distinctTexts(lists: readonly Given[], knowledge: MacroKnowledge): Given[] {
  return [...new Map(lists.map((list) => [keyOf(list, knowledge), list])).values()];
}

/** The file tells lists apart only where macros that stand for words may hold in one alone. */
function keyOf(given: Given, knowledge: MacroKnowledge): string {
  const { texts } = given;
  const { file } = originOf(given);
  return texts.some((text) => mayStand(text, file, knowledge)) ? `${file}\0${texts.join("\0")}` : texts.join("\0");
}
