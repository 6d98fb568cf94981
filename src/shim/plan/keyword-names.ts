/** Owns names of a C API that are keywords of C++: they end in `_` in the shim, and in the units that read the headers. */
import { isCppKeyword } from "../../api/snapshot/text/cpp-words.js";
import type { ApiDeclaration, ApiParameter, ApiSnapshot, ApiType } from "../../model/api-snapshot.js";

/** `class` → `class_`. */
export function withoutKeyword(name: string): string {
  return isCppKeyword(name) ? `${name}_` : name;
}

/** Each word of a qualified name. */
export function withoutKeywords(qualified: string): string {
  return qualified.includes("(") ? qualified : qualified.split("::").map(withoutKeyword).join("::");
}

/** The snapshot as C++ reads it once those words are replaced. */
export function withCppNames(snapshot: ApiSnapshot): ApiSnapshot {
  if (snapshot.language !== "c" || (snapshot.cppWords ?? []).every((word) => !isCppKeyword(word))) return snapshot;
  return { ...snapshot, declarations: snapshot.declarations.map(renamed) };
}

function renamed(one: ApiDeclaration): ApiDeclaration {
  const named = {
    name: withoutKeyword(one.name),
    qualifiedName: withoutKeywords(one.qualifiedName),
    parent: one.parent === null ? null : withoutKeywords(one.parent),
  };
  switch (one.kind) {
    case "class":
      return {
        ...one,
        ...named,
        fields: one.fields.map((field) => ({ ...field, name: withoutKeyword(field.name), type: inCpp(field.type) })),
      };
    case "enum":
      return { ...one, ...named, enumerators: one.enumerators.map((each) => ({ ...each, name: withoutKeyword(each.name) })) };
    case "function":
      return { ...one, ...named, result: inCpp(one.result), parameters: one.parameters.map(parameter) };
    case "typedef":
    case "variable":
      return { ...one, ...named, type: inCpp(one.type) };
  }
}

function parameter(one: ApiParameter): ApiParameter {
  return { ...one, name: withoutKeyword(one.name), type: inCpp(one.type) };
}

function inCpp(type: ApiType): ApiType {
  switch (type.kind) {
    case "pointer":
    case "reference":
      return { ...type, to: inCpp(type.to) };
    case "array":
      return { ...type, of: inCpp(type.of) };
    case "function":
      return { ...type, result: inCpp(type.result), parameters: type.parameters.map(inCpp) };
    case "named":
      return { ...type, name: withoutKeywords(type.name) };
    case "alias":
      return { ...type, name: withoutKeywords(type.name), target: inCpp(type.target) };
    default:
      return type;
  }
}
