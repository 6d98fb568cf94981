/** Owns the walk into a type: what each kind of it is made of. */
import type { ApiTemplateArgument, ApiType } from "../model/api-snapshot.js";

/** The same type with `put` of every type that it is directly made of in that one's place; one made of none stays as it is. */
export function withInnerTypes(type: ApiType, put: (inner: ApiType) => ApiType): ApiType {
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
      return { ...type, arguments: withArguments(type.arguments, put) };
    case "alias":
      return { ...type, arguments: withArguments(type.arguments, put), target: put(type.target) };
    default:
      return type;
  }
}

function withArguments(
  given: readonly ApiTemplateArgument[] | null,
  put: (inner: ApiType) => ApiType,
): readonly ApiTemplateArgument[] | null {
  return given?.map((one) => ("type" in one ? { type: put(one.type) } : one)) ?? null;
}
