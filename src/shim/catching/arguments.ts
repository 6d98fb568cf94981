/** Owns how an argument of each type is made and handed over. */
import type { CallPlan, ClassPlan } from "../plan/model.js";
import { type KnownTypes, bareOf, gettersOf, valueProblem } from "./types.js";

export interface Argument {
  /** What is made: a value of this type, or an object of this class. */
  readonly made: { readonly kind: "value"; readonly type: string } | { readonly kind: "object"; readonly of: ClassPlan };
  /** The text of the argument, of what it is made as. */
  readonly given: (name: string) => string;
  /** The call may change it, and it can be compared. */
  readonly changes: boolean;
}

/** The arguments of a call, or why one cannot be made. */
export function argumentsOf({ parameters }: CallPlan, types: KnownTypes): readonly Argument[] | string {
  const made: Argument[] = [];
  for (const { type, countedBy } of parameters) {
    if (countedBy !== undefined) return `${type.shim}: another parameter counts it`;
    const one = argumentOf(type.shim, types);
    if (typeof one === "string") return one;
    made.push(one);
  }
  return made;
}

/** Of functions by hand, whose parameters are text. */
export function argumentOf(text: string, types: KnownTypes): Argument | string {
  if (text === "std::string_view") return { made: { kind: "value", type: "std::string" }, given: (name) => name, changes: false };
  if (/^const char\s*\*$/.test(text))
    return { made: { kind: "value", type: "std::string" }, given: (name) => `${name}.c_str()`, changes: false };
  const span = /^unfork::span<(const )?(.+)>$/.exec(text);
  if (span !== null) return spanOf(text, span[2] as string, span[1] === undefined, types);
  const { base, const: isConst, passed } = bareOf(text);
  if (passed === "pointer") return `${text}: how much it points to is not told`;
  const object = types.classes.get(base);
  if (object?.kind === "object") return objectArgument(object, text, types);
  const problem = valueProblem(base, types);
  if (problem !== undefined) return problem;
  return {
    made: { kind: "value", type: base },
    given: (name) => (passed === "move" ? `std::move(${name})` : name),
    changes: passed === "reference" && !isConst,
  };
}

function spanOf(text: string, element: string, changes: boolean, types: KnownTypes): Argument | string {
  // std::vector<bool> has no elements in a row.
  const problem = element === "bool" ? `${text} cannot be generated` : valueProblem(element, types);
  if (problem !== undefined) return problem;
  return { made: { kind: "value", type: `std::vector<${element}>` }, given: (name) => `${text}(${name}.data(), ${name}.size())`, changes };
}

function objectArgument(of: ClassPlan, text: string, types: KnownTypes): Argument | string {
  const { const: isConst, passed } = bareOf(text);
  if (passed === "move" || (passed === "value" && (!of.copyable || of.refCounted))) return `${text} is given away`;
  const changes = passed === "reference" && !isConst && gettersOf(of, types).length > 0;
  return { made: { kind: "object", of }, given: (name) => `*${name}`, changes };
}
