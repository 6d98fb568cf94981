/** Owns the types that a dump declares, by qualified name, and which of them a name means in a scope. */
import type { ApiType } from "../../../model/api-snapshot.js";

export type Symbol =
  | { readonly kind: "tag" | "template" | "value"; readonly name: string }
  | { readonly kind: "typedef"; readonly name: string; readonly type: () => ApiType }
  | { readonly kind: "alias-template"; readonly name: string; readonly parameters: readonly string[]; readonly type: () => ApiType };

export interface Symbols {
  /** The first declaration of a name counts, unless it is only declared again with more. */
  readonly add: (qualifiedName: string, symbol: Symbol) => void;
  /** A base's types are types of the class. */
  readonly addBase: (qualifiedName: string, base: string) => void;
  readonly find: (name: string, scope: string) => Symbol | undefined;
}

export function symbolTable(): Symbols {
  const table = new Map<string, Symbol>();
  const bases = new Map<string, string[]>();

  function inClass(scope: string, name: string, depth = 0): Symbol | undefined {
    const own = table.get(scope === "" ? name : `${scope}::${name}`);
    if (own !== undefined || depth > 8) return own;
    for (const base of bases.get(scope) ?? []) {
      const found = find(base, outer(scope));
      const inherited = found === undefined ? undefined : inClass(found.name, name, depth + 1);
      if (inherited !== undefined) return inherited;
    }
    return undefined;
  }

  function find(name: string, scope: string): Symbol | undefined {
    if (name.startsWith("::")) return table.get(name.slice(2));
    for (let at = scope; ; at = outer(at)) {
      const found = inClass(at, name);
      if (found !== undefined || at === "") return found;
    }
  }

  return {
    add: (qualifiedName, symbol) => void (table.has(qualifiedName) || table.set(qualifiedName, symbol)),
    addBase: (qualifiedName, base) => void bases.set(qualifiedName, [...(bases.get(qualifiedName) ?? []), base]),
    find,
  };
}

/** `a::b<c::d>` → `a`. */
function outer(scope: string): string {
  const plain = scope.includes("<") ? scope.slice(0, scope.indexOf("<")) : scope;
  const at = plain.lastIndexOf("::");
  return at === -1 ? "" : plain.slice(0, at);
}
