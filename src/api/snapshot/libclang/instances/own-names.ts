/** Owns the types in an instance's declarations: its own typedefs are what they stand for, and it has one name. */
import type { ApiDeclaration, ApiMethod, ApiType } from "../../../../model/api-snapshot.js";
import { withInnerTypes } from "../../../map-type.js";

/** `printed`: the name that the compiler gives the class. */
export function ownNames(printed: string, name: string): (one: ApiDeclaration) => ApiDeclaration {
  const own = (text: string): string => (text.startsWith(`${printed}::`) ? name + text.slice(printed.length) : text);
  const isInside = (text: string): boolean => text.startsWith(`${printed}::`) || text.startsWith(`${name}::`);
  function put(type: ApiType): ApiType {
    if (type.kind === "alias" && isInside(type.name)) return qualifiedAs(type, put(type.target));
    const found = withInnerTypes(type, put);
    return found.kind === "named" ? { ...found, name: own(found.name) } : found;
  }
  const method = (one: ApiMethod): ApiMethod => ({
    ...one,
    result: put(one.result),
    parameters: one.parameters.map((each) => ({ ...each, type: put(each.type) })),
  });
  return (one) => {
    switch (one.kind) {
      case "class":
        return {
          ...one,
          bases: one.bases.map((base) => ({ ...base, type: put(base.type) })),
          fields: one.fields.map((field) => ({ ...field, type: put(field.type) })),
          methods: one.methods.map(method),
        };
      case "variable":
        return { ...one, type: put(one.type) };
      default:
        return one;
    }
  };
}

function qualifiedAs(alias: ApiType, target: ApiType): ApiType {
  return {
    ...target,
    ...(alias.const === true ? { const: true } : {}),
    ...(alias.volatile === true ? { volatile: true } : {}),
  };
}

/** Whether it depends on a template's parameter. */
export function isDependent(type: ApiType): boolean {
  switch (type.kind) {
    case "other":
      return true;
    case "pointer":
    case "reference":
    case "member-pointer":
      return isDependent(type.to);
    case "array":
      return isDependent(type.of);
    case "function":
      return isDependent(type.result) || type.parameters.some(isDependent);
    case "alias":
      return isDependent(type.target);
    case "named":
      return (type.arguments ?? []).some((one) => "type" in one && isDependent(one.type));
    default:
      return false;
  }
}
