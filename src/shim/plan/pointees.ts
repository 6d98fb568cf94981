/** Owns what a type points to: the class behind its pointers, and pointers that the shim does not see pass. */
import type { ApiType } from "../../model/api-snapshot.js";

export interface Pointee {
  /** Of the class, as its side spells it. */
  readonly name: string;
  /** How many pointers stand before it; a reference counts as one. */
  readonly depth: number;
  readonly reference: boolean;
  /** The object behind the last pointer. */
  readonly const: boolean;
  /** A variable that holds a pointer, and that may not be changed. */
  readonly fixed: boolean;
}

/** Undefined for what is no pointer or reference to a class or enumeration. */
export function pointeeOf(type: ApiType): Pointee | undefined {
  const outer = resolved(type);
  if (outer.kind !== "pointer" && outer.kind !== "reference") return undefined;
  const to = resolved(outer.to);
  const reference = outer.kind === "reference";
  if (to.kind === "named")
    return to.arguments === null
      ? { name: to.name, depth: 1, reference, const: to.const === true || outer.to.const === true, fixed: false }
      : undefined;
  const inner = pointeeOf(to);
  if (inner === undefined) return undefined;
  return { ...inner, depth: inner.depth + 1, reference, fixed: inner.depth === 1 && (to.const === true || outer.to.const === true) };
}

function resolved(type: ApiType): ApiType {
  return type.kind === "alias" ? resolved(type.target) : type;
}

/** Classes to which an application's function is given pointers: it is called by the library, past the shim. */
export function givenToCallbacks(type: ApiType): Pointee[] {
  switch (type.kind) {
    case "alias":
      return givenToCallbacks(type.target);
    case "pointer":
    case "reference":
    case "member-pointer":
      return givenToCallbacks(type.to);
    case "array":
      return givenToCallbacks(type.of);
    case "function":
      return type.parameters.flatMap(pointed);
    case "named":
      return (type.arguments ?? []).flatMap((one) => ("type" in one ? pointed(one.type) : []));
    default:
      return [];
  }
}

function pointed(type: ApiType): Pointee[] {
  const pointee = pointeeOf(type);
  return pointee === undefined ? givenToCallbacks(type) : [pointee, ...givenToCallbacks(type)];
}
