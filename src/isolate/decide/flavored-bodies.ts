/** Owns macros that use an argument both whole and in a longer name: the flavor goes into the macro, and the words in the calls stay. */
import type { MacroKnowledge } from "./macro-knowledge.js";
import type { ArgumentPlace, Insertion, LeftPlace, MacroArgument, MacroDefinition, MacroUse } from "./macro-model.js";

/** What a change of macros comes to. */
export interface FlavoredBodies {
  /** Behind each whole use of a parameter in a macro's body, and behind strings of it that are symbols' names. */
  readonly insertions: readonly Insertion[];
  /** Arguments that stay as they are. */
  readonly left: readonly LeftPlace[];
}

/**
 * For the macros of which a call builds a wrong name since an argument has the flavor already: every parameter that is pasted
 * and stands whole, too, when all definitions and all calls are known and every call hands in a renamed name.
 */
export function flavoredBodies(
  wrong: readonly MacroDefinition[],
  knowledge: MacroKnowledge,
  isToken: (name: string, place: ArgumentPlace) => boolean,
  suffix: string,
): FlavoredBodies {
  const insertions = new Map<string, Insertion>();
  const left = new Map<string, LeftPlace>();
  for (const definition of wrong) {
    const all = definitionsBeside(definition, knowledge);
    const uses = knowledge.usesOf(definition.name, definition);
    for (const index of bothWays(definition, all ?? [])) {
      const given = all === undefined ? undefined : argumentsOf(uses, index);
      if (
        all === undefined ||
        given === undefined ||
        !given.every(({ use, argument }) => isToken(wordOf(argument) ?? "", { file: use.file, macro: use.macro, index, end: argument.end }))
      )
        continue;
      const names = [...new Set(given.map(({ argument }) => wordOf(argument) ?? ""))].toSorted();
      for (const { file, uses: parameters } of all) {
        const { places = [], symbols = [] } = parameters[index] ?? {};
        for (const offset of places) insertions.set(`${file}/${offset}`, { file, offset, text: `##${suffix}`, names });
        for (const offset of symbols) insertions.set(`${file}/${offset}`, { file, offset, text: ` "${suffix}"`, names });
      }
      for (const { use, argument } of given) left.set(`${use.file}/${argument.end}`, { file: use.file, offset: argument.end });
    }
  }
  return { insertions: [...insertions.values()], left: [...left.values()] };
}

/** The parameters that the definition pastes, and that stand in other places or in symbols' names, too: of this definition, or of one of `all`. */
function bothWays(definition: MacroDefinition, all: readonly MacroDefinition[]): number[] {
  return definition.uses.flatMap((_, index) => {
    const isPasted = definition.pastes.some(({ parts }) => parts.some((part) => part.type === "parameter" && part.index === index));
    return isPasted && [definition, ...all].some((one) => isWhole(one, index)) ? [index] : [];
  });
}

function isWhole({ uses }: MacroDefinition, index: number): boolean {
  const { places = [], symbols = [] } = uses[index] ?? {};
  return places.length + symbols.length > 0;
}

/** All definitions that the calls may mean; undefined when some of them other files may not see. */
function definitionsBeside({ name, file, local, parameters }: MacroDefinition, knowledge: MacroKnowledge): MacroDefinition[] | undefined {
  const found = knowledge.definitionsOf(name).filter((other) => !local || !other.local || other.file === file);
  const isAlike = (other: MacroDefinition): boolean => other.local === local && other.parameters?.length === parameters?.length;
  return found.length > 0 && found.every(isAlike) ? found : undefined;
}

/** The argument of every use; undefined when one has none, or hands on another macro's parameter. */
function argumentsOf(uses: readonly MacroUse[], index: number): { readonly use: MacroUse; readonly argument: MacroArgument }[] | undefined {
  const found = uses.map((use) => ({ use, argument: use.arguments?.[index] }));
  return found.every((one): one is { use: MacroUse; argument: MacroArgument } => wordOf(one.argument) !== undefined) ? found : undefined;
}

function wordOf(argument: MacroArgument | undefined): string | undefined {
  const [only, ...more] = argument?.parts ?? [];
  return only?.type === "text" && more.length === 0 ? only.text : undefined;
}
