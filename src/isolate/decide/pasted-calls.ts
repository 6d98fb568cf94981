/** Owns calls of macros whose names `##` builds: `DECODER_##enabled(name)` calls `DECODER_0` or `DECODER_1`. */
import type { MacroKnowledge } from "./macro-knowledge.js";
import type { MacroDefinition, MacroUse, Paste, WantedUses } from "./macro-model.js";

/** A chain that a `(` follows. */
interface PastedCall {
  readonly definition: MacroDefinition;
  readonly paste: Paste;
  readonly pattern: RegExp;
}

export interface PastedCalls {
  /** Macros whose bodies call one of these by such a chain: their own uses tell what it gets. */
  readonly wanted: (macros: readonly MacroDefinition[]) => readonly (WantedUses & { readonly local: boolean })[];
  /** The knowledge with such calls among the uses. */
  readonly joinedTo: (knowledge: MacroKnowledge) => MacroKnowledge;
}

/** The calls in the definitions that paste. */
export function pastedCalls(pasting: readonly MacroDefinition[]): PastedCalls {
  const calls = pasting.flatMap((definition) => definition.pastes.flatMap((paste) => callOf(definition, paste) ?? []));
  const found = (macro: string, knowledge: MacroKnowledge): readonly MacroUse[] => {
    const lengths = new Set(knowledge.definitionsOf(macro).map(({ parameters }) => parameters?.length));
    return calls.flatMap((call) => (call.pattern.test(macro) && lengths.has(call.paste.call?.length) ? [useBy(call, macro)] : []));
  };
  return {
    wanted: (macros) =>
      calls
        .filter(({ pattern }) => macros.some(({ name }) => pattern.test(name)))
        .map(({ definition: { name, file, local, includes } }) => ({ macro: name, file, local, includes })),
    joinedTo: (knowledge) => {
      const known = new Map<string, readonly MacroUse[]>();
      const usesOf: MacroKnowledge["usesOf"] = (macro, from) => {
        const more = known.get(macro) ?? found(macro, knowledge);
        known.set(macro, more);
        return more.length === 0 ? knowledge.usesOf(macro, from) : [...knowledge.usesOf(macro, from), ...more];
      };
      return { ...knowledge, usesOf };
    },
  };
}

/** `TEXT##parameter(…)`, where the parameter stands for a number or for capitals; with less text than that it may call anything. */
function callOf(definition: MacroDefinition, paste: Paste): PastedCall | undefined {
  const [first] = paste.parts;
  if (paste.call === undefined || first?.type !== "text" || first.text.length < SHORTEST) return undefined;
  const pattern = paste.parts.map((part) => (part.type === "text" ? part.text : "[0-9A-Z]+")).join("");
  return { definition, paste, pattern: new RegExp(`^${pattern}$`) };
}

const SHORTEST = 6;

function useBy({ definition: { name, file, local }, paste: { offset, call } }: PastedCall, macro: string): MacroUse {
  return { macro, file, offset, arguments: call, member: false, within: name, local, place: "other" };
}
