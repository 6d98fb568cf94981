/** Owns members that a class has from a base that is an instance of a template: they become its own, with the arguments in place. */
import { type Put, substitution } from "../../api/substitute-arguments.js";
import { typeText } from "../../api/type-text.js";
import type { ApiClass, ApiMethod, ApiSnapshot, ApiType } from "../../model/api-snapshot.js";

/** The snapshot with public members of template bases in the classes that are derived from them. */
export function withFlatBases(snapshot: ApiSnapshot): ApiSnapshot {
  const templates = new Map(
    snapshot.declarations.flatMap((one) =>
      one.kind === "class" && one.templateParameters !== null && one.specialization === null ? [[one.qualifiedName, one] as const] : [],
    ),
  );
  if (templates.size === 0) return snapshot;
  const broken = brokenMembers(snapshot);
  return {
    ...snapshot,
    declarations: snapshot.declarations.map((one) =>
      one.kind === "class" && one.templateParameters === null ? flat(one, templates, broken) : one,
    ),
  };
}

/** Of which the compiler has said that they do not compile, by the instance's spelling, name and place. */
function brokenMembers({ instances }: ApiSnapshot): ReadonlySet<string> {
  return new Set(instances.flatMap(({ spelling, broken }) => broken.map(({ name, place }) => brokenKey(spelling, name, place))));
}

function brokenKey(spelling: string, name: string, { file, line }: ApiMethod["place"]): string {
  return `${spelling} ${name} ${file}:${line}`;
}

function flat(one: ApiClass, templates: ReadonlyMap<string, ApiClass>, broken: ReadonlySet<string>): ApiClass {
  return { ...one, methods: [...one.methods, ...inherited(one, templates, broken, 0)] };
}

function inherited(
  one: ApiClass,
  templates: ReadonlyMap<string, ApiClass>,
  broken: ReadonlySet<string>,
  depth: number,
  owner = one,
): ApiMethod[] {
  const own = new Set(one.methods.map(({ name }) => name));
  return one.bases.flatMap(({ type, access }) => {
    const template = type.kind === "named" && type.arguments !== null ? templates.get(type.name) : undefined;
    if (template === undefined || access !== "public" || depth > 8) return [];
    const self: ApiType = { kind: "named", name: owner.qualifiedName, arguments: null };
    const list = type.kind === "named" ? (type.arguments ?? []) : [];
    const base = placed(template, substitution(template, list, self), substitution(template, list, null));
    const spelling = typeText(type);
    const good = base.methods.filter(({ name, place }) => !broken.has(brokenKey(spelling, name, place)));
    return [...good, ...inherited(base, templates, broken, depth + 1, owner)].filter(
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

function substituted(method: ApiMethod, put: Put, putResult: Put): ApiMethod {
  return {
    ...method,
    mangled: null,
    result: putResult(method.result),
    parameters: method.parameters.map((one) => ({ ...one, type: put(one.type) })),
  };
}
