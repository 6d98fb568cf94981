/**
 * Owns macros that stand for a word in one branch and make a longer name of it in another: `TYPE(x)` is `x`, or `x_float` by way of a join. The
 * words in the calls stay, and the flavor goes into the branches that stand for the word; the other branches' names get it where they are built.
 */
import type { MacroKnowledge } from "./macro-knowledge.js";
import type { FlavoredBodies } from "./flavored-bodies.js";
import type { ArgumentPlace, Insertion, LeftPlace, MacroArgument, MacroDefinition, MacroUse, PassedOn } from "./macro-model.js";
import { isOnlyPasted, type MadeBy } from "./pasted-only.js";
import { DEEPEST, isReplaced } from "./word-meanings.js";

/** So many macros around a chain are looked into. */
const MOST = 64;

/** A macro's parameter. */
interface Handing {
  readonly definition: MacroDefinition;
  readonly index: number;
}

/** A word in a call that arrives at one of the parameters. */
interface Word {
  readonly text: string;
  readonly place: ArgumentPlace;
  /** Whether nothing but a string is made of what the macro gives. */
  readonly isText: boolean;
}

export type WholeResults = FlavoredBodies & {
  /** Names of the tree that would stay, and must get the flavor for it. */
  readonly along: readonly string[];
};

/**
 * For the chains that build a wrong name of a word which has the flavor already: where each macro that hands the word on, and that also
 * stands for it, gets nothing but renamed names, or such that may go along. Nothing where one call hands in another word, or one that
 * cannot be told.
 */
export function wholeResults(
  wrong: readonly MadeBy[],
  knowledge: MacroKnowledge,
  isToken: (name: string, place: ArgumentPlace) => boolean,
  mayGo: (name: string) => boolean,
  suffix: string,
): WholeResults {
  const insertions = new Map<string, Insertion>();
  const left = new Map<string, LeftPlace>();
  const along = new Set<string>();
  for (const { definition, paste } of wrong)
    for (const part of paste.parts) {
      const mixed = part.type === "parameter" ? mixedAround(definition, part.index, knowledge) : [];
      const words = standsForWords(mixed, knowledge) ? wordsOf(mixed, knowledge) : undefined;
      if (words === undefined || words.some(({ text, place }) => isReplaced(text, place.file, knowledge))) continue;
      const others = words.filter(({ text, place, isText }) => !isText && !isToken(text, place)).map(({ text }) => text);
      if (!others.every(mayGo)) continue;
      for (const name of others) along.add(name);
      const names = [...new Set(words.map(({ text }) => text))].toSorted();
      for (const one of mixed.flatMap(allDefinitions(knowledge)))
        for (const offset of wholePlaces(one, knowledge, mixed))
          insertions.set(`${one.definition.file}/${offset}`, { file: one.definition.file, offset, text: `##${suffix}`, names });
      for (const { place } of words) left.set(`${place.file}/${place.end}`, { file: place.file, offset: place.end });
    }
  return { insertions: [...insertions.values()], left: [...left.values()], along: [...along] };
}

/** The words that {@link wholeResults} may ask about. */
export function wordsAround(wrong: readonly MadeBy[], knowledge: MacroKnowledge): string[] {
  const found = wrong.flatMap(({ definition, paste }) =>
    paste.parts.flatMap((part) => {
      const mixed = part.type === "parameter" ? mixedAround(definition, part.index, knowledge) : [];
      return standsForWords(mixed, knowledge) ? (wordsOf(mixed, knowledge) ?? []) : [];
    }),
  );
  return [...new Set(found.map(({ text }) => text))];
}

/** The macros around the chain's own from which its parameter gets its word, of those that do more with it than to hand it to chains. */
function mixedAround(inner: MacroDefinition, at: number, knowledge: MacroKnowledge): Handing[] {
  const seen = new Map<string, Handing>();
  const wait: Handing[] = [{ definition: inner, index: at }];
  for (let next = wait.pop(); next !== undefined && seen.size < MOST; next = wait.pop()) {
    const key = `${next.definition.name}/${next.index}`;
    if (seen.has(key)) continue;
    seen.set(key, next);
    for (const use of usesOf(next, knowledge)) {
      const index = parameterOf(use.arguments?.[next.index]);
      const around = index === undefined || use.within === undefined ? undefined : knowledge.definitionsIn(use.within, use.file)[0];
      if (index !== undefined && around !== undefined) wait.push({ definition: around, index });
    }
  }
  const mixed = [...seen.values()].filter(({ definition: { name, file }, index }) => !isOnlyPasted(name, index, file, knowledge));
  return mixed.some(({ definition: { name }, index }) => name === inner.name && index === at) ? [] : mixed;
}

