/** Owns putting other types in the place of some, everywhere in declarations. */
import { withInnerTypes } from "../../../api/map-type.js";
import { typeText } from "../../../api/type-text.js";
import type { ApiDeclaration, ApiType } from "../../../model/api-snapshot.js";

/** `instead` gives the type to take, or undefined for one that stays; then what it is made of is asked about. */
export function withTypes(declarations: readonly ApiDeclaration[], instead: (type: ApiType) => ApiType | undefined): ApiDeclaration[] {
  const put = (type: ApiType): ApiType => instead(type) ?? withInnerTypes(type, put);
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
  if (type.kind !== "alias") return withInnerTypes(type, resolved);
  return { ...resolved(type.target), ...(type.const === true ? { const: true } : {}) };
}
