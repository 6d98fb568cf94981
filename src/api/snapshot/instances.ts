/** Owns which instances of the API's templates its declarations use. */
import type { ApiDeclaration, ApiFunction, ApiSnapshot, ApiTemplateArgument, ApiType } from "../../model/api-snapshot.js";
import { byText } from "../../support/order.js";
import { typeText } from "../type-text.js";

export interface KnownSize {
  readonly type: ApiType;
  readonly size: number;
  readonly align: number;
}

type Instance = ApiSnapshot["instances"][number];

/** Sorted by spelling; a negative size is one that the compiler does not know. */
export function instancesOf(declarations: readonly ApiDeclaration[], sizes: readonly KnownSize[]): Instance[] {
  const templates = new Set(
    declarations.flatMap((one) => (one.kind === "class" && one.templateParameters !== null ? [one.qualifiedName] : [])),
  );
  const bySpelling = new Map(sizes.filter(({ size }) => size > 0).map((one) => [typeText(one.type), one]));
  const found = new Map<string, { type: ApiType; uses: number }>();
  for (const declaration of declarations) {
    if (isTemplate(declaration)) continue;
    const used = new Map<string, ApiType>();
    for (const type of typesIn(declaration)) collect(type, templates, used);
    for (const [spelling, type] of used) {
      const before = found.get(spelling);
      found.set(spelling, { type, uses: (before?.uses ?? 0) + 1 });
    }
  }
  return [...found]
    .map(([spelling, { type, uses }]) => ({
      spelling,
      type,
      size: bySpelling.get(spelling)?.size ?? null,
      align: bySpelling.get(spelling)?.align ?? null,
      uses,
      name: "",
      declarations: [],
      broken: [],
      problem: null,
    }))
    .toSorted((a, b) => byText(a.spelling, b.spelling));
}

function isTemplate(one: ApiDeclaration): boolean {
  return "templateParameters" in one && one.templateParameters !== null;
}

/** The types that a declaration tells of; its templates' methods depend on their parameters. */
function typesIn(one: ApiDeclaration): ApiType[] {
  switch (one.kind) {
    case "class":
      return [
        ...one.bases.map(({ type }) => type),
        ...one.fields.map(({ type }) => type),
        ...one.methods.filter(({ templateParameters }) => templateParameters === null).flatMap(typesOfCall),
      ];
    case "function":
      return typesOfCall(one);
    case "typedef":
    case "variable":
      return [one.type];
    default:
      return [];
  }
}

function typesOfCall({ result, parameters }: Pick<ApiFunction, "result" | "parameters">): ApiType[] {
  return [result, ...parameters.map(({ type }) => type)];
}

function collect(type: ApiType, templates: ReadonlySet<string>, found: Map<string, ApiType>): void {
  if (type.kind === "named" && type.arguments !== null && templates.has(type.name) && !dependsOnParameter(type)) {
    const { const: _const, volatile: _volatile, ...plain } = type;
    found.set(typeText(plain), plain);
  }
  for (const inner of partsOf(type)) collect(inner, templates, found);
}

function dependsOnParameter(type: ApiType): boolean {
  return type.kind === "other" || partsOf(type).some(dependsOnParameter);
}

/** The types that a type is made of. */
function partsOf(type: ApiType): ApiType[] {
  switch (type.kind) {
    case "pointer":
    case "reference":
    case "member-pointer":
      return [type.to];
    case "array":
      return [type.of];
    case "function":
      return [type.result, ...type.parameters];
    case "named":
      return typesAmong(type.arguments);
    case "alias":
      return [type.target, ...typesAmong(type.arguments)];
    default:
      return [];
  }
}

function typesAmong(given: readonly ApiTemplateArgument[] | null): ApiType[] {
  return (given ?? []).flatMap((one) => ("type" in one ? [one.type] : []));
}
