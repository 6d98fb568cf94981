/** Owns the constants of a shim: variables with a value, and macros that stand for one. */
import type { ApiPair } from "../../api/diff/pair.js";
import { typeText } from "../../api/type-text.js";
import type { ApiMacro, ApiVariable } from "../../model/api-snapshot.js";
import { type PlanContext, placesOf } from "./context.js";
import type { BySide, ConstantPlan } from "./model.js";
import { relativeName } from "./shim-names.js";

/** Undefined when it is left, which the context is told. */
export function planVariable(pair: ApiPair, context: PlanContext): ConstantPlan | undefined {
  const of = [pair.legacy, pair.latest].map((one) => (one?.kind === "variable" ? one : null)) as unknown as BySide<ApiVariable>;
  const model = (of[1] ?? of[0]) as ApiVariable;
  const name = relativeName(pair.name, context.surface);
  const values = of.map((one) => one?.value ?? null) as unknown as BySide<string>;
  const known = of.every((one) => one === null || one.value !== null);
  const type = constantType(model, values);
  if (!known || type === undefined) {
    const reason = isConstant(model)
      ? "its value is not known before the program runs"
      : "a variable: give it functions that read and set it";
    context.left.push({ kind: "constant", name, reason, places: placesOf(pair) });
    return undefined;
  }
  return { is: "constant", common: pair.name, name, type, isMacro: false, values, of, comment: model.comment };
}

function isConstant({ type, constexpr }: ApiVariable): boolean {
  return constexpr || type.const === true || (type.kind === "array" && type.of.const === true);
}

function constantType(model: ApiVariable, values: BySide<string>): string | undefined {
  if (!isConstant(model)) return undefined;
  if (values.some((value) => value?.startsWith('"') === true)) return "const char*";
  const { type } = model;
  const bare = type.kind === "alias" ? type.target : type;
  if (bare.kind !== "builtin") return undefined;
  const { const: _, volatile: __, ...plain } = bare;
  return typeText(plain);
}

/** Macros of one side or both that have a value. Undefined for any other, and for one that only says that a name is there (`#define A A`). */
export function planMacro(pair: ApiPair, context: PlanContext): ConstantPlan | undefined {
  const of = [pair.legacy, pair.latest].map((one) => (one?.kind === "macro" ? one : null));
  const macros = of.filter((one) => one !== null) as unknown as (ApiMacro & { kind: "macro" })[];
  const model = macros.at(-1);
  if (model === undefined || macros.every(({ name, body }) => body.trim() === name)) return undefined;
  const values = of.map((one) => one?.value ?? null) as unknown as BySide<string>;
  if (macros.some(({ value }) => value === null) || model.valueType === null) {
    const reason = model.parameters === null ? "a macro that is no constant" : "a macro with parameters";
    context.left.push({ kind: "macro", name: model.name, reason, places: placesOf(pair) });
    return undefined;
  }
  const type = model.value?.startsWith('"') === true ? "const char*" : model.valueType;
  return { is: "constant", common: pair.name, name: model.name, type, isMacro: true, values, of: [null, null], comment: model.comment };
}
