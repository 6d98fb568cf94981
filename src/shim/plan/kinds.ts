/** Owns what a class of the library becomes in the shim: a value, the same layout, a name only, an object or an interface. */
import type { ApiPair } from "../../api/diff/pair.js";
import type { ApiClass, ApiField, ApiMethod, ApiType } from "../../model/api-snapshot.js";
import type { ClassKind } from "../../model/shim-surface.js";

/** The classes that both releases give a pair, those that are defined first. */
export function classesOf({ legacy, latest }: ApiPair): ApiClass[] {
  return [legacy, latest].filter((one): one is ApiClass => one?.kind === "class");
}

export interface KindInputs {
  readonly pair: ApiPair;
  /** Whether callers hand objects of it to the library. */
  readonly flowsIn: boolean;
  readonly language: "c" | "c++";
  /** Whether values of that type have the same bits in both releases and in the shim. */
  readonly isSameBits: (type: ApiType) => boolean;
  /** Whether a struct of ours can have its fields where the library has them. */
  readonly canBeLaidOut: (one: ApiClass) => boolean;
  readonly isCounted: boolean;
  readonly isException: boolean;
  readonly hasDefault: (one: ApiClass) => boolean;
  readonly baseKinds: readonly (ClassKind | undefined)[];
}

/** Undefined for what no kind describes: a template, a union of other layouts. */
export function classKind({
  pair,
  flowsIn,
  language,
  isSameBits,
  canBeLaidOut,
  isCounted,
  isException,
  hasDefault,
  baseKinds,
}: KindInputs): ClassKind | undefined {
  const classes = classesOf(pair);
  if (classes.length === 0 || classes.some(({ templateParameters }) => templateParameters !== null)) return undefined;
  if (classes.some(({ defined }) => !defined)) return "opaque";
  if (
    hasSameLayout(classes, isSameBits) &&
    classes.every(canBeLaidOut) &&
    (language === "c" || classes.every((one) => one.methods.length === 0))
  )
    return "layout";
  if (classes.some(({ key }) => key === "union")) return undefined;
  if (language === "c") return classes.every(({ fields }) => fields.length > 0) ? "value" : "opaque";
  if (!isCounted && classes.every((one) => isValue(one, hasDefault(one)))) return "value";
  // What is thrown is made by the library and copied.
  if (isException && classes.every(({ abstract }) => !abstract)) return "object";
  if (flowsIn && classes.every(isProtocol)) return "interface";
  if (flowsIn && baseKinds.includes("interface") && classes.some(({ abstract }) => abstract)) return "interface";
  return "object";
}

function hasSameLayout(classes: readonly ApiClass[], isSameBits: (type: ApiType) => boolean): boolean {
  const [first, second] = classes;
  if (first === undefined || second === undefined || first.fields.length === 0) return false;
  return (
    classes.every(({ pod }) => pod === true) &&
    first.size === second.size &&
    first.align === second.align &&
    first.key === second.key &&
    first.fields.length === second.fields.length &&
    first.fields.every((field, index) => isSameField(field, second.fields[index] as ApiField) && isSameBits(field.type))
  );
}

function isSameField(one: ApiField, other: ApiField): boolean {
  return one.name === other.name && (one.name !== "" || one.width !== null) && one.offset === other.offset && one.width === other.width;
}

/** All data public, nothing virtual, and it can be made without arguments. */
function isValue({ fields, bases, polymorphic, methods }: ApiClass, hasDefault: boolean): boolean {
  return (
    fields.length > 0 &&
    bases.length === 0 &&
    !polymorphic &&
    fields.every(({ access, type }) => access === "public" && type.kind !== "reference") &&
    (hasDefault || fieldConstructor({ fields, methods }) !== undefined) &&
    methods.every(
      ({ role, access, deleted }) => role === "method" || role === "operator" || (access === "public" && !deleted) || role === "conversion",
    )
  );
}

/** The fields that a public constructor takes, by the names of its parameters; undefined where none says. */
export function fieldConstructor({ fields, methods }: Pick<ApiClass, "fields" | "methods">): readonly string[] | undefined {
  const names = new Set(fields.map(({ name }) => name));
  for (const one of methods) {
    if (one.role !== "constructor" || one.deleted || one.access !== "public" || isCopyOrMoveOf(one)) continue;
    const taken = one.parameters.filter((parameter) => parameter.default === null).map(({ name }) => fieldOf(name, names));
    if (taken.every((name) => name !== undefined)) return taken;
  }
  return undefined;
}

/** `value`, `value_` and `_value` are one. */
function fieldOf(parameter: string, names: ReadonlySet<string>): string | undefined {
  const bare = parameter.replaceAll(/^_+|_+$/g, "");
  return [parameter, bare, `${bare}_`, `_${bare}`, `m_${bare}`].find((name) => names.has(name));
}

function isCopyOrMoveOf({ name, parameters }: ApiMethod): boolean {
  const [only, ...rest] = parameters;
  if (only?.type.kind !== "reference" || rest.length > 0) return false;
  const { to } = only.type;
  return (to.kind === "named" || to.kind === "alias") && to.name.split("::").at(-1) === name;
}

/** A class of ours can be derived from it without arguments. */
function canBeDerived(methods: readonly ApiMethod[]): boolean {
  const constructors = methods.filter(({ role }) => role === "constructor");
  if (constructors.length === 0) return true;
  return constructors.some(
    ({ access, deleted, parameters }) => access !== "private" && !deleted && parameters.every((one) => one.default !== null),
  );
}

/** It only says what may be called: virtual functions and no data, or pure ones among them. */
function isProtocol({ abstract, polymorphic, fields, methods }: ApiClass): boolean {
  if (abstract) return canBeDerived(methods);
  const calls = methods.filter(({ role, static: isStatic }) => (role === "method" || role === "operator") && !isStatic);
  return polymorphic && fields.length === 0 && calls.length > 0 && calls.every((one) => one.virtual);
}
