/** Owns the free functions of a shim, the operators among them. */
import { isCppKeyword } from "../../api/snapshot/text/cpp-words.js";
import type { ApiPair } from "../../api/diff/pair.js";
import type { ApiFunction } from "../../model/api-snapshot.js";
import { type PlanContext, placesOf } from "./context.js";
import type { BySide, FunctionPlan } from "./model.js";
import { isNoexcept, planCallable } from "./plan-callable.js";
import { libraryName, relativeName } from "./shim-names.js";

/** Undefined when it is left, which the context is told. */
export function planFunction(pair: ApiPair, context: PlanContext, operation: (name: string) => string): FunctionPlan | undefined {
  const of: BySide<ApiFunction> = [functionOf(pair.legacy), functionOf(pair.latest)];
  const model = (of[1] ?? of[0]) as ApiFunction;
  const path = relativeName(pair.name, context.surface);
  if (model.templateParameters !== null && context.instantiated.has(pair.name)) return undefined;
  const refused = refusal(of, context);
  const planned =
    refused === undefined
      ? context.tentatively(() =>
          planCallable(of, { name: scopeless(path), whole: pair.name }, context, (name) => operation(`call_${name}`)),
        )
      : ({ status: "left", reason: refused } as const);
  if (planned.status === "left") {
    context.left.push({ kind: "function", name: path, reason: planned.reason, places: placesOf(pair) });
    return undefined;
  }
  return {
    ...planned.plan,
    is: "function",
    common: pair.name,
    path,
    library: [libraryOf(of[0], 0, context), libraryOf(of[1], 1, context)],
    hidden: [of[0]?.hidden === true, of[1]?.hidden === true],
    variadic: model.variadic,
    noexcept: isNoexcept(planned.plan),
  };
}

function scopeless(path: string): string {
  return path.slice(path.lastIndexOf(":") + 1);
}

function functionOf(item: ApiPair["legacy"]): ApiFunction | null {
  return item?.kind === "function" ? item : null;
}

function refusal(of: BySide<ApiFunction>, { language }: PlanContext): string | undefined {
  if (language === "c" && of.some((one) => one !== null && !one.inline && isCppKeyword(one.mangled ?? "")))
    return "its name is a keyword of C++: the linker knows it by that name only";
  if (of.some((one) => one?.internal === true && !one.inline)) return "a function of internal linkage";
  if (of.some((one) => one?.variadic === true) && language === "c++") return "a function with `...`";
  return undefined;
}

function libraryOf(item: ApiFunction | null, side: 0 | 1, { flavors, surface }: PlanContext): string | null {
  return item === null ? null : libraryName(item.qualifiedName, flavors[side], surface);
}
