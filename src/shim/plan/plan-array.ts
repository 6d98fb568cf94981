/** Owns what becomes of a pointer to a value that may be an array: single, converted by its number, or left, as the surface says or as it looks. */
import type { ApiFunction, ApiMethod } from "../../model/api-snapshot.js";
import type { PlanContext } from "./context.js";
import { type ArraySign, arraySign, type NamedParameter } from "./counted-values.js";
import type { BySide, ParameterPlan } from "./model.js";

interface Place {
  readonly of: BySide<ApiFunction | ApiMethod>;
  readonly index: number;
  /** How many parameters the shim's function has. */
  readonly count: number;
  readonly common: string;
}

/** The place of the parameter that counts its elements; undefined: a single one; a text: why it is left. */
export function arrayOf(
  { of, index, count, common }: Place,
  { name, type }: ParameterPlan,
  context: PlanContext,
): number | string | undefined {
  const kind = pointedKind(type.identical ? "" : type.shim, context);
  if (kind === undefined) return undefined;
  const named = namedParameters(of, count);
  const said = context.surface.arrays[`${common}.${named[index]?.name || name}`] ?? context.surface.arrays[`${common}.${index + 1}`];
  if (said === "single") return undefined;
  if (said !== undefined) {
    const by = named.findIndex((one) => one.name === said);
    if (kind === "object") return "an array of objects";
    return by === -1 ? `the surface says that ${said} counts its elements, which is no parameter` : by;
  }
  const sign = named.length === 0 ? undefined : signOf(of, named, index, kind);
  return sign === undefined ? undefined : reasonOf(sign, `${common}.${named[index]?.name || index + 1}`);
}

function reasonOf({ by, why }: ArraySign, key: string): string {
  const many = by === undefined ? `as ${why} says` : `as many as ${why} says`;
  const count = by === undefined || by === "" ? "COUNT" : by;
  return `it may be an array whose elements have to be converted, ${many}: give the surface arrays: { ${key}: ${count} }, or single`;
}

/** Objects go singly, unless all says otherwise. */
function signOf(of: Place["of"], named: readonly NamedParameter[], index: number, kind: "value" | "object"): ArraySign | undefined {
  const comment = of.map((one) => one?.comment ?? "").join("\n");
  const sign = arraySign(named, index, kind === "value" ? comment : null);
  if (sign === undefined || kind === "value") return sign;
  return /[^su]s$|array$|list$/.test(named[index]?.name ?? "") && /count|num|size|length|^n$/i.test(sign.by ?? "") ? sign : undefined;
}

/** Where one release leaves a name out, the other's says it. */
function namedParameters([legacy, latest]: Place["of"], count: number): NamedParameter[] {
  return Array.from({ length: count }, (_, index) => {
    const [old, one] = [legacy?.parameters[index], latest?.parameters[index]];
    return { name: one?.name || old?.name || "", type: (one ?? old)?.type ?? { kind: "other", text: "" } };
  });
}

function pointedKind(shim: string, context: PlanContext): "value" | "object" | undefined {
  const [, name] = /^(?:const )?([\w:]+)\s*\*(?: const)?$/.exec(shim) ?? [];
  const kind = name === undefined ? undefined : context.kindOfShim(name);
  if (kind === "value" || kind === "enum") return "value";
  return kind === "object" ? "object" : undefined;
}
