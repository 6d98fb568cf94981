/** Owns a type with the shim's names in it, so that its classes can be looked up. */
import type { ApiType } from "../../model/api-snapshot.js";
import type { PlanContext } from "./context.js";
import { relativeName, writtenName } from "./shim-names.js";

/** Typedefs are resolved. */
export function withShimNames(type: ApiType, context: PlanContext): ApiType {
  const again = (one: ApiType): ApiType => withShimNames(one, context);
  switch (type.kind) {
    case "pointer":
    case "reference":
      return { ...type, to: again(type.to) };
    case "array":
      return { ...type, of: again(type.of) };
    case "function":
      return { ...type, result: again(type.result), parameters: type.parameters.map(again) };
    case "alias":
      return again(type.target);
    case "named":
      return { ...type, name: writtenName(relativeName(commonOf(type.name, context), context.surface), context.surface, context.inner) };
    default:
      return type;
  }
}

/** The name may be either release's. */
function commonOf(name: string, { sides, types }: PlanContext): string {
  const [old, one] = [sides[0].nameOf(name), sides[1].nameOf(name)];
  return types.has(one) ? one : old;
}
