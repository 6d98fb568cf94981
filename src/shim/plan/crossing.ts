/** Owns how one type of a signature crosses the shim: what both releases have there, joined to one type of the shim. */
import { typeText } from "../../api/type-text.js";
import type { ApiType } from "../../model/api-snapshot.js";
import type { PlanContext } from "./context.js";
import { joinTypes } from "./join-types.js";
import type { BySide, CrossingType } from "./model.js";
import { type Role, shapeProblem } from "./shape-problem.js";
import { sideType } from "./side-type.js";

export type Crossing = { readonly status: "crosses"; readonly type: CrossingType } | { readonly status: "left"; readonly reason: string };

/** `types`: what either release has there, null where it lacks it. One of them at least is given. */
export function crossingOf(types: BySide<ApiType>, role: Role, context: PlanContext): Crossing {
  const sides = types.map((type, side) => (type === null ? null : sideType(type, side as 0 | 1, context)));
  const [legacy, latest] = [sides[0] ?? null, sides[1] ?? null];
  const problem = latest?.problem ?? legacy?.problem;
  if (problem !== undefined) return { status: "left", reason: problem };
  const joined = joinTypes(legacy?.shim ?? null, latest?.shim ?? null, role);
  if (joined.status === "left") return joined;
  const shim = typeText(joined.type);
  const library: BySide<string> = [legacy === null ? null : typeText(legacy.library), latest === null ? null : typeText(latest.library)];
  const identical = library.every((one) => one === null || one === shim);
  const wrong = identical ? undefined : shapeProblem(joined.type, role, context);
  if (wrong !== undefined) return { status: "left", reason: wrong };
  const result = !identical && role === "result" ? asResult(joined.type, context) : joined.type;
  const all = [legacy, latest].filter((one) => one !== null);
  return {
    status: "crosses",
    type: {
      shim: typeText(result),
      library,
      identical,
      needs: [...new Set(all.flatMap(({ needs }) => needs))],
      lends: all.some(({ lends }) => lends),
    },
  };
}

/** A converted value cannot be referred to: it is returned by value. */
function asResult(type: ApiType, context: PlanContext): ApiType {
  if (type.kind !== "reference") return type;
  const { to } = type;
  const kind = to.kind === "named" ? context.kindOfShim(to.name) : undefined;
  if (kind === "object" || kind === "interface" || kind === "layout") return type;
  const { const: _, ...value } = to;
  return value as ApiType;
}
