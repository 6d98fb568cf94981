/** Owns what a report shows of a declaration: its name, one line of C++, its place. */
import type { ApiDiffDeclaration } from "../../model/api-diff.js";
import type { ApiClass, ApiEnum, ApiField, ApiMethod } from "../../model/api-snapshot.js";
import { classText, enumText, fieldText, functionText, macroText, methodText, typedefText, variableText } from "../declaration-text.js";
import { typeText } from "../readable-type.js";
import type { ApiItem } from "./declarations.js";
import type { ApiBase, ApiEnumerator } from "./pair-members.js";

export function showItem(item: ApiItem): ApiDiffDeclaration {
  const { file, line } = item.place;
  return { name: item.kind === "macro" ? item.name : item.qualifiedName, text: itemText(item), file, line };
}

function itemText(item: ApiItem): string {
  switch (item.kind) {
    case "class":
      return classText(item);
    case "enum":
      return enumText(item);
    case "function":
      return functionText(item);
    case "typedef":
      return typedefText(item);
    case "variable":
      return variableText(item);
    case "macro":
      return macroText(item);
  }
}

export function showMethod(owner: ApiClass, method: ApiMethod): ApiDiffDeclaration {
  const { file, line } = method.place;
  return { name: `${owner.qualifiedName}::${method.name}`, text: methodText(method), file, line };
}

export function showField(owner: ApiClass, field: ApiField): ApiDiffDeclaration {
  const { file, line } = field.place;
  return { name: `${owner.qualifiedName}::${field.name}`, text: fieldText(field), file, line };
}

export function showBase(owner: ApiClass, { type, access, virtual }: ApiBase): ApiDiffDeclaration {
  const { file, line } = owner.place;
  return { name: typeText(type), text: `${access}${virtual ? " virtual" : ""} ${typeText(type)}`, file, line };
}

export function showEnumerator(owner: ApiEnum, { name, value, line }: ApiEnumerator): ApiDiffDeclaration {
  const scope = owner.name === "" ? owner.qualifiedName.replace(/\(enum at [^)]*\)$/, "") : `${owner.qualifiedName}::`;
  return { name: scope + name, text: `${name} = ${value}`, file: owner.place.file, line };
}
