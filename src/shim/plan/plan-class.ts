/** Owns a class of the shim: its bases, fields, constructors and methods, and what of it is left out. */
import { isCopyOrMove } from "../../api/diff/pair-members.js";
import type { ApiPair } from "../../api/diff/pair.js";
import type { ApiClass, ApiMethod } from "../../model/api-snapshot.js";
import type { ClassKind } from "../../model/shim-surface.js";
import { isThrown, jointStandardBase } from "./exceptions.js";
import { classesOf, fieldConstructor } from "./kinds.js";
import { canCopy, canDefault, canMove, type ClassOf } from "./special-members.js";
import { type PlanContext, placesOf } from "./context.js";
import type { BasePlan, BySide, ClassPlan, FieldPlan, Left, MethodPlan } from "./model.js";
import { layoutOf } from "./layout-pieces.js";
import {
  isLiteral,
  isNoexcept,
  operationNames,
  overrideKey,
  overrideProblem,
  planCallable,
  SAME_SIGNATURE,
  signatureOf,
} from "./plan-callable.js";
import { planFields } from "./plan-fields.js";
import { libraryName, relativeName } from "./shim-names.js";

/** What the planner of all knows about a class beside the pair itself. */
export interface ClassFacts {
  readonly kind: ClassKind;
  readonly isCounted: boolean;
  readonly countsConst: boolean;
  readonly nested: ClassPlan["nested"];
  readonly constants: ClassPlan["constants"];
  readonly typedefs: ClassPlan["typedefs"];
  /** What of the interfaces among its bases may be overridden. */
  readonly overridable: ReadonlySet<string>;
  /** Of an instance of a template. */
  readonly instance: ClassPlan["instance"];
}

export function planClass(pair: ApiPair, facts: ClassFacts, context: PlanContext): ClassPlan {
  const of = sidesOf(pair);
  const model = (of[1] ?? of[0]) as ApiClass;
  const { kind } = facts;
  const fields = kind === "value" || kind === "layout" ? planFields(pair, kind, context) : [];
  const calls = kind === "opaque" ? { methods: [], constructors: [] } : planMethods(pair, facts, context);
  const methods = classesOf(pair).flatMap((one) => one.methods);
  return {
    is: "class",
    common: pair.name,
    name: relativeName(pair.name, context.surface),
    key: kind === "layout" || kind === "value" || kind === "opaque" ? model.key : "class",
    kind,
    of,
    library: of.map((one, side) =>
      one === null ? null : libraryName(one.qualifiedName, context.flavors[side as 0 | 1], context.surface),
    ) as [string | null, string | null],
    bases: kind === "object" || kind === "interface" ? basesOf(pair, context) : [],
    fields,
    layout: kind === "layout" ? (layoutOf(model, context.extentOf[of[1] === null ? 0 : 1]) ?? null) : null,
    methods: calls.methods,
    constructors: calls.constructors,
    copyable: everySide(of, context, canCopy),
    movable: everySide(of, context, canMove),
    assignable: everySide(of, context, canCopy) && classesOf(pair).every(canAssign),
    destructible:
      methods.every(({ role, access, deleted }) => role !== "destructor" || (access === "public" && !deleted)) &&
      everySide(of, context, (one, classOf) => isDeletable(one, kind, classOf)),
    virtualDestructor: methods.some(({ role, virtual }) => role === "destructor" && virtual) || kind === "interface",
    refCounted: facts.isCounted,
    countsConst: facts.countsConst,
    standardBase: kind === "object" ? jointStandardBase(classesOf(pair)) : "",
    thrown: isThrownOne(pair, of, facts, context),
    defaultsByFlavor:
      kind === "value" && (hasOwnDefaults(pair, fields, context) || fields.some(({ type }) => context.kindOfShim(type.shim) === "object")),
    hasDefault: everySide(of, context, canDefault),
    madeFrom: [madeFrom(of[0], context.classOf[0]), madeFrom(of[1], context.classOf[1])],
    constants: facts.constants,
    typedefs: facts.typedefs,
    nested: facts.nested,
    comment: model.comment,
    instance: facts.instance,
  };
}

function isThrownOne(pair: ApiPair, of: BySide<ApiClass>, { kind, isCounted }: ClassFacts, context: PlanContext): boolean {
  if ((kind !== "object" && kind !== "value") || isCounted || !everySide(of, context, canCopy)) return false;
  return of.some((one, side) => one !== null && isThrown(pair.name, [one], context.classOf[side as 0 | 1], context.surface.exceptions));
}

/** A copy or move of the class itself; `operator=` of another type is a method as any. */
function isOwnCopy(model: ApiMethod, common: string): boolean {
  if (!isCopyOrMove(model)) return false;
  const type = model.parameters[0]?.type;
  const target = type?.kind === "reference" ? type.to : type;
  const named = target?.kind === "alias" ? target.target : target;
  return model.role === "constructor" || (named?.kind === "named" && lastWord(named.name) === lastWord(common));
}

function lastWord(name: string): string {
  return name.slice(name.lastIndexOf(":") + 1);
}

