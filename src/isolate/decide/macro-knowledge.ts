/** Owns what the parts of a tree told about macros, and the rounds of questions until nothing is missing. */
import type { MacroAnswer, MacroArgument, MacroDefinition, MacroQuestion, MacroUse } from "./macro-model.js";

/** Asks all parts of the tree. */
export type AskMacros = (question: MacroQuestion) => Promise<readonly MacroAnswer[]>;

/** How often a macro may be handed on to another until its meaning counts as unknown. */
const ROUNDS = 8;

export interface MacroKnowledge {
  readonly definitionsOf: (macro: string) => readonly MacroDefinition[];
  readonly usesOf: (macro: string) => readonly MacroUse[];
}

/** Collects definitions and uses of the macros of `first`, and of those that these hand words on to or are used in. */
export async function collectMacros(first: MacroQuestion, ask: AskMacros): Promise<MacroKnowledge> {
  const definitions = new Map<string, MacroDefinition[]>();
  const uses = new Map<string, MacroUse[]>();
  let wanted = first;
  for (let round = 0; round < ROUNDS && wanted.definitions.length + wanted.uses.length > 0; round++) {
    for (const name of wanted.definitions) definitions.set(name, []);
    for (const name of wanted.uses) uses.set(name, []);
    const answers = await ask(wanted);
    const next = { definitions: new Set<string>(), uses: new Set<string>() };
    for (const definition of answers.flatMap((answer) => answer.definitions)) {
      definitions.get(definition.name)?.push(definition);
      for (const { macro } of definition.uses.flatMap(({ passed }) => passed)) next.definitions.add(macro);
    }
    for (const use of answers.flatMap((answer) => answer.uses)) {
      uses.get(use.macro)?.push(use);
      for (const macro of (use.arguments ?? []).flatMap(called)) next.definitions.add(macro);
      if (typeof use.place === "object") {
        if ("alone" in use.place) next.uses.add(use.place.alone);
        else next.definitions.add(use.place.macro);
      }
      if (use.within !== undefined && handsOn(use)) next.uses.add(use.within);
    }
    wanted = {
      definitions: [...next.definitions].filter((name) => !definitions.has(name)).toSorted(),
      uses: [...next.uses].filter((name) => !uses.has(name)).toSorted(),
    };
  }
  sortByPlace(definitions);
  sortByPlace(uses);
  return { definitionsOf: (macro) => definitions.get(macro) ?? [], usesOf: (macro) => uses.get(macro) ?? [] };
}

function handsOn(use: MacroUse): boolean {
  return use.arguments?.some(hasParameter) === true;
}

/** Whether an argument holds a parameter of the macro around it. */
export function hasParameter({ parts }: MacroArgument): boolean {
  return parts?.some((part) => part.type === "parameter" || (part.type === "call" && part.arguments.some(hasParameter))) === true;
}

/** The macros that an argument calls. */
function called({ parts }: MacroArgument): string[] {
  return (parts ?? []).flatMap((part) => (part.type === "call" ? [part.macro, ...part.arguments.flatMap(called)] : []));
}

/** So that the result does not depend on which part answered first. */
function sortByPlace(lists: ReadonlyMap<string, { readonly file: number; readonly offset: number }[]>): void {
  for (const list of lists.values()) list.sort((a, b) => a.file - b.file || a.offset - b.offset);
}
