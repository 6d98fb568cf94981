/** Owns putting a template's arguments in the place of its parameters, in types of the snapshot. */
import type { ApiClass, ApiTemplateArgument, ApiType } from "../model/api-snapshot.js";

export type Put = (type: ApiType) => ApiType;

/** Names of a template's parameters, by its arguments. What takes the template itself takes `self`, or stays for null. */
export function substitution(template: ApiClass, list: readonly ApiTemplateArgument[], self: ApiType | null): Put {
  const types = new Map<string, ApiType>();
  const texts = new Map<string, string>();
  for (const [index, { name }] of (template.templateParameters ?? []).entries()) {
    const argument = list[index];
    if (argument === undefined) continue;
    if ("type" in argument) types.set(name, argument.type);
    else texts.set(name, argument.text);
  }
  const argument = (one: ApiTemplateArgument): ApiTemplateArgument =>
    "type" in one ? { type: put(one.type) } : { text: texts.get(one.text) ?? one.text };
  function put(type: ApiType): ApiType {
    switch (type.kind) {
      case "other": {
        const found = types.get(type.text.replaceAll(/^(?:const |volatile )+/g, "").trim());
        return found === undefined ? type : { ...found, ...(type.const === true || type.text.startsWith("const ") ? { const: true } : {}) };
      }
      case "pointer":
      case "reference":
        return { ...type, to: put(type.to) };
      case "array":
        return { ...type, of: put(type.of) };
      case "function":
        return { ...type, result: put(type.result), parameters: type.parameters.map(put) };
      case "named":
      case "alias": {
        if (self !== null && type.name === template.qualifiedName && isOwnName(type, template))
          return { ...self, ...(type.const === true ? { const: true } : {}) };
        const given = type.arguments?.map(argument) ?? null;
        return type.kind === "alias" ? { ...type, arguments: given, target: put(type.target) } : { ...type, arguments: given };
      }
      default:
        return type;
    }
  }
  return put;
}

/** The template's name with its own parameters, or without any. */
function isOwnName({ arguments: given }: Extract<ApiType, { kind: "named" | "alias" }>, { templateParameters }: ApiClass): boolean {
  return (
    given === null ||
    given.every((one, i) => ("type" in one ? one.type.kind === "other" && one.type.text : one.text) === templateParameters?.[i]?.name)
  );
}
