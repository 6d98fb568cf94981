/** Owns typedefs of the shim. */
import type { ApiPair } from "../../api/diff/pair.js";
import { type PlanContext, placesOf } from "./context.js";
import { crossingOf } from "./crossing.js";
import type { TypedefPlan } from "./model.js";
import { crossesAsItIs } from "./shape-problem.js";
import { relativeName } from "./shim-names.js";
import { withShimNames } from "./shim-type.js";

export interface PlannedTypedef extends TypedefPlan {
  /** What it stands for has the same bits on both sides. */
  readonly asIs: boolean;
}

const NOT_IN_SHIM = "what it stands for is not in the shim";

/** One that is declared in a class. Undefined when it is left, which the context is told. */
export function planNestedTypedef(pair: ApiPair, context: PlanContext): TypedefPlan | undefined {
  const found = context.tentatively(() => {
    const plan = planTypedef(pair, context);
    return { status: plan !== undefined && plan.type !== plan.name ? "planned" : "left", plan } as const;
  });
  if (found.status === "planned") return found.plan;
  if (found.plan === undefined) leaveTypedef(pair, context);
  return undefined;
}

export function leaveTypedef(pair: ApiPair, { left, surface }: PlanContext): void {
  left.push({ kind: "typedef", name: relativeName(pair.name, surface), reason: NOT_IN_SHIM, places: placesOf(pair) });
}

/** Undefined where what it stands for is not in the shim. */
export function planTypedef(pair: ApiPair, context: PlanContext): PlannedTypedef | undefined {
  const [old, one] = [pair.legacy, pair.latest].map((item) => (item?.kind === "typedef" ? item : null)) as [
    Extract<ApiPair["legacy"], { kind: "typedef" }> | null,
    Extract<ApiPair["latest"], { kind: "typedef" }> | null,
  ];
  const model = one ?? old;
  if (model === null || model.templateParameters !== null) return undefined;
  const crossing = crossingOf([old?.type ?? null, one?.type ?? null], "typedef", context);
  if (crossing.status === "left") return undefined;
  return {
    is: "typedef",
    common: pair.name,
    name: relativeName(pair.name, context.surface),
    type: crossing.type.shim,
    needs: crossing.type.needs,
    comment: model.comment,
    asIs: crossing.type.identical || crossesAsItIs(withShimNames(model.type, context), context),
  };
}
