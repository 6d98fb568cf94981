/** Owns methods that are virtual because a base's is: the dump only marks those that say so. */
import type { ApiClass, ApiDeclaration, ApiMethod } from "../../../model/api-snapshot.js";
import { typeText } from "../../type-text.js";

export function withInheritedVirtual(declarations: readonly ApiDeclaration[]): ApiDeclaration[] {
  const classes = new Map(declarations.flatMap((one) => (one.kind === "class" && one.defined ? [[one.qualifiedName, one] as const] : [])));
  const known = new Map<string, ReadonlySet<string>>();

  /** What is virtual in a class and its bases. */
  function virtualIn(name: string): ReadonlySet<string> {
    const before = known.get(name);
    if (before !== undefined) return before;
    known.set(name, new Set());
    const one = classes.get(name);
    const found = inheritedBy(one);
    for (const method of one?.methods ?? []) if (method.virtual) found.add(keyOf(method));
    known.set(name, found);
    return found;
  }

  function inheritedBy(one: ApiClass | undefined): Set<string> {
    const found = new Set<string>();
    for (const base of basesOf(one)) for (const key of virtualIn(base)) found.add(key);
    return found;
  }

  return declarations.map((one) => {
    if (one.kind !== "class" || one.bases.length === 0) return one;
    const inherited = inheritedBy(one);
    return { ...one, methods: one.methods.map((method) => asVirtual(method, inherited)) };
  });
}

function asVirtual(method: ApiMethod, inherited: ReadonlySet<string>): ApiMethod {
  const isVirtual = method.virtual || (method.role !== "constructor" && !method.static && inherited.has(keyOf(method)));
  return isVirtual === method.virtual ? method : { ...method, virtual: isVirtual };
}

function basesOf(one: ApiClass | undefined): string[] {
  return (one?.bases ?? []).flatMap(({ type }) => (type.kind === "named" ? [type.name] : []));
}

/** Destructors override each other whatever their names. */
function keyOf({ name, role, parameters, const: isConst }: ApiMethod): string {
  return role === "destructor" ? "~" : `${name}(${parameters.map(({ type }) => typeText(type)).join()})${isConst ? " const" : ""}`;
}