function everySide(of: BySide<ApiClass>, { classOf }: PlanContext, test: (one: ApiClass, classOf: ClassOf) => boolean): boolean {
  return of.every((one, side) => one === null || test(one, classOf[side as 0 | 1]));
}

function madeFrom(one: ApiClass | null, classOf: ClassOf): readonly string[] {
  return one === null || canDefault(one, classOf) ? [] : (fieldConstructor(one) ?? []);
}

function sidesOf({ legacy, latest }: ApiPair): BySide<ApiClass> {
  return [legacy?.kind === "class" ? legacy : null, latest?.kind === "class" ? latest : null];
}

function basesOf(pair: ApiPair, context: PlanContext): BasePlan[] {
  const found: BasePlan[] = [];
  for (const member of pair.members) {
    if (member.kind !== "base" || isOnlyIn(member, pair)) continue;
    const base = member.latest ?? member.legacy;
    if (base === null || base.access !== "public" || base.type.kind !== "named" || base.type.arguments !== null) continue;
    const common = context.sides[member.latest === null ? 0 : 1].nameOf(base.type.name);
    const kind =
      context.types.has(common) && !context.isExcluded(common) && !context.isCountRoot(common) ? context.kindOf(common) : undefined;
    if (kind !== "object" && kind !== "interface") continue;
    if (base.virtual) {
      // What is wanted as that base cannot be given.
      const name = `${relativeName(pair.name, context.surface)} as ${relativeName(common, context.surface)}`;
      context.left.push({ kind: "class", name, reason: "a virtual base", places: placesOf(pair) });
      continue;
    }
    context.want(common);
    found.push({ name: relativeName(common, context.surface), kind });
  }
  return found;
}

/** One release has the class, and not this base. */
function isOnlyIn(member: ApiPair["members"][number], pair: ApiPair): boolean {
  return (member.legacy === null && pair.legacy !== null) || (member.latest === null && pair.latest !== null);
}

function planMethods(pair: ApiPair, facts: ClassFacts, context: PlanContext): { methods: MethodPlan[]; constructors: MethodPlan[] } {
  const operation = operationNames(context.typeWords);
  const [methods, constructors]: [MethodPlan[], MethodPlan[]] = [[], []];
  const known = new Set<string>();
  const isAbstract = classesOf(pair).some(({ abstract }) => abstract);
  for (const member of pair.members) {
    if (member.kind !== "method") continue;
    const of: BySide<ApiMethod> = [member.legacy, member.latest];
    const model = (of[1] ?? of[0]) as ApiMethod;
    const hidden = hiddenInOne(of);
    if (hidden !== undefined && model.role === "method") {
      context.left.push(leftMethod(model, relativeName(`${pair.name}::${member.name}`, context.surface), hidden, of));
      continue;
    }
    if (isNoItem(of, model, facts, isAbstract) || isOwnCopy(model, pair.name)) continue;
    const name = `${pair.name}::${member.name}`;
    if (context.isExcluded(name) || isInstantiated(member, pair, context)) continue;
    const broken = brokenBody(of, pair.name, context);
    const unlike = broken ?? (facts.kind === "interface" ? overrideProblem(of) : undefined);
    const names =
      model.role === "constructor"
        ? { name: "construct", whole: `${pair.name}::construct`, common: name }
        : { name: member.name, whole: name };
    const planned = context.tentatively(() =>
      unlike === undefined ? planCallable(of, names, context, operation) : ({ status: "left", reason: unlike } as const),
    );
    if (planned.status === "left") {
      context.left.push(leftMethod(model, relativeName(name, context.surface), planned.reason, of));
      continue;
    }
    const plan = methodPlan(planned.plan, model, facts);
    const signature = `${member.name}(${signatureOf(plan)})${plan.const ? " const" : ""}`;
    const reason = known.has(signature)
      ? SAME_SIGNATURE
      : isOnUncopied(plan, facts, pair, context)
        ? "it is of a value that cannot be copied"
        : undefined;
    known.add(signature);
    if (reason !== undefined) {
      context.left.push(leftMethod(model, relativeName(name, context.surface), reason, of));
      continue;
    }
    if (model.role === "constructor") constructors.push(plan);
    else methods.push(plan);
  }
  return { methods, constructors };
}

/** A function template of which the class has an instance. */
function isInstantiated(member: ApiPair["members"][number], pair: ApiPair, { instantiated }: PlanContext): boolean {
  const model = member.kind === "method" ? (member.latest ?? member.legacy) : null;
  return model !== null && model.templateParameters !== null && instantiated.has(`${pair.name}::${member.name}`);
}

/** One whose body the compiler refuses in either release. */
function brokenBody(of: BySide<ApiMethod>, common: string, { instances }: PlanContext): string | undefined {
  const word = lastWord(common);
  for (const [side, one] of of.entries()) {
    const reason =
      one === null ? undefined : instances[side as 0 | 1].get(word)?.broken.get(`${one.name} ${one.place.file}:${one.place.line}`);
    if (reason !== undefined) return `its body does not compile with these arguments: ${reason}`;
  }
  return undefined;
}

