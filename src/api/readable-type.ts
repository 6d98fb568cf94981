/** Owns a type of a snapshot as C++ text. */
import type { ApiTemplateArgument, ApiType } from "../model/api-snapshot.js";

/** `const char* name`, `void (*hook)(int)`; without a declarator the type alone. Typedefs of the API by their names. */
export function typeText(type: ApiType, declarator = ""): string {
  switch (type.kind) {
    case "pointer":
      return typeText(type.to, behindPointer("*", type, declarator, type.to));
    case "reference":
      return typeText(type.to, behindPointer(type.rvalue ? "&&" : "&", type, declarator, type.to));
    case "member-pointer":
      return typeText(type.to, behindPointer(`${type.of}::*`, type, declarator, type.to));
    case "array":
      return typeText(type.of, `${declarator}[${type.size ?? ""}]`);
    case "function": {
      const parameters = [...type.parameters.map((one) => typeText(one)), ...(type.variadic ? ["..."] : [])].join(", ");
      return typeText(type.result, `${declarator}(${parameters})${type.noexcept ? " noexcept" : ""}`);
    }
    case "builtin":
      return joined(qualifiers(type) + type.name, declarator);
    case "named":
    case "alias":
      return joined(qualifiers(type) + type.name + argumentsText(type.arguments), declarator);
    case "other":
      return joined(qualifiers(type) + type.text, declarator);
  }
}

/** `<int, 4>`, or "" for no arguments. */
export function argumentsText(list: readonly ApiTemplateArgument[] | null): string {
  return list === null ? "" : `<${list.map((one) => ("type" in one ? typeText(one.type) : one.text)).join(", ")}>`;
}

function qualifiers({ const: isConst, volatile: isVolatile }: ApiType): string {
  return `${isConst === true ? "const " : ""}${isVolatile === true ? "volatile " : ""}`;
}

function behindPointer(mark: string, type: ApiType, declarator: string, to: ApiType): string {
  const qualifier = qualifiers(type).trim();
  const head = qualifier === "" ? mark : `${mark} ${qualifier}`;
  const text = declarator === "" || /^[*&([]/.test(declarator) ? head + declarator : `${head} ${declarator}`;
  return to.kind === "array" || to.kind === "function" ? `(${text.replace(/^((?:[\w:]+::)?[*&]+) (?!const|volatile)/, "$1")})` : text;
}

function joined(head: string, declarator: string): string {
  if (declarator === "") return head;
  const isTight = /^[*&[]/.test(declarator) || (declarator.startsWith("(") && !/^\((?:[*&]|[\w:]+::\*)/.test(declarator));
  return isTight ? head + declarator : `${head} ${declarator}`;
}
