/** Owns constructors that the language declares: a class that is called as an object can be made without arguments, though nobody wrote it. */
import type { ApiClass, ApiMethod, ApiSnapshot } from "../../model/api-snapshot.js";
import { canDefault, type ClassOf } from "./special-members.js";

/** The snapshot with implicit default constructors in the classes that have one. Structs of public data need none. */
export function withImplicitConstructors(snapshot: ApiSnapshot): ApiSnapshot {
  const classes = new Map(snapshot.declarations.flatMap((one) => (one.kind === "class" ? [[one.qualifiedName, one] as const] : [])));
  const classOf: ClassOf = (name) => classes.get(name);
  return {
    ...snapshot,
    declarations: snapshot.declarations.map((one) =>
      one.kind === "class" && isMade(one, classOf) ? { ...one, methods: [implicit(one), ...one.methods] } : one,
    ),
  };
}

function isMade(one: ApiClass, classOf: ClassOf): boolean {
  if (!one.defined || one.key === "union" || one.name === "" || one.templateParameters !== null || one.abstract) return false;
  if (one.methods.some(({ role }) => role === "constructor") || !isObject(one)) return false;
  const isKept = one.methods.some(({ role, access, deleted }) => role === "destructor" && (access !== "public" || deleted));
  return !isKept && canDefault(one, classOf);
}

/** What no struct of values is: it has more than public data. */
function isObject({ fields, bases, methods, polymorphic }: ApiClass): boolean {
  if (methods.length === 0) return polymorphic || bases.length > 0;
  return polymorphic || bases.length > 0 || fields.length === 0 || fields.some(({ access }) => access !== "public");
}

function implicit({ name, place }: ApiClass): ApiMethod {
  return {
    name,
    place,
    comment: null,
    attributes: [],
    mangled: null,
    result: { kind: "builtin", name: "void" },
    parameters: [],
    variadic: false,
    noexcept: false,
    templateParameters: null,
    inline: true,
    constexpr: false,
    deleted: false,
    role: "constructor",
    access: "public",
    static: false,
    virtual: false,
    pure: false,
    override: false,
    final: false,
    const: false,
    volatile: false,
    ref: "none",
    explicit: false,
    defaulted: true,
  };
}
