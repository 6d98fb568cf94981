/** Owns which names a chain of `##` builds in the calls of the tree, and where the words at their ends stand. */
import { callsOf, endsName, givenOnce, type Pasting, type Source } from "./given-texts.js";
import { joined, NESTED } from "./joined-text.js";
import { hasParameter, type MacroKnowledge } from "./macro-knowledge.js";
import type { MacroDefinition, MacroUse, PassedOn, Paste } from "./macro-model.js";
import { type NameText, nameText } from "./name-text.js";

/** A name that a call builds: all of it, or what is known of it (`*` for an argument of several tokens). */
export interface Built extends NameText {
  /** The call that gave the arguments. */
  readonly use: MacroUse;
  /** That call, and those of the macros around it whose parameters it hands on: the last one gave none of a macro around it. */
  readonly trail: readonly MacroUse[];
  /** The argument at the end of the name, when it is the whole of the last part, with the call that it stands in. */
  readonly last: Source | undefined;
  /** What the parameters of the macro stand for, and where that comes from. */
  readonly texts: readonly string[];
  readonly sources: readonly (Source | undefined)[];
}

/** Whether all of the name comes from the calls: `a##b`. */
export function isJoin({ parts }: Paste): boolean {
  return parts.every((part) => part.type === "parameter");
}

/** The names that the calls of the tree build by a chain. */
export function namesBuilt(definition: MacroDefinition, paste: Paste, knowledge: Pasting): Built[] {
  if (definition.parameters === undefined) {
    return visibleUses(definition, knowledge).map((use) =>
      Object.assign(nameText(joined(paste.parts, [], "", knowledge)), { use, trail: [use], last: undefined, texts: [], sources: [] }),
    );
  }
  const tail = paste.parts.at(-1);
  return visibleUses(definition, knowledge).flatMap((use) =>
    callsOf(use, knowledge).flatMap((given) =>
      givenOnce(use, given, knowledge, isJoin(paste), 0).map(({ texts, sources, trail }) =>
        Object.assign(nameText(joined(paste.parts, ofVariadic(definition, texts), "", knowledge)), {
          use,
          trail,
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

/** All arguments from the last parameter on are one of several tokens when there are more of them. */
function ofVariadic({ uses, variadic }: MacroDefinition, texts: readonly string[]): readonly string[] {
  return variadic && texts.length > uses.length ? [...texts.slice(0, uses.length - 1), "*"] : texts;
}
