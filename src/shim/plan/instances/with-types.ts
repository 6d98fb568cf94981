/** Owns putting other types in the place of some, everywhere in declarations. */
import { typeText } from "../../../api/type-text.js";
import type { ApiDeclaration, ApiTemplateArgument, ApiType } from "../../../model/api-snapshot.js";

/** `instead` gives the type to take, or undefined for one that stays; then what it is made of is asked about. */
export function withTypes(declarations: readonly ApiDeclaration[], instead: (type: ApiType) => ApiType | undefined): ApiDeclaration[] {
  const argument = (one: ApiTemplateArgument): ApiTemplateArgument => ("type" in one ? { type: put(one.type) } : one);
  function put(type: ApiType): ApiType {
    const found = instead(type);
    if (found !== undefined) return found;
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
        return type.arguments === null ? type : { ...type, arguments: type.arguments.map(argument) };
      case "alias":
        return { ...type, arguments: type.arguments?.map(argument) ?? null, target: put(type.target) };
      default:
        return type;
    }
  }
  function callable<T extends { readonly result: ApiType; readonly parameters: readonly { readonly type: ApiType }[] }>(one: T): T {
    return { ...one, result: put(one.result), parameters: one.parameters.map((each) => ({ ...each, type: put(each.type) })) };
  }
  return declarations.map((one): ApiDeclaration => {
    switch (one.kind) {
      case "class":
        return {
          ...one,
          bases: one.bases.map((base) => ({ ...base, type: put(base.type) })),
          fields: one.fields.map((field) => ({ ...field, type: put(field.type) })),
          methods: one.methods.map(callable),
        };
      case "function":
        return callable(one);
      case "typedef":
      case "variable":
        return { ...one, type: put(one.type) };
      default:
        return one;
    }
  });
}

/** A type's text with typedefs resolved. */
export function resolvedText(type: ApiType): string {
  return typeText(resolved(type));
}

function resolved(type: ApiType): ApiType {
  switch (type.kind) {
    case "pointer":
    case "reference":
    case "member-pointer":
      return { ...type, to: resolved(type.to) };
    case "array":
      return { ...type, of: resolved(type.of) };
    case "function":
      return { ...type, result: resolved(type.result), parameters: type.parameters.map(resolved) };
    case "named":
      return { ...type, arguments: type.arguments?.map((one) => ("type" in one ? { type: resolved(one.type) } : one)) ?? null };
    case "alias":
      return { ...resolved(type.target), ...(type.const === true ? { const: true } : {}) };
    default:
      return type;
  }
}
