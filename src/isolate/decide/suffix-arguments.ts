/**
 * Owns macros that build names of which some get the flavor and others stay: `NAME(x)` with `x##_fixed` in one branch and `x` in the
 * other. They get one argument more, which is pasted behind the name; calls that build a renamed name hand the flavor in by it.
 */
import type { MacroKnowledge } from "./macro-knowledge.js";
import type { Insertion, LeftPlace, MacroDefinition, MacroUse, PastePart } from "./macro-model.js";
import type { BuildingChain, RenamedNames } from "./macro-pastes.js";
import { isReplaced } from "./word-meanings.js";

export interface SuffixArguments {
  readonly insertions: readonly Insertion[];
  /** Words in calls that stay as they are. */
  readonly left: readonly LeftPlace[];
  readonly along?: readonly string[];
}

/** A definition whose whole body is the name that it builds. */
interface Builder {
  readonly definition: MacroDefinition;
  readonly result: readonly PastePart[];
  /** Byte offset behind the body. */
  readonly end: number;
}

type Names = Pick<RenamedNames, "has" | "isLimited">;

/** For the macros of chains that no other way decides; undefined where this one does not either. */
export function suffixArguments(
  chains: readonly BuildingChain[],
  knowledge: MacroKnowledge,
  names: Names,
  spelled: ReadonlySet<string>,
  suffix: string,
): SuffixArguments | undefined {
  const insertions = new Map<string, Insertion>();
  const left: LeftPlace[] = [];
  const seen = new Set<string>();
  for (const chain of chains) {
    for (const use of knowledge.usesOf(chain.definition.name, chain.definition)) {
      const key = `${use.file}/${use.offset}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const builders = knowledge.definitionsIn(use.macro, use.file).map(builderOf);
      if (builders.length === 0 || !builders.every((one) => one !== undefined)) return undefined;
      const word = wordOf(use);
      if (word === undefined) {
        if (buildsRenamed(chains, use, names)) return undefined;
        continue;
      }
      const built = builders.map(({ result }) => nameFrom(result, word.text));
      const gets = (name: string): boolean => names.has(name) && !(use.member && names.isLimited(name));
      if (!built.some(gets)) continue;
      if (built.some((name) => !gets(name) && spelled.has(name))) return undefined;
      if (isReplaced(word.text, use.file, knowledge)) return undefined;
      for (const { definition, end } of builders) {
        const { file, close = end } = definition;
        insertions.set(`${file}/${close}`, { file, offset: close, text: ", ...", names: [] });
        insertions.set(`${file}/${end}`, { file, offset: end, text: " ## __VA_ARGS__", names: [] });
      }
      insertions.set(`${use.file}/${word.end}`, {
        file: use.file,
        offset: word.end,
        text: `, ${suffix}`,
        names: [...new Set(built.filter(gets))].toSorted(),
      });
      left.push({ file: use.file, offset: word.end });
    }
  }
  return insertions.size === 0 ? undefined : { insertions: [...insertions.values()], left };
}

function builderOf(definition: MacroDefinition): Builder | undefined {
  const { parameters, variadic, result, uses, pastes, close } = definition;
  if (parameters?.length !== 1 || variadic || result === undefined || close === undefined) return undefined;
  const given = result.filter(({ type }) => type === "parameter").length;
  if (given !== 1 || result.some(({ type }) => type === "call")) return undefined;
  const end = result.length === 1 ? uses[0]?.places[0] : pastes[0]?.end;
  return end === undefined ? undefined : { definition, result, end };
}

/** The word that is the only argument of a use. */
function wordOf({ arguments: given }: MacroUse): { readonly text: string; readonly end: number } | undefined {
  const [only, ...others] = given ?? [];
  const [part, ...more] = only?.parts ?? [];
  return only === undefined || others.length + more.length > 0 || part?.type !== "text" ? undefined : { text: part.text, end: only.end };
}

function nameFrom(result: readonly PastePart[], word: string): string {
  return result.map((part) => (part.type === "text" ? part.text : word)).join("");
}

/** Whether what a use builds, which is handed more than a word, is a renamed name or may be one. */
function buildsRenamed(chains: readonly BuildingChain[], use: MacroUse, names: Names): boolean {
  return chains.some(({ built }) => built.some((one) => one.use === use && (one.name.includes("*") || names.has(one.name))));
}
