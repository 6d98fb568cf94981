/** Owns which classes a library throws, and which of the standard library's they are derived from. */
import type { ApiClass, ApiMethod, ApiSnapshot } from "../../model/api-snapshot.js";
import type { ClassPlan } from "./model.js";
import type { ClassOf } from "./special-members.js";

/** Of the standard library: made from a text, or from nothing. */
const OF_TEXT =
  /^std::(runtime_error|logic_error|invalid_argument|domain_error|length_error|out_of_range|range_error|overflow_error|underflow_error)$/;
const OF_NOTHING = /^std::(exception|bad_alloc|bad_cast|bad_typeid|bad_exception)$/;
const OTHERS =
  /^std::(system_error|ios_base::failure|filesystem::filesystem_error|regex_error|future_error|bad_function_call|bad_optional_access)$/;

/** The standard class that a class is directly derived from, or undefined. */
export function standardBaseOf({ bases }: ApiClass): string | undefined {
  const names = bases.flatMap(({ type, access }) => (type.kind === "named" && access === "public" ? [type.name] : []));
  const found = names.find((name) => OF_TEXT.test(name) || OF_NOTHING.test(name) || OTHERS.test(name));
  return found === undefined || !OTHERS.test(found) ? found : "std::exception";
}

/** One for both releases: what differs is at least an exception. */
export function jointStandardBase(classes: readonly ApiClass[]): string {
  const found = classes.map(standardBaseOf);
  const [first] = found;
  if (found.some((one) => one === undefined) || first === undefined) return "";
  return found.every((one) => one === first) ? first : "std::exception";
}

/** Whether a std::exception is among its bases. */
export function isException(one: ApiClass, classOf: ClassOf): boolean {
  if (standardBaseOf(one) !== undefined) return true;
  return one.bases.some(({ type }) => {
    const base = type.kind === "named" ? classOf(type.name) : undefined;
    return base !== undefined && base !== one && isException(base, classOf);
  });
}

/** Made from a text, as its constructor wants. */
export function takesText(standardBase: string): boolean {
  return OF_TEXT.test(standardBase);
}

/** Classes that may be thrown: derived from std::exception, called an error, or named in the surface. No other is looked for at a call. */
export function isThrown(name: string, classes: readonly ApiClass[], classOf: ClassOf, listed: readonly string[]): boolean {
  return listed.includes(name) || /(error|exception|failure)$/i.test(name) || classes.some((one) => isException(one, classOf));
}

/** The snapshot with `what` in the classes that have it from the standard library. */
export function withWhat(snapshot: ApiSnapshot): ApiSnapshot {
  return {
    ...snapshot,
    declarations: snapshot.declarations.map((one) =>
      one.kind === "class" && standardBaseOf(one) !== undefined && !one.methods.some(isWhat) && one.templateParameters === null
        ? { ...one, methods: [...one.methods, what(one)] }
        : one,
    ),
  };
}

export function isWhat({ name, parameters }: Pick<ApiMethod, "name" | "parameters">): boolean {
  return name === "what" && parameters.length === 0;
}

function what({ place }: ApiClass): ApiMethod {
  return {
    name: "what",
    place,
    comment: null,
    attributes: [],
    mangled: null,
    result: { kind: "pointer", to: { kind: "builtin", name: "char", const: true } },
    parameters: [],
    variadic: false,
    noexcept: true,
    templateParameters: null,
    inline: true,
    constexpr: false,
    deleted: false,
    role: "method",
    access: "public",
    static: false,
    virtual: true,
    pure: false,
    override: true,
    final: false,
    const: true,
    volatile: false,
    ref: "none",
    explicit: false,
    defaulted: false,
  };
}

/** Those that are thrown, each before its bases. */
export function thrownFirst(classes: readonly ClassPlan[]): ClassPlan[] {
  const byName = new Map(classes.map((one) => [one.name, one]));
  function depth(one: ClassPlan, within: number): number {
    return within > 32
      ? within
      : 1 + Math.max(0, ...one.bases.map(({ name }) => (byName.has(name) ? depth(byName.get(name) as ClassPlan, within + 1) : 0)));
  }
  return classes
    .filter(({ thrown }) => thrown)
    .map((one) => ({ one, depth: depth(one, 0) }))
    .toSorted((a, b) => b.depth - a.depth)
    .map(({ one }) => one);
}
