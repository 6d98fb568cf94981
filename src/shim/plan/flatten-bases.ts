/** Owns members that a class has from a base that is an instance of a template: they become its own, with the arguments in place. */
import type { ApiClass, ApiMethod, ApiSnapshot, ApiTemplateArgument, ApiType } from "../../model/api-snapshot.js";

/** The snapshot with public members of template bases in the classes that are derived from them. */
export function withFlatBases(snapshot: ApiSnapshot): ApiSnapshot {
  const templates = new Map(
    snapshot.declarations.flatMap((one) =>
      one.kind === "class" && one.templateParameters !== null && one.specialization === null ? [[one.qualifiedName, one] as const] : [],
    ),
  );
  if (templates.size === 0) return snapshot;
  return {
    ...snapshot,
    declarations: snapshot.declarations.map((one) =>
      one.kind === "class" && one.templateParameters === null ? flat(one, templates) : one,
    ),
  };
}

function flat(one: ApiClass, templates: ReadonlyMap<string, ApiClass>): ApiClass {
  return { ...one, methods: [...one.methods, ...inherited(one, templates, 0)] };
}

function inherited(one: ApiClass, templates: ReadonlyMap<string, ApiClass>, depth: number, owner = one): ApiMethod[] {
  const own = new Set(one.methods.map(({ name }) => name));
  return one.bases.flatMap(({ type, access }) => {
    const template = type.kind === "named" && type.arguments !== null ? templates.get(type.name) : undefined;
    if (template === undefined || access !== "public" || depth > 8) return [];
    const self: ApiType = { kind: "named", name: owner.qualifiedName, arguments: null };
    const list = type.kind === "named" ? (type.arguments ?? []) : [];
    const base = placed(template, substitution(template, list, self), substitution(template, list, null));
    return [...base.methods, ...inherited(base, templates, depth + 1, owner)].filter(
      ({ role, access: seen, name }) =>
        role !== "constructor" && role !== "destructor" && seen === "public" && !own.has(name) && name !== "operator=",
    );
  });
}

/** A result that is the base, or refers to it, is no object of the derived class. */
function placed(template: ApiClass, put: Put, putResult: Put): ApiClass {
  const bases = template.bases.map(({ type, access, virtual }) => ({ type: put(type), access, virtual }));
  return { ...template, methods: template.methods.map((method) => substituted(method, put, putResult)), bases };
}

type Put = (type: ApiType) => ApiType;

function substituted(method: ApiMethod, put: Put, putResult: Put): ApiMethod {
  return {
    ...method,
    mangled: null,
    result: putResult(method.result),
    parameters: method.parameters.map((one) => ({ ...one, type: put(one.type) })),
  };
}

/** Names of a template's parameters, by its arguments. What takes the base itself takes the class that is derived from it. */
function substitution(template: ApiClass, list: readonly ApiTemplateArgument[], self: ApiType | null): Put {
  const types = new Map<string, ApiType>();
  for (const [index, { name }] of (template.templateParameters ?? []).entries()) {
    const argument = list[index];
    if (argument !== undefined && "type" in argument) types.set(name, argument.type);
  }
  return function put(type: ApiType): ApiType {
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
        const given = type.arguments?.map((one) => ("type" in one ? { type: put(one.type) } : one)) ?? null;
        if (self !== null && type.name === template.qualifiedName) return { ...self, ...(type.const === true ? { const: true } : {}) };
        return type.kind === "alias" ? { ...type, arguments: given, target: put(type.target) } : { ...type, arguments: given };
      }
      default:
        return type;
    }
  };
}
