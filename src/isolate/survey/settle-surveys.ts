/** Owns what the macros of the whole tree make of the names that its files introduce: attributes are none, `static` by another name hides. */
import type { MacroFact } from "./macro-facts.js";
import { plainWords } from "./scope-macros.js";

/** A name with the words beside it that may be macros. */
export interface SurveyedName {
  readonly name: string;
  readonly kind: string;
  /** Words of which one is the name if `name` is an attribute: the nearest first. */
  readonly instead?: readonly string[] | undefined;
  /** The macro that the name is an argument of. */
  readonly wrapper?: string | undefined;
  /** First word of the declaration. */
  readonly first?: string | undefined;
}

/** What the macros of a tree say; made once for all parts. */
export interface MacroVerdicts {
  /** The name that is introduced, or undefined: none, or one that the linker does not see. */
  readonly settle: <T extends SurveyedName>(name: T) => T | undefined;
  /** The namespaces that a word behind `namespace` stands for. */
  readonly namespacesOf: (word: string) => string[];
}

export function macroVerdicts(facts: readonly MacroFact[]): MacroVerdicts {
  const byKind = (kind: MacroFact["kind"]): Set<string> => new Set(facts.filter((fact) => fact.kind === kind).map(({ name }) => name));
  const [attributes, pasting, hiding] = [byKind("attribute"), byKind("paste"), byKind("static")];
  addWrappers(pasting, facts);
  for (const fact of facts) if (fact.kind !== "static") hiding.delete(fact.name);
  const settle = <T extends SurveyedName>(name: T): T | undefined => {
    if (name.first !== undefined && hiding.has(name.first)) return undefined;
    if (name.wrapper !== undefined && pasting.has(name.wrapper)) return undefined;
    if (name.kind !== "variable" || !attributes.has(name.name)) return name;
    const real = name.instead?.find((word) => !attributes.has(word));
    return real === undefined ? undefined : { ...name, name: real };
  };
  return { settle, namespacesOf: plainWords(facts) };
}

/** Macros that hand their argument on to one that pastes. */
function addWrappers(pasting: Set<string>, facts: readonly MacroFact[]): void {
  const wrappers = facts.filter((fact) => fact.kind === "wraps");
  for (let size = -1; size !== pasting.size;) {
    size = pasting.size;
    for (const { name, target } of wrappers) if (pasting.has(target)) pasting.add(name);
  }
}