function isOnUncopied({ role, static: isStatic }: MethodPlan, { kind }: ClassFacts, pair: ApiPair, context: PlanContext): boolean {
  return kind === "value" && role !== "constructor" && !isStatic && !everySide(sidesOf(pair), context, canCopy);
}

function leftMethod(model: ApiMethod, name: string, reason: string, [legacy, latest]: BySide<ApiMethod>): Left {
  return { kind: model.role === "constructor" ? "constructor" : "method", name, reason, places: placesOf({ legacy, latest }) };
}

function methodPlan(
  plan: Omit<MethodPlan, "role" | "static" | "const" | "virtual" | "pure" | "noexcept" | "explicit" | "access" | "overrides">,
  model: ApiMethod,
  facts: ClassFacts,
): MethodPlan {
  return {
    ...plan,
    role: model.role,
    static: model.static,
    // Callable on a constant where both releases allow it.
    const: plan.of.every((one) => one === null || ("const" in one && one.const)),
    virtual: plan.of.some((one) => one !== null && "virtual" in one && one.virtual),
    pure: plan.of.some((one) => one !== null && "pure" in one && one.pure),
    noexcept: isNoexcept(plan),
    explicit: model.explicit,
    access: model.access,
    overrides: plan.of.some((one) => one !== null && "role" in one && facts.overridable.has(overrideKey(one))),
  };
}

/** What is no item of the surface: what callers cannot reach, what the compiler makes, what counts references. */
/** Callers of one release have it, those of the other may not call it. */
function hiddenInOne([legacy, latest]: BySide<ApiMethod>): string | undefined {
  if (legacy === null || latest === null) return undefined;
  const open = [legacy, latest].map(({ deleted, access }) => !deleted && access === "public");
  if (open[0] === open[1]) return undefined;
  const [which, one] = open[0] === true ? (["newer", latest] as const) : (["older", legacy] as const);
  return `it is ${one.deleted ? "deleted" : one.access} in the ${which} release`;
}

function isNoItem(of: BySide<ApiMethod>, model: ApiMethod, { kind, isCounted }: ClassFacts, isAbstract: boolean): boolean {
  if (model.role === "destructor" || of.some((one) => one?.deleted === true)) return true;
  if (isCounted && /^(AddRef|Release|HasOneRef)$/.test(model.name)) return true;
  if (model.role === "constructor" && (kind === "interface" || isAbstract || kind === "layout")) return true;
  const isVirtualOfInterface = kind === "interface" && of.some((one) => one?.virtual === true);
  return of.some((one) => one !== null && one.access !== "public") && !isVirtualOfInterface;
}

/** Without a virtual destructor no pointer to a class may be deleted whose objects are of others that are derived from it. */
function isDeletable(one: ApiClass, kind: ClassKind, classOf: ClassOf): boolean {
  return (!one.abstract && kind !== "interface") || hasVirtualDestructor(one, classOf);
}

function hasVirtualDestructor({ methods, bases }: ApiClass, classOf: ClassOf): boolean {
  if (methods.some(({ role, virtual }) => role === "destructor" && virtual)) return true;
  return bases.some(({ type }) => {
    const base = type.kind === "named" ? classOf(type.name) : undefined;
    return base === undefined || hasVirtualDestructor(base, classOf);
  });
}

function canAssign(one: ApiClass): boolean {
  const assignments = one.methods.filter(({ name }) => name === "operator=");
  if (assignments.some((method) => method.deleted && !isMoveAssignment(method))) return false;
  return one.fields.every(({ type }) => type.const !== true && type.kind !== "reference");
}

/** Initializers that differ, name the library, or stand in a constructor: only the flavor knows its defaults. */
function hasOwnDefaults(pair: ApiPair, fields: readonly FieldPlan[], context: PlanContext): boolean {
  const hasConstructor = classesOf(pair).some(({ methods }) =>
    methods.some(
      (one) => one.role === "constructor" && !one.defaulted && !one.deleted && one.parameters.every((each) => each.default !== null),
    ),
  );
  return (
    hasConstructor ||
    !everySide(
      [pair.legacy?.kind === "class" ? pair.legacy : null, pair.latest?.kind === "class" ? pair.latest : null],
      context,
      canDefault,
    ) ||
    fields.some(({ of }) => initializersDiffer(of))
  );
}

function initializersDiffer([legacy, latest]: FieldPlan["of"]): boolean {
  const texts = [legacy, latest].filter((one) => one !== null).map((one) => one.initializer);
  return (
    texts.some((text) => text !== texts[0]) ||
    texts.some((text) => text !== null && !isLiteral(text.replace(/^\{\s*(.*?)\s*\}$/s, "$1")) && !/^\{\s*\}$/.test(text))
  );
}

function isMoveAssignment({ parameters }: ApiMethod): boolean {
  const type = parameters[0]?.type;
  return type?.kind === "reference" && type.rvalue;
}
