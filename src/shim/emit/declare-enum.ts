/** Owns enumerations and constants as the shim's header declares them. */
import type { ConstantPlan, EnumPlan } from "../plan/model.js";
import { commentLines, scopeAndName } from "./text.js";

export function enumLines({ name, scoped, underlying, enumerators, comment, of }: EnumPlan, flavors: readonly [string, string]): string[] {
  const last = scopeAndName(name).name;
  const head = `enum ${scoped ? "class " : ""}${last}${underlying === "" ? "" : ` : ${underlying}`} {`;
  const isBoth = of.every((one) => one !== null);
  return [
    ...commentLines(comment),
    head,
    ...enumerators.flatMap((one) => [
      ...commentLines(one.comment).map((line) => `  ${line}`),
      `  ${one.name} = ${valueText(one.value)},${isBoth ? onlyIn(one.in, flavors) : ""}`,
    ]),
    "};",
  ];
}

/** The lowest number of 64 bits has no literal of its own; the highest only as one without a sign. */
function valueText(value: string): string {
  if (BigInt(value) > 9223372036854775807n) return `${value}ull`;
  return value === "-9223372036854775808" ? "(-9223372036854775807 - 1)" : value;
}

function onlyIn([legacy, latest]: readonly [boolean, boolean], flavors: readonly [string, string]): string {
  if (legacy && latest) return "";
  return `  // ${legacy ? flavors[0] : flavors[1]} only`;
}

/** A constant that both releases agree on, or one that is read from the flavor in force. */
export function constantLines(one: ConstantPlan, isMember: boolean): string[] {
  const lines = definitionLines(one, isMember);
  return one.isMacro ? [`#if !defined(${one.name})`, ...lines, "#endif"] : lines;
}

function definitionLines({ name, type, values, comment }: ConstantPlan, isMember: boolean): string[] {
  const last = scopeAndName(name).name;
  const [old, one] = values;
  const inline = isMember ? "static inline constexpr" : "inline constexpr";
  const text = literal(one ?? old ?? "0", type);
  if (old === null || one === null || old === one) return [...commentLines(comment), `${inline} ${type} ${last} = ${text};`];
  const both = `{&detail::ProcessFlavor, ${literal(old, type)}, ${text}}`;
  return [
    ...commentLines(comment),
    "// Not the same in both releases: read from the flavor in force.",
    `${inline} unfork::FlavorConstant<${type}> ${last}${both};`,
  ];
}

function literal(value: string, type: string): string {
  if (type === "bool") return value === "0" || value === "false" ? "false" : "true";
  if (value.startsWith('"')) return value;
  if (/^(float|double|long double)$/.test(type) && /^-?\d+$/.test(value)) return `${value}.0${type === "float" ? "f" : ""}`;
  if (/^-?\d+$/.test(value)) {
    if (value === "-9223372036854775808") return "(-9223372036854775807 - 1)";
    return /unsigned|size_t|uint/.test(type)
      ? `${value}u${/long|size_t|64/.test(type) ? "ll" : ""}`
      : BigInt(value) > 2147483647n
        ? `${value}ll`
        : value;
  }
  return type === "float" && !value.endsWith("f") ? `static_cast<float>(${value})` : value;
}