/** Whether a branch of one of the macros is the word and nothing else, and none uses the word whole and in another way at once. */
function standsForWords(mixed: readonly Handing[], knowledge: MacroKnowledge): boolean {
  const all = mixed.flatMap(allDefinitions(knowledge));
  const isWord = ({ definition: { result }, index }: Handing): boolean =>
    result?.length === 1 && result[0]?.type === "parameter" && result[0].index === index;
  return all.some(isWord) && all.every((one) => wholePlaces(one, knowledge, mixed).length === 0 || isOnlyPlace(one));
}

function isOnlyPlace({ definition: { uses, pastes }, index }: Handing): boolean {
  const isPasted = pastes.some(({ parts }) => parts.some((part) => part.type === "parameter" && part.index === index));
  return uses[index]?.places.length === 1 && !isPasted;
}

/** The words of all calls, also of those that stand in macros; undefined where some call hands in anything else. */
function wordsOf(mixed: readonly Handing[], knowledge: MacroKnowledge): Word[] | undefined {
  const names = new Set(mixed.map(({ definition, index }) => `${definition.name}/${index}`));
  const isText = new Set(mixed.flatMap((one) => (makesText(one, knowledge) ? [one.definition.name] : [])));
  const found: Word[] = [];
  for (const one of mixed)
    for (const use of usesOf(one, knowledge)) {
      const { macro, file, within } = use;
      if (use.arguments === undefined && use.place === "other") continue;
      const argument = use.arguments?.[one.index];
      const text = textOf(argument);
      const index = parameterOf(argument);
      if (argument !== undefined && text !== undefined)
        found.push({ text, place: { file, macro, index: one.index, end: argument.end }, isText: isText.has(macro) });
      else if (index === undefined || within === undefined || !(names.has(`${within}/${index}`) || hasNoUse(within, use, knowledge)))
        return undefined;
    }
  return found;
}

/** `NAME(x)` that is `TEXT(TYPE(x))`: whether all that is done with the parameter ends as a string. */
function makesText({ definition, index }: Handing, knowledge: MacroKnowledge): boolean {
  const { name, file } = definition;
  return knowledge.definitionsIn(name, file).every(({ uses, pastes }) => {
    const use = uses[index];
    if (use === undefined || pastes.length > 0 || use.places.length > use.passed.length) return false;
    return use.passed.every((to) => {
      const calls = knowledge
        .definitionsOf(to.macro)
        .flatMap((one) => knowledge.usesOf(to.macro, one))
        .filter(({ within }) => within === name);
      return calls.length > 0 && calls.every(({ inside }) => inside !== undefined && isString(inside, file, knowledge, DEEPEST));
    });
  });
}

/** Whether every definition makes a string of the argument, or hands it on to one that does, and no more. */
function isString({ macro, index }: PassedOn, file: number, knowledge: MacroKnowledge, depth: number): boolean {
  const definitions = knowledge.definitionsIn(macro, file);
  const isDone = ({ uses, pastes }: MacroDefinition): boolean => {
    const use = uses[index];
    if (use === undefined || use.places.length > use.passed.length || pastes.length > 0) return false;
    return (use.string || use.passed.length > 0) && use.passed.every((to) => isString(to, file, knowledge, depth - 1));
  };
  return depth > 0 && definitions.length > 0 && definitions.every(isDone);
}

function hasNoUse(macro: string, from: MacroUse, knowledge: MacroKnowledge): boolean {
  return knowledge.usesOf(macro, from).length === 0;
}

function usesOf({ definition }: Handing, knowledge: MacroKnowledge): readonly MacroUse[] {
  return knowledge.usesOf(definition.name, definition);
}

/** All definitions of the macro that calls may mean. */
function allDefinitions(knowledge: MacroKnowledge): (one: Handing) => Handing[] {
  return ({ definition: { name, file }, index }) => knowledge.definitionsIn(name, file).map((definition) => ({ definition, index }));
}

/** Where the definition stands for the word itself: not where it is pasted, nor where it goes to a macro that is looked at, too. */
function wholePlaces({ definition, index }: Handing, knowledge: MacroKnowledge, mixed: readonly Handing[]): readonly number[] {
  const use = definition.uses[index];
  const handed = new Set((use?.passed ?? []).filter((to) => takesOver(to, definition.file, knowledge, mixed)).map(({ end }) => end));
  return (use?.places ?? []).filter((offset) => !handed.has(offset));
}

function takesOver({ macro, index }: PassedOn, file: number, knowledge: MacroKnowledge, mixed: readonly Handing[]): boolean {
  return isOnlyPasted(macro, index, file, knowledge) || mixed.some((one) => one.definition.name === macro && one.index === index);
}

function parameterOf(argument: MacroArgument | undefined): number | undefined {
  const [only, ...more] = argument?.parts ?? [];
  return only?.type === "parameter" && more.length === 0 ? only.index : undefined;
}

function textOf(argument: MacroArgument | undefined): string | undefined {
  const [only, ...more] = argument?.parts ?? [];
  return only?.type === "text" && more.length === 0 ? only.text : undefined;
}
