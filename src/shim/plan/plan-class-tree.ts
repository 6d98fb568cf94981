/** Owns a class of the shim with the classes, enumerations and constants that are declared in it. */
import type { ApiPair } from "../../api/diff/pair.js";
import { type PlanContext, placesOf } from "./context.js";
import { instanceHint } from "./instances/instance-hint.js";
import { isInstanceName } from "./instances/instance-words.js";
import { planInstance } from "./instances/plan-instance.js";
import { classesOf } from "./kinds.js";
import type { ClassPlan, EnumPlan } from "./model.js";
import { countingOverrides, isCounted, isNameless, type PairIndex } from "./pair-index.js";
import { planClass } from "./plan-class.js";
import { overrideKey } from "./plan-callable.js";
import { planNestedTypedef } from "./plan-typedef.js";
import { planVariable } from "./plan-constants.js";
import { constantsOfNameless, planEnum } from "./plan-enum.js";
import { relativeName } from "./shim-names.js";

/** Undefined when it is left, which the context is told. */
export function planClassTree(pair: ApiPair, index: PairIndex, context: PlanContext): ClassPlan | undefined {
  const instance = isInstanceName(pair.name) ? planInstance(pair.name, context) : undefined;
  const kind = context.kindOf(pair.name);
  if (kind === undefined || instance?.status === "left") {
    // A template is there by its instances.
    if (context.instantiated.has(pair.name)) return undefined;
    const reason = instance?.status === "left" ? instance.reason : noKind(pair);
    context.left.push({ kind: "class", name: relativeName(pair.name, context.surface), reason, places: placesOf(pair) });
    return undefined;
  }
  const inside = index.inside(pair.name).filter(({ name }) => !context.isExcluded(name));
  const nested = inside.flatMap((one): (ClassPlan | EnumPlan)[] => {
    if (one.kind === "enum" && !isNameless(one)) return [planEnum(one, context)];
    const plan = one.kind === "class" && !isNameless(one) ? planClassTree(one, index, context) : undefined;
    return plan === undefined ? [] : [plan];
  });
  const constants = inside.flatMap((one) => {
    if (one.kind === "variable") return planVariable(one, context) ?? [];
    return one.kind === "enum" && isNameless(one) ? constantsOfNameless(one, pair.name, context) : [];
  });
  const typedefs = inside.flatMap((one) => (one.kind === "typedef" ? (planNestedTypedef(one, context) ?? []) : []));
  const facts = {
    kind,
    isCounted: isCounted(pair, index),
    countsConst: countingOverrides(pair, index)?.const !== false,
    nested,
    constants,
    typedefs,
    overridable: overridable(pair, index, context, new Set()),
    instance: instance?.plan ?? null,
  };
  return planClass(pair, facts, context);
}

function noKind(pair: ApiPair): string {
  const parameters = classesOf(pair).find(({ templateParameters }) => templateParameters !== null)?.templateParameters;
  if (parameters === undefined || parameters === null) return "a union whose layout is not the same in both releases";
  return `a class template of which the surface uses no instance: name one, ${instanceHint(pair.name, parameters)}`;
}

/** The virtual functions of interfaces among the bases, by name and parameters. */
function overridable(pair: ApiPair, index: PairIndex, context: PlanContext, seen: Set<ApiPair>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const member of pair.members) {
    const base = index.baseOf(member);
    if (base === undefined || seen.has(base)) continue;
    seen.add(base);
    if (context.kindOf(base.name) === "interface")
      for (const { methods } of classesOf(base))
        for (const one of methods) if (one.virtual && one.role === "method") found.add(overrideKey(one));
    for (const name of overridable(base, index, context, seen)) found.add(name);
  }
  return found;
}
