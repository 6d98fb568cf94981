/** Owns words in calls that macros do nothing with but make longer names of: the word itself is not meant. */
import type { MacroKnowledge } from "./macro-knowledge.js";
import type { ArgumentPlace, LeftPlace, MacroArgument, MacroDefinition, MacroUse, ParameterUse, Paste, PastePart } from "./macro-model.js";

/** How far macros that hand on their parameters are followed. */
const DEEPEST = 8;

/** A macro's chain of `##`. */
export interface MadeBy {
  readonly definition: MacroDefinition;
  readonly paste: Paste;
}

/** The arguments of calls that reach these chains, that would get the flavor where they stand, and that nothing else is done with. */
export function pastedOnly(
  chains: readonly MadeBy[],
  knowledge: MacroKnowledge,
  isToken: (name: string, place: ArgumentPlace) => boolean,
): LeftPlace[] {
  const found = new Map<string, LeftPlace>();
  const seen = new Set<string>();
  function follow(uses: readonly MacroUse[], index: number, begins: boolean): void {
    for (const use of uses) {
      if (use.arguments === undefined) handed(use, index);
      const argument = use.arguments?.[index];
      const key = `${use.file}/${use.offset}/${index}`;
      if (argument === undefined || seen.has(key) || !isOnlyPasted(use.macro, index, use.file, knowledge)) continue;
      seen.add(key);
      const only = pastedWord(argument, begins);
      if (only === undefined) continue;
      if (only.type === "text" && isToken(only.text, { file: use.file, macro: use.macro, index, end: argument.end }))
        found.set(`${use.file}/${argument.end}`, { file: use.file, offset: argument.end });
      else if (only.type === "call") inside(only, use.file);
      else if (only.type === "parameter" && use.within !== undefined) follow(knowledge.usesOf(use.within, use), only.index, begins);
    }
  }
  /** The words in calls of a parameter to which nothing but macros are handed that do no more with them. */
  function handed({ place, file, local }: MacroUse, index: number): void {
    if (typeof place === "string" || "alone" in place) return;
    const { macro, index: at } = place;
    const names = knowledge.usesOf(macro, { file, local }).map((use) => use.arguments?.[at]?.parts?.[0]);
    if (!names.every((part) => part?.type === "text" && isOnlyPasted(part.text, index, file, knowledge))) return;
    for (const definition of knowledge.definitionsOf(macro))
      for (const call of definition.uses[at]?.calls ?? []) {
        const { parts, end } = call[index] ?? {};
        const [only, ...more] = parts ?? [];
        if (only?.type !== "text" || more.length > 0 || end === undefined) continue;
        if (isToken(only.text, { file: definition.file, macro: definition.name, index, end }))
          found.set(`${definition.file}/${end}`, { file: definition.file, offset: end });
      }
  }
  /** The words in a call that is an argument. */
  function inside({ macro, arguments: given }: Extract<PastePart, { type: "call" }>, file: number): void {
    for (const [index, { parts, end }] of given.entries()) {
      const [only, ...more] = parts ?? [];
      if (only === undefined || more.length > 0 || !isOnlyPasted(macro, index, file, knowledge)) continue;
      if (only.type === "call") inside(only, file);
      else if (only.type === "text" && isToken(only.text, { file, macro, index, end })) found.set(`${file}/${end}`, { file, offset: end });
    }
  }
  for (const { definition, paste } of chains)
    for (const [at, part] of paste.parts.entries())
      if (part.type === "parameter") follow(knowledge.usesOf(definition.name, definition), part.index, at === 0);
  return [...found.values()];
}

/** The word at the end of the argument that is pasted: all of it, or of several tokens the last one, where it `begins` the name. */
function pastedWord({ parts, last }: MacroArgument, begins: boolean): PastePart | undefined {
  if (parts === undefined) return begins ? last : undefined;
  return parts.length === 1 ? parts[0] : undefined;
}

/** Whether every definition that the file sees pastes the argument, or hands it on to one that does, and no more. */
export function isOnlyPasted(macro: string, index: number, file: number, knowledge: MacroKnowledge, depth = DEEPEST): boolean {
  const definitions = knowledge.definitionsIn(macro, file);
  return (
    depth > 0 &&
    definitions.length > 0 &&
    definitions.every(({ uses, pastes }) => {
      const use = uses[index];
      if (use === undefined || !isNothingElse(use)) return false;
      const isPasted = pastes.some(({ parts }) => parts.some((part) => part.type === "parameter" && part.index === index));
      const isHandedOn = use.passed.every((to) => isOnlyPasted(to.macro, to.index, file, knowledge, depth - 1));
      return isHandedOn && (isPasted || use.passed.length > 0);
    })
  );
}

function isNothingElse({ namespace, string, other, whole, calls, places, passed }: ParameterUse): boolean {
  return !namespace && !string && !other && !whole && calls.length === 0 && places.length <= passed.length;
}
