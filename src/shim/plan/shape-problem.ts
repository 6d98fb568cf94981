/** Owns which shapes of types that need a conversion cannot cross, with the reason. */
import { typeText } from "../../api/type-text.js";
import type { ApiType } from "../../model/api-snapshot.js";
import type { PlanContext } from "./context.js";

/** Where the type stands. `returned`: the result of a function that the application implements. */
export type Role = "parameter" | "result" | "field" | "returned" | "typedef";

/** `type` is the shim's; it is known to differ from a flavor's. Undefined where it crosses. */
export function shapeProblem(type: ApiType, role: Role, context: PlanContext): string | undefined {
  switch (type.kind) {
    case "reference":
      return referenceProblem(type.to, type.rvalue, role, context);
    case "pointer":
      return pointerProblem(type.to, role, context);
    case "array":
      return role === "field" || role === "typedef" ? shapeProblem(type.of, role, context) : "an array of what has to be converted";
    case "named":
      return namedProblem(type, role, context);
    case "function":
      return crossesAsItIs(type, context) ? undefined : "a function whose parameters have to be converted";
    default:
      return undefined;
  }
}

function referenceProblem(to: ApiType, rvalue: boolean, role: Role, context: PlanContext): string | undefined {
  const kind = to.kind === "named" ? context.kindOfShim(to.name) : undefined;
  if (kind === "object" || kind === "interface" || kind === "layout" || kind === "opaque") return undefined;
  if (!rvalue && isMoveOnly(to)) return `a reference to what cannot be copied, ${typeText(to)}`;
  if (kind === "value" && !rvalue && to.kind === "named" && !context.isCopied(to.name))
    return `a reference to a value that cannot be copied, ${to.name}`;
  if (role === "result" && to.const !== true && !rvalue)
    return `it lends a reference to a value, ${typeText(to)}, that the caller may change`;
  if (role === "returned") return "an implementation would have to keep the converted value that it refers to";
  if (role === "field") return "a field that is a reference";
  return shapeProblem(to, role, context);
}

/** A std::unique_ptr, or a container of such. */
function isMoveOnly(type: ApiType): boolean {
  if (type.kind !== "named" || type.arguments === null) return false;
  return type.name === "std::unique_ptr" || type.arguments.some((one) => "type" in one && isMoveOnly(one.type));
}

function pointerProblem(to: ApiType, role: Role, context: PlanContext): string | undefined {
  if (crossesAsItIs({ kind: "pointer", to }, context)) return undefined;
  if (to.kind === "pointer" || to.kind === "array" || to.kind === "function")
    return `a pointer to what has to be converted, ${typeText({ kind: "pointer", to })}`;
  const kind = to.kind === "named" ? context.kindOfShim(to.name) : undefined;
  if (kind === "object" || kind === "interface") return undefined;
  if (to.kind === "named" && kind === "value" && !context.isCopied(to.name))
    return `a pointer to a value that cannot be copied, ${to.name}`;
  if (role !== "parameter") return `it lends a pointer to a value, ${typeText(to)}${objectHint(to, kind)}`;
  return undefined;
}

function objectHint(to: ApiType, kind: string | undefined): string {
  return to.kind === "named" && kind === "value" ? `: where the library makes it, give the surface kinds: { ${to.name}: object }` : "";
}

/** Pointers and functions that are the same bits on both sides. */
export function crossesAsItIs(type: ApiType, context: PlanContext): boolean {
  switch (type.kind) {
    case "builtin":
      return true;
    case "pointer":
    case "reference":
      return crossesAsItIs(type.to, context);
    case "array":
      return crossesAsItIs(type.of, context);
    case "function":
      // Called with a reference to the other side's class, a function is called as what it is not.
      return [type.result, ...type.parameters].every((one) =>
        one.kind === "reference" ? !mentionsShim(one, context) : crossesAsItIs(one, context),
      );
    case "named": {
      const kind = context.kindOfShim(type.name);
      return kind === "layout" || kind === "opaque" || kind === "same-enum" || kind === "typedef-as-is";
    }
    default:
      return false;
  }
}

type Named = Extract<ApiType, { kind: "named" }>;

/** Whether a class or an enumeration of the shim is in it. */
function mentionsShim(type: ApiType, context: PlanContext): boolean {
  switch (type.kind) {
    case "pointer":
    case "reference":
      return mentionsShim(type.to, context);
    case "array":
      return mentionsShim(type.of, context);
    case "named":
      return (
        context.kindOfShim(type.name) !== undefined ||
        (type.arguments ?? []).some((one) => "type" in one && mentionsShim(one.type, context))
      );
    default:
      return false;
  }
}

/** Views inside of it are the shim's own, too. */
function isViewOfViews({ arguments: given }: Named): boolean {
  return (given ?? []).some((one) => "type" in one && one.type.kind === "named" && one.type.name.startsWith("unfork::"));
}

function namedProblem(type: Named, role: Role, context: PlanContext): string | undefined {
  if (type.arguments === null) {
    const kind = context.kindOfShim(type.name);
    if (kind === "interface") return "an abstract class by value";
    if (kind === "opaque") return role === "typedef" ? undefined : "a class by value that is only declared";
    if (kind === "object" && role === "field") return undefined;
    return undefined;
  }
  if (type.name === "unfork::span")
    return mentionsShim(type, context) || isViewOfViews(type) ? "a view of elements that have to be converted" : undefined;
  if (/^std::(unique_ptr)$/.test(type.name) && type.arguments.length > 1) return "a std::unique_ptr with a deleter of its own";
  if (type.name === "std::function") return undefined;
  if (!CONTAINERS.has(type.name)) return `no conversion is known for ${type.name}`;
  for (const one of type.arguments) {
    if ("type" in one && isSmart(type.name) && one.type.kind === "named" && isDeclaredOnly(one.type.name, context))
      return `${type.name} to a class that is only declared, ${one.type.name}`;
    if (!("type" in one) || isSmart(type.name)) continue;
    const inner = shapeProblem(one.type, role === "parameter" ? "field" : role, context);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function isSmart(name: string): boolean {
  return name === "std::unique_ptr" || name === "std::shared_ptr" || name === "unfork::scoped_refptr";
}

function isDeclaredOnly(name: string, context: PlanContext): boolean {
  return context.kindOfShim(name) === "opaque";
}

const CONTAINERS = new Set([
  "std::vector",
  "std::deque",
  "std::list",
  "std::array",
  "std::pair",
  "std::map",
  "std::multimap",
  "std::unordered_map",
  "std::set",
  "std::unordered_set",
  "std::optional",
  "std::unique_ptr",
  "std::shared_ptr",
  "unfork::scoped_refptr",
]);
