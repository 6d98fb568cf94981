/** Owns how classes, enumerations, typedefs, variables and macros differ between two releases, their members aside. */
import type { ApiDiffReason } from "../../model/api-diff.js";
import type { ApiClass, ApiEnum, ApiMacro, ApiTypedef, ApiVariable } from "../../model/api-snapshot.js";
import { typeText } from "../readable-type.js";
import { access, compareAttributes, compareFunctions, compareTemplates } from "./compare-callables.js";
import { isValueClass } from "./compare-members.js";
import { CHANGE_WORDS } from "./compare-parameters.js";
import { compareTypes, inTemplates, type TypeContext, typeStep } from "./compare-types.js";
import { reason } from "./costs.js";
import type { ApiItem } from "./declarations.js";

export function compareItems(a: ApiItem, b: ApiItem, context: TypeContext): ApiDiffReason[] {
  if (a.kind === "class" && b.kind === "class") return compareClasses(a, b, context);
  if (a.kind === "enum" && b.kind === "enum") return compareEnums(a, b, context);
  if (a.kind === "function" && b.kind === "function") return compareFunctions(a, b, context);
  if (a.kind === "typedef" && b.kind === "typedef") return compareTypedefs(a, b, context);
  if (a.kind === "variable" && b.kind === "variable") return compareVariables(a, b, context);
  if (a.kind === "macro" && b.kind === "macro") return compareMacros(a, b, context);
  return compareKinds(a, b);
}

function compareClasses(a: ApiClass, b: ApiClass, context: TypeContext): ApiDiffReason[] {
  const key =
    a.key === b.key ? [] : [reason([a.key, b.key].includes("union") ? "kind-changed" : "class-key", `was a ${a.key}, is a ${b.key}`)];
  const hidden =
    a.defined === b.defined
      ? []
      : [reason("definition-hidden", b.defined ? "is defined in the headers now" : "is only declared in the headers now")];
  return [
    ...key,
    ...hidden,
    ...compareTemplates(a.templateParameters, b.templateParameters, context),
    ...(a.final === b.final
      ? []
      : [reason(b.final ? "final-added" : "final-removed", b.final ? "became `final`" : "is no longer `final`")]),
    ...(a.abstract === b.abstract || hidden.length > 0
      ? []
      : [
          b.abstract
            ? reason("abstract", "objects of it can no longer be made")
            : reason("abstract-removed", "objects of it can be made now"),
        ]),
    ...size(a, b),
    ...access(a, b),
    ...compareAttributes(a.attributes, b.attributes),
  ];
}

/** The size of what callers hold as a value has to be known to them; that of the library's objects does not. */
function size(a: ApiClass, b: ApiClass): ApiDiffReason[] {
  if (a.size === null || b.size === null || (a.size === b.size && a.align === b.align)) return [];
  const text = a.size === b.size ? `alignment: ${a.align} → ${b.align}` : `size: ${a.size} → ${b.size} bytes`;
  return [reason(isValueClass(a) && isValueClass(b) ? "layout" : "size", text)];
}

function compareEnums(a: ApiEnum, b: ApiEnum, context: TypeContext): ApiDiffReason[] {
  const change = compareTypes(a.underlying, b.underlying, context);
  return [
    ...(a.scopedEnum === b.scopedEnum
      ? []
      : [reason("enum-scoped", b.scopedEnum ? "became an `enum class`" : "is no longer an `enum class`")]),
    ...(change === null ? [] : [reason("underlying", `underlying type: \`${typeText(a.underlying)}\` → \`${typeText(b.underlying)}\``)]),
    ...access(a, b),
    ...compareAttributes(a.attributes, b.attributes),
  ];
}

function compareTypedefs(a: ApiTypedef, b: ApiTypedef, outer: TypeContext): ApiDiffReason[] {
  const context = inTemplates(outer, a, b);
  const change = compareTypes(a.type, b.type, context);
  return [
    ...(change === null
      ? []
      : [
          reason(
            "typedef-target",
            `stands for \`${typeText(b.type)}\`, before for \`${typeText(a.type)}\`: ${CHANGE_WORDS[change]}`,
            change,
          ),
        ]),
    ...compareTemplates(a.templateParameters, b.templateParameters, outer),
    ...access(a, b),
  ];
}

function compareVariables(a: ApiVariable, b: ApiVariable, context: TypeContext): ApiDiffReason[] {
  const change = compareTypes(a.type, b.type, context);
  return [
    ...(change === null ? [] : [reason("variable-type", `type: ${typeStep(a.type, b.type)}: ${CHANGE_WORDS[change]}`, change)]),
    ...values(a.value, b.value),
    ...(a.constexpr === b.constexpr ? [] : [reason("constness", b.constexpr ? "became `constexpr`" : "is no longer `constexpr`")]),
    ...access(a, b),
  ];
}

/** Its value, or what stands for one: a number or a text alone. */
function constantOf({ value, parameters, body }: ApiMacro): string | null {
  return value ?? (parameters === null && /^(?:\d[\w.]*|"[^"]*")$/.test(body) ? body : null);
}

function values(a: string | null, b: string | null): ApiDiffReason[] {
  return a === b || a === null || b === null ? [] : [reason("constant", `value: ${a} → ${b}`)];
}

function compareMacros(a: ApiMacro, b: ApiMacro, context: TypeContext): ApiDiffReason[] {
  if (a.parameters?.length !== b.parameters?.length) return [reason("macro-parameters", `parameters: \`${called(a)}\` → \`${called(b)}\``)];
  const [old, one] = [constantOf(a), constantOf(b)];
  if (old !== null && one !== null) return values(old, one);
  if (bodyKey(a, context.legacy.textKey) === bodyKey(b, context.latest.textKey)) return [];
  return [reason(a.parameters === null ? "macro-text" : "macro-body", "its text differs")];
}

function called({ name, parameters }: ApiMacro): string {
  return parameters === null ? name : `${name}(${parameters.join(", ")})`;
}

/** Parameters by their place: their names mean nothing. */
function bodyKey({ body, parameters }: ApiMacro, keyOf: (text: string) => string): string {
  const places = new Map((parameters ?? []).map((name, index) => [name, `\u0001${index}`]));
  return keyOf(body).replaceAll(/[A-Za-z_]\w*/g, (word) => places.get(word) ?? word);
}

function compareKinds(a: ApiItem, b: ApiItem): ApiDiffReason[] {
  const text = `was ${ARTICLES[a.kind]}, is ${ARTICLES[b.kind]}`;
  if (isConstant(a) && isConstant(b)) return [reason("macro-to-constant", text), ...values(valueOf(a), valueOf(b))];
  return [reason("kind-changed", text)];
}

function isConstant(item: ApiItem): boolean {
  return item.kind === "variable" || (item.kind === "macro" && constantOf(item) !== null);
}

function valueOf(item: ApiItem): string | null {
  return item.kind === "variable" ? item.value : item.kind === "macro" ? constantOf(item) : null;
}

const ARTICLES: Readonly<Record<ApiItem["kind"], string>> = {
  class: "a class",
  enum: "an enumeration",
  function: "a function",
  typedef: "a typedef",
  variable: "a variable",
  macro: "a macro",
};
