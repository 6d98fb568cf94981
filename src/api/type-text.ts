/** Owns the C++ text of a type of the snapshot. */
import type { ApiTemplateArgument, ApiType } from "../model/api-snapshot.js";

/** As it is written in front of a name that is not there: `const char*`, `void (*)(int)`. */
export function typeText(type: ApiType): string {
  return declaratorText(type, "");
}

/** A declaration of `name` with the type. */
export function declaratorText(type: ApiType, name: string): string {
  switch (type.kind) {
    case "pointer":
      return declaratorText(type.to, `*${afterStar(type, name)}`);
    case "reference":
      return declaratorText(type.to, `${type.rvalue ? "&&" : "&"}${name}`);
    case "member-pointer":
      return declaratorText(type.to, ` ${type.of}::*${afterStar(type, name)}`);
    case "array":
      return declaratorText(type.of, `${bracketed(name)}[${type.size ?? ""}]`);
    case "function": {
      const parameters = [...type.parameters.map(typeText), ...(type.variadic ? ["..."] : [])].join(", ");
      return declaratorText(type.result, `${bracketed(name)}(${parameters})${type.noexcept ? " noexcept" : ""}`);
    }
    default:
      return joined(`${before(type)}${wordOf(type)}`, name);
  }
}

/** The arguments of a template between `<` and `>`. */
export function argumentsText(given: readonly ApiTemplateArgument[]): string {
  return given.map((one) => ("type" in one ? typeText(one.type) : one.text)).join(", ");
}

function wordOf(type: Extract<ApiType, { kind: "builtin" | "named" | "alias" | "other" }>): string {
  if (type.kind === "other") return type.text;
  if (type.kind === "builtin" || type.arguments === null) return type.name;
  return `${type.name}<${argumentsText(type.arguments)}>`;
}

function before(type: ApiType): string {
  return `${type.const === true ? "const " : ""}${type.volatile === true ? "volatile " : ""}`;
}

function afterStar(type: ApiType, name: string): string {
  const words = before(type).trim();
  return words === "" ? name : joined(` ${words}`, name);
}

function bracketed(name: string): string {
  return /^[*& ]/.test(name) ? ` (${name.trim()})` : name;
}

function joined(type: string, name: string): string {
  return name === "" || /^[*&([ ]/.test(name) ? type + name : `${type} ${name}`;
}
