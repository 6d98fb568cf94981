/** Owns the body of one call into a flavor: arguments on their way, the call, the result on its way back. */
import type { CrossingType, HandedPlan, ParameterPlan } from "../plan/model.js";
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
  /** What is remembered of pointers without a tag, and the function's name for its messages. */
  readonly handed?: { readonly plan: HandedPlan | undefined; readonly name: string };
  /** After the call: what is to be done with a value that the call changed. */
  readonly after?: readonly string[];
}

/** Statements; nothing is converted that is the same on both sides. */
export function callStatements({ parameters, result, call, types, lender, handed, after = [] }: CallBody): string[] {
  const converted = parameters.filter(({ type }) => !type.identical);
  const needsLender = converted.length > 0 || (!result.identical && result.shim !== "void");
  const lines = [
    ...handedLines(parameters, handed),
    ...(needsLender ? [`const unfork::Lender lender${lender === "" ? "" : `(${lender})`};`] : []),
  ];
  for (const { name, type, countedBy } of converted)
    lines.push(
      countedBy !== undefined
        ? passedArray("Outward", { name, from: type.shim, to: types.of(type) }, parameters[countedBy]?.name)
        : `unfork::Passed<unfork::Outward, L, ${type.shim}, ${types.of(type)}> unfork_${name}(static_cast<${asRvalue(type.shim)}>(${name}), lender);`,
    );
  const args = parameters.map((one) => (one.type.identical ? givenOn(one) : `unfork_${one.name}.get()`)).join(", ");
  const expression = call(args);
  if (result.shim === "void") return [...lines, `${expression};`, ...after];
  const returned = result.identical
    ? expression
    : `unfork::Returned<unfork::Inward, L, ${types.of(result)}, ${result.shim}>(${expression}, lender)`;
  const given = handedOut(returned, handed);
  if (after.length === 0) return [...lines, `return ${given};`];
  return [...lines, `${beforeName(result.shim)} result = ${given};`, ...after, "return result;"];
}

/** All elements of an array, as many as another parameter says. */
export function passedArray(
  way: "Outward" | "Inward",
  { name, from, to }: { readonly name: string; readonly from: string; readonly to: string },
  count = "1",
): string {
  return `unfork::PassedArray<unfork::${way}, L, ${from}, ${to}> unfork_${name}(${name}, ${count}, lender);`;
}

type Handed = CallBody["handed"];

/** Foreign pointers end the process before anything is done with them. */
function handedLines(parameters: readonly ParameterPlan[], handed: Handed): string[] {
  return parameters.flatMap(({ name }, index) => {
    const plan = handed?.plan?.parameters[index];
    if (plan === undefined || plan === null) return [];
    if (plan.way === "through")
      return [`const auto unfork_watch_${name} = unfork::WatchHanded<L, ${plan.records}>(${name}, "${handed?.name}");`];
    return [`unfork::${plan.way === "in" ? "HandedIn" : "HandedBack"}<L>(${plan.reference ? "&" : ""}${name}, "${handed?.name}");`];
  });
}

function handedOut(given: string, handed: Handed): string {
  const plan = handed?.plan;
  if (plan === undefined || plan.result === null) return given;
  const pointer = plan.resultIsReference ? `&${given}` : given;
  const out = plan.result === "out" ? `unfork::HandedOut<L>(${pointer}, "${handed?.name}")` : `unfork::HandedOn<L>(${pointer})`;
  return plan.resultIsReference ? `*${out}` : out;
}

/** `T` → `T&&`; a reference stays what it is. */
export function asRvalue(type: string): string {
  return type.endsWith("&") ? type : `${/[([]/.test(type) ? `unfork::Type<${type}>` : type}&&`;
}
