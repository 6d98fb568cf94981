/** Owns the decision what each class becomes, made once per class; it may need the kinds of others. */
import type { ApiPair } from "../../api/diff/pair.js";
import type { ApiClass, ApiType } from "../../model/api-snapshot.js";
import type { ClassKind } from "../../model/shim-surface.js";
import type { PlanContext } from "./context.js";
import { crossingOf } from "./crossing.js";
import { isException } from "./exceptions.js";
import { isInstanceName } from "./instances/instance-words.js";
import { planInstance } from "./instances/plan-instance.js";
import { classKind } from "./kinds.js";
import { layoutOf } from "./layout-pieces.js";
import { countingOverrides, isCounted, type PairIndex } from "./pair-index.js";
import { operationNames, overrideProblem, planCallable } from "./plan-callable.js";
import { crossesAsItIs } from "./shape-problem.js";
import { withShimNames } from "./shim-type.js";
import { canDefault } from "./special-members.js";

/** `context` is complete when the first class is asked about. */
export function classKinds(
  index: PairIndex,
  inflow: ReadonlySet<string>,
  context: () => PlanContext,
): (common: string) => ClassKind | undefined {
  const known = new Map<string, ClassKind | undefined>();
  return function kindOf(common) {
    if (known.has(common)) return known.get(common);
    const pair = index.types.get(common);
    if (pair === undefined || pair.kind !== "class") return undefined;
    const forced = context().surface.kinds[common];
    // While it is being decided, one that contains itself by pointer counts as a name only.
    known.set(common, forced ?? "opaque");
    if (forced !== undefined) return forced;
    const kind = context().unasked(() => decided(pair, index, inflow, context()));
    known.set(common, kind);
    if (kind === "interface" && !canBeImplemented(pair, index, context())) known.set(common, "object");
    return known.get(common);
  };
}

function decided(pair: ApiPair, index: PairIndex, inflow: ReadonlySet<string>, context: PlanContext): ClassKind | undefined {
  if (isInstanceName(pair.name) && planInstance(pair.name, context).status === "left") return undefined;
  return classKind({
    pair,
    flowsIn: inflow.has(pair.name),
    hasDefault: (one: ApiClass) => canDefault(one, context.classOf[one === pair.legacy ? 0 : 1]),
    canBeLaidOut: (one: ApiClass) => layoutOf(one, context.extentOf[one === pair.legacy ? 0 : 1]) !== undefined,
    language: context.language,
    isCounted: isCounted(pair, index),
    isException: ([pair.legacy, pair.latest] as const).some(
      (one, side) => one?.kind === "class" && isException(one, context.classOf[side as 0 | 1]),
    ),
    isSameBits: (type) => isSameBits(type, context),
    baseKinds: pair.members.flatMap((member) => {
      const base = index.baseOf(member);
      return base === undefined ? [] : [context.kindOf(base.name)];
    }),
  });
}

function isSameBits(type: ApiType, context: PlanContext): boolean {
  const crossing = crossingOf([type, null], "field", context);
  return crossing.status === "crosses" && (crossing.type.identical || crossesAsItIs(withShimNames(type, context), context));
}

/** Whether all that an implementation has to give can be given through the shim. */
function canBeImplemented(pair: ApiPair, index: PairIndex, context: PlanContext): boolean {
  const operation = operationNames(new Set());
  const counted = isCounted(pair, index);
  if (counted && countingOverrides(pair, index) === undefined) return false;
  return pair.members.every((member) => {
    if (member.kind !== "method" || (member.latest ?? member.legacy)?.pure !== true) return true;
    if (counted && /^(AddRef|Release|HasOneRef)$/.test(member.name)) return true;
    const of = [member.legacy, member.latest] as const;
    if (overrideProblem(of) !== undefined) return false;
    return context.unasked(
      () => planCallable(of, { name: member.name, whole: `${pair.name}::${member.name}` }, context, operation).status === "planned",
    );
  });
}
