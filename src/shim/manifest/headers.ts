/** Owns which headers of the library have one of the same name in the shim. */
import type { ApiSnapshot } from "../../model/api-snapshot.js";
import { byText } from "../../support/order.js";
import { everyClass, everyEnum } from "../emit/library-types.js";
import type { ShimPlan } from "../plan/model.js";

export interface ForwardedHeader {
  /** As `#include` names it. */
  readonly from: string;
  readonly to: string;
}

/** Headers that declare something of the shim, and those that the snapshots were asked for. */
export function forwardedHeaders(plan: ShimPlan, snapshots: readonly [ApiSnapshot, ApiSnapshot]): ForwardedHeader[] {
  const own = new Set([plan.namespace, "adapters", `${plan.namespace}_by_hand`].map((name) => `${plan.namespace}/${name}.h`));
  const declared = [...everyClass(plan.classes), ...everyEnum(plan), ...plan.functions, ...plan.constants].flatMap(({ of }) =>
    of.flatMap((one) => (one === null ? [] : [one.place.file])),
  );
  const asked = snapshots.flatMap(({ headers }) => headers);
  return [...new Set([...declared, ...asked])]
    .filter((from) => !from.startsWith("/") && !from.split("/").includes(".."))
    .toSorted(byText)
    .map((from) => {
      const to = `${plan.namespace}/${from}`;
      return { from, to: own.has(to) ? `${plan.namespace}/${plan.namespace}.h` : to };
    });
}
