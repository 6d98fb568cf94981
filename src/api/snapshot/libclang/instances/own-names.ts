/** Owns the types in an instance's declarations: its own typedefs are what they stand for, and it has one name. */
import type { ApiDeclaration, ApiMethod, ApiTemplateArgument, ApiType } from "../../../../model/api-snapshot.js";

/** `printed`: the name that the compiler gives the class. */
export function ownNames(printed: string, name: string): (one: ApiDeclaration) => ApiDeclaration {
  const own = (text: string): string => (text.startsWith(`${printed}::`) ? name + text.slice(printed.length) : text);
  const isInside = (text: string): boolean => text.startsWith(`${printed}::`) || text.startsWith(`${name}::`);
  const argument = (one: ApiTemplateArgument): ApiTemplateArgument => ("type" in one ? { type: put(one.type) } : one);
  function put(type: ApiType): ApiType {
    switch (type.kind) {
      case "pointer":
      case "reference":
      case "member-pointer":
        return { ...type, to: put(type.to) };
      case "array":
        return { ...type, of: put(type.of) };
      case "function":
        return { ...type, result: put(type.result), parameters: type.parameters.map(put) };
      case "named":
        return { ...type, name: own(type.name), arguments: type.arguments?.map(argument) ?? null };
      case "alias":
        if (isInside(type.name))
          return {
            ...put(type.target),
            ...(type.const === true ? { const: true } : {}),
            ...(type.volatile === true ? { volatile: true } : {}),
          };
        return { ...type, arguments: type.arguments?.map(argument) ?? null, target: put(type.target) };
      default:
        return type;
    }
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
