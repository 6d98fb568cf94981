/** Owns the body of one call into a flavor: arguments on their way, the call, the result on its way back. */
import type { CrossingType, ParameterPlan } from "../plan/model.js";
import type { LibraryTypes } from "./library-types.js";
import { beforeName, givenOn } from "./text.js";

export interface CallBody {
  readonly parameters: readonly ParameterPlan[];
  readonly result: CrossingType;
  /** Given the arguments, the expression of the call. */
  readonly call: (args: string) => string;
  readonly types: LibraryTypes;
  /** Expression of a `Lender`. */
  readonly lender: string;
  /** After the call: what is to be done with a value that the call changed. */
  readonly after?: readonly string[];
}

/** Statements; nothing is converted that is the same on both sides. */
export function callStatements({ parameters, result, call, types, lender, after = [] }: CallBody): string[] {
  const converted = parameters.filter(({ type }) => !type.identical);
  const needsLender = converted.length > 0 || (!result.identical && result.shim !== "void");
  const lines = needsLender ? [`const unfork::Lender lender${lender === "" ? "" : `(${lender})`};`] : [];
  for (const { name, type } of converted)
    lines.push(
      `unfork::Passed<unfork::Outward, L, ${type.shim}, ${types.of(type)}> unfork_${name}(static_cast<${asRvalue(type.shim)}>(${name}), lender);`,
    );
  const args = parameters.map((one) => (one.type.identical ? givenOn(one) : `unfork_${one.name}.get()`)).join(", ");
  const expression = call(args);
  if (result.shim === "void") return [...lines, `${expression};`, ...after];
  const given = result.identical
    ? expression
    : `unfork::Returned<unfork::Inward, L, ${types.of(result)}, ${result.shim}>(${expression}, lender)`;
  if (after.length === 0) return [...lines, `return ${given};`];
  return [...lines, `${beforeName(result.shim)} result = ${given};`, ...after, "return result;"];
}

/** `T` → `T&&`; a reference stays what it is. */
export function asRvalue(type: string): string {
  return type.endsWith("&") ? type : `${/[([]/.test(type) ? `unfork::Type<${type}>` : type}&&`;
}
