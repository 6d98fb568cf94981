/** Owns typedefs of the shim. */
import type { ApiPair } from "../../api/diff/pair.js";
import type { PlanContext } from "./context.js";
import { crossingOf } from "./crossing.js";
import type { TypedefPlan } from "./model.js";
import { crossesAsItIs } from "./shape-problem.js";
import { relativeName } from "./shim-names.js";
import { withShimNames } from "./shim-type.js";

export interface PlannedTypedef extends TypedefPlan {
  /** What it stands for has the same bits on both sides. */
  readonly asIs: boolean;
}

/** Undefined where what it stands for is not in the shim. */
export function planTypedef(pair: ApiPair, context: PlanContext): PlannedTypedef | undefined {
  const [old, one] = [pair.legacy, pair.latest].map((item) => (item?.kind === "typedef" ? item : null)) as [
    Extract<ApiPair["legacy"], { kind: "typedef" }> | null,
    Extract<ApiPair["latest"], { kind: "typedef" }> | null,
  ];
  const model = one ?? old;
  if (model === null || model.templateParameters !== null) return undefined;
  const crossing = crossingOf([old?.type ?? null, one?.type ?? null], "field", context);
  if (crossing.status === "left") return undefined;
  return {
    is: "typedef",
    common: pair.name,
    name: relativeName(pair.name, context.surface),
    type: crossing.type.shim,
    comment: model.comment,
    asIs: crossing.type.identical || crossesAsItIs(withShimNames(model.type, context), context),
  };
}
