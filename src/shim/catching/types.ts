/** Owns which types of a shim can be made from bytes and which can be compared, and why others cannot. */
import { everyClass, everyEnum } from "../emit/library-types.js";
import type { ClassPlan, EnumPlan, FieldPlan, MethodPlan, ShimPlan } from "../plan/model.js";

export interface KnownTypes {
  readonly enums: ReadonlyMap<string, EnumPlan>;
  readonly classes: ReadonlyMap<string, ClassPlan>;
}

export function knownTypes(plan: ShimPlan): KnownTypes {
  const classes = everyClass(plan.classes).filter(({ instance, library }) => instance === null && !library.includes(null));
  return {
    enums: new Map(everyEnum(plan).map((one) => [one.name, one])),
    classes: new Map(classes.map((one) => [one.name, one])),
  };
}

const NUMBER =
  /^(?:(?:std::)?(?:u?int(?:8|16|32|64|ptr|max)_t|size_t|ptrdiff_t)|ssize_t|bool|float|double|(?:(?:un)?signed )?(?:char|short|int|long|long long)(?: int)?|unsigned|signed)$/;

/** A type without what is around it. */
export interface Bare {
  readonly base: string;
  readonly const: boolean;
  readonly passed: "value" | "reference" | "move" | "pointer";
}

export function bareOf(text: string): Bare {
  const move = /\s*&&$/.exec(text) !== null;
  const reference = !move && text.endsWith("&");
  const inner = text.replace(/\s*&{1,2}$/, "").trim();
  const pointer = /^(?:const )?([^*]+?)\s*\*$/.exec(inner);
  const isConst = inner.startsWith("const ");
  if (pointer !== null && !move && !reference) return { base: (pointer[1] as string).trim(), const: isConst, passed: "pointer" };
  const passed = move ? "move" : reference ? "reference" : "value";
  return { base: isConst ? inner.slice("const ".length).trim() : inner, const: isConst, passed };
}

/** Fields that are made and shown: in both flavors, with a name, of a type that is a value. */
export function valueFields(one: ClassPlan, types: KnownTypes, above: readonly string[] = []): FieldPlan[] {
  return one.fields.filter(
    ({ name, of, type }) =>
      name !== "" && !of.includes(null) && !type.shim.startsWith("const ") && valueProblem(type.shim, types, above) === undefined,
  );
}

/** The enumerators that both flavors know. */
export function jointEnumerators({ enumerators }: EnumPlan): string[] {
  return enumerators.filter((one) => one.in[0] && one.in[1]).map(({ name }) => name);
}

const cannot = (type: string): string => `${type} cannot be generated`;

/** Undefined where a value of it can be made and compared. `above`: classes whose fields are looked at just now. */
export function valueProblem(base: string, types: KnownTypes, above: readonly string[] = []): string | undefined {
  if (NUMBER.test(base) || base === "std::string") return undefined;
  const found = types.enums.get(base);
  if (found !== undefined) return jointEnumerators(found).length > 0 ? undefined : `${base} has no enumerator in both releases`;
  const inner = /^std::(?:vector|optional)<(.+)>$/.exec(base) ?? /^std::array<(.+), \d+>$/.exec(base);
  if (inner !== null) return valueProblem(inner[1] as string, types, above);
  const one = types.classes.get(base);
  if (one === undefined || (one.kind !== "value" && one.kind !== "layout")) return cannot(base);
  if (above.includes(base)) return undefined;
  if (one.key === "union") return `${base} is a union`;
  if (!one.hasDefault || !one.destructible) return `${base} has no default constructor`;
  return one.fields.length > 0 && valueFields(one, types, [...above, base]).length === 0 ? cannot(base) : undefined;
}

/** Functions without arguments that tell of an object what it is. */
export function gettersOf(one: ClassPlan, types: KnownTypes): MethodPlan[] {
  return one.methods.filter(
    ({ access, const: isConst, static: isStatic, role, lacking, instance, calls, result }) =>
      access === "public" &&
      isConst &&
      !isStatic &&
      role === "method" &&
      instance === null &&
      lacking.every((reason) => reason === null) &&
      calls.length === 1 &&
      calls[0]?.parameters.length === 0 &&
      shownPlainly(result.shim, types),
  );
}

const TEXT = /^(?:std::string_view|const char\s*\*)$/;

function shownPlainly(text: string, types: KnownTypes): boolean {
  if (TEXT.test(text)) return true;
  const { base, passed } = bareOf(text);
  return passed !== "pointer" && valueProblem(base, types) === undefined;
}

export type Shown = "nothing" | "one" | "pointee" | "range";

/** How a result is compared; undefined where it cannot be. */
export function shownAs(text: string, types: KnownTypes): Shown | undefined {
  if (text === "void") return "nothing";
  if (shownPlainly(text, types)) return "one";
  const span = /^unfork::span<(?:const )?(.+)>$/.exec(text);
  if (span !== null) return valueProblem(span[1] as string, types) === undefined ? "range" : undefined;
  const { base, passed } = bareOf(text);
  const pointee = /^(?:std::(?:unique|shared)_ptr|(?:unfork::)?scoped_refptr)<(?:const )?(.+)>$/.exec(base)?.[1];
  const one = types.classes.get(pointee ?? base);
  if (one === undefined || one.kind !== "object" || gettersOf(one, types).length === 0) return undefined;
  return passed === "pointer" || pointee !== undefined ? "pointee" : "one";
}
