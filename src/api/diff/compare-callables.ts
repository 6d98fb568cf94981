/** Owns how functions, methods and constructors differ between two releases. */
import type { ApiDiffReason } from "../../model/api-diff.js";
import type { ApiFunction, ApiMethod, ApiTemplateParameter } from "../../model/api-snapshot.js";
import { CHANGE_WORDS, compareParameters } from "./compare-parameters.js";
import { compareTypes, inTemplates, type TypeContext, typeStep } from "./compare-types.js";
import { reason } from "./costs.js";
import type { DiffSide } from "./side.js";
import { bare } from "./type-words.js";

export function compareFunctions(a: ApiFunction, b: ApiFunction, context: TypeContext): ApiDiffReason[] {
  const linkage = a.cLanguage === b.cLanguage ? [] : [reason("linkage", b.cLanguage ? 'became `extern "C"`' : 'is no longer `extern "C"`')];
  return [...compareCalls(a, b, context), ...linkage];
}

export function compareMethods(a: ApiMethod, b: ApiMethod, context: TypeContext): ApiDiffReason[] {
  const isCall = b.role !== "constructor" && b.role !== "destructor";
  return [
    ...compareCalls(a, b, context),
    ...(isCall ? flag(a.const, b.const, "const") : []),
    ...virtualness(a, b),
    ...flag(a.final, b.final, "final"),
    ...flag(a.static, b.static, "static"),
    ...(a.ref === b.ref ? [] : [reason("ref-qualifier", `is called on ${REFS[b.ref]}, before on ${REFS[a.ref]}`)]),
    ...flag(a.explicit, b.explicit, "explicit"),
    ...access(a, b),
  ];
}

const REFS = { none: "any object", lvalue: "an lvalue", rvalue: "an rvalue" } as const;

function compareCalls(a: ApiFunction | ApiMethod, b: ApiFunction | ApiMethod, outer: TypeContext): ApiDiffReason[] {
  const context = inTemplates(outer, a, b);
  return [
    ...compareTemplates(a.templateParameters, b.templateParameters, outer),
    ...result(a, b, context),
    ...compareParameters(a.parameters, b.parameters, context),
    ...(a.variadic === b.variadic
      ? []
      : [reason("variadic", b.variadic ? "takes any number of arguments now" : "no longer takes any number of arguments")]),
    ...flag(a.noexcept, b.noexcept, "noexcept"),
    ...(a.deleted === b.deleted
      ? []
      : [reason("deleted", b.deleted ? "is deleted in the newer release" : "was deleted in the older release")]),
    ...compareAttributes(a.attributes, b.attributes),
  ];
}

function result(a: ApiFunction | ApiMethod, b: ApiFunction | ApiMethod, context: TypeContext): ApiDiffReason[] {
  const change = compareTypes(bare(a.result), bare(b.result), context);
  if (change === null) return [];
  return [reason("return-type", `return type: ${typeStep(a.result, b.result)}: ${CHANGE_WORDS[change]}`, change)];
}

function virtualness(a: ApiMethod, b: ApiMethod): ApiDiffReason[] {
  return [...flag(a.virtual, b.virtual, "virtual"), ...flag(a.pure, b.pure, "pure")];
}

type Flag = "const" | "noexcept" | "virtual" | "pure" | "final" | "static" | "explicit";

function flag(before: boolean, after: boolean, word: Flag): ApiDiffReason[] {
  if (before === after) return [];
  return after
    ? [reason(`${word}-added`, `became \`${SHOWN[word] ?? word}\``)]
    : [reason(`${word}-removed`, `is no longer \`${SHOWN[word] ?? word}\``)];
}

const SHOWN: Readonly<Partial<Record<Flag, string>>> = { pure: "= 0" };

const ACCESS = { public: 0, protected: 1, private: 2 } as const;

/** Of members of a class. */
export function access(a: Pick<ApiMethod, "access">, b: Pick<ApiMethod, "access">): ApiDiffReason[] {
  if (a.access === b.access) return [];
  const isNarrower = ACCESS[b.access] > ACCESS[a.access];
  return [reason(isNarrower ? "access-narrowed" : "access-widened", `was ${a.access}, is ${b.access}`)];
}

export function compareTemplates(
  a: readonly ApiTemplateParameter[] | null,
  b: readonly ApiTemplateParameter[] | null,
  context: { readonly legacy: DiffSide; readonly latest: DiffSide },
): ApiDiffReason[] {
  const [old, one] = [shape(a, context.legacy), shape(b, context.latest)];
  if (old === one) return [];
  if (a === null) return [reason("template-parameters", `became a template: \`<${shown(b)}>\``)];
  if (b === null) return [reason("template-parameters", `is no longer a template: \`<${shown(a)}>\``)];
  return [reason("template-parameters", `template parameters: \`<${shown(a)}>\` → \`<${shown(b)}>\``)];
}

/** Names of parameters mean nothing to callers, but for values: their type stands in the text. */
function shape(parameters: readonly ApiTemplateParameter[] | null, side: DiffSide): string {
  if (parameters === null) return "";
  return (
    parameters.map((one) => `${one.kind}${one.pack ? "..." : ""} ${one.default === null ? "" : side.textKey(one.default)}`).join(", ") ||
    "none"
  );
}

function shown(parameters: readonly ApiTemplateParameter[] | null): string {
  return (parameters ?? []).map(({ text }) => text).join(", ");
}

/** Only what callers notice: a warning when they call it, or when they drop its result. */
export function compareAttributes(a: readonly string[], b: readonly string[]): ApiDiffReason[] {
  const [old, one] = [a, b].map((list) => list.filter((each) => /deprecated|nodiscard|warn_unused_result/.test(each))) as [
    string[],
    string[],
  ];
  const gone = old.filter((each) => !one.includes(each)).map((each) => reason("attributes", `is no longer \`${each}\``));
  return [...gone, ...one.filter((each) => !old.includes(each)).map((each) => reason("attributes", `became \`${each}\``))];
}
