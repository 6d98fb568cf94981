/**
 * Owns which pointers are remembered with the flavor that handed them out, for classes that have no place for a tag.
 *
 * A false alarm is worse than a foreign pointer that passes. So where pointers to a class also come to the application past the shim, only
 * those are remembered that it makes of nothing and gives back by itself; and whatever may end an object makes its address nobody's.
 */
import type { ApiPair } from "../../api/diff/pair.js";
import type { ApiFunction, ApiMethod, ApiType } from "../../model/api-snapshot.js";
import type { PlanContext } from "./context.js";
import type { CallablePlan, ClassPlan, HandedParameter, HandedPlan, MethodPlan, ShimPlan, SideIndex } from "./model.js";
import { type Pointee, pointeeOf } from "./pointees.js";
import { endsObjects } from "./release-words.js";
import { relativeName } from "./shim-names.js";
import { matcher } from "./surface.js";
import { unseenWays } from "./unseen-ways.js";

type Calls = Pick<ShimPlan, "functions" | "classes">;
/** `all`: whatever is handed out. `made`: what a function makes of nothing. */
type Remembered = ReadonlyMap<string, "all" | "made">;

/** The same functions and classes, with what their calls remember, and the classes that it is about. */
export function withHanded<T extends Calls>(
  calls: T,
  pairs: readonly ApiPair[],
  context: PlanContext,
): T & { readonly handed: readonly string[] } {
  const remembered = rememberedClasses(calls, pairs, context);
  const plan = (one: CallablePlan, isFree: boolean): HandedPlan | undefined => planHanded(one, isFree, remembered, context);
  const ofMethods = (methods: readonly MethodPlan[]): MethodPlan[] => methods.map((one) => ({ ...one, handed: plan(one, one.static) }));
  const ofClass = (one: ClassPlan): ClassPlan => ({
    ...one,
    methods: ofMethods(one.methods),
    constructors: ofMethods(one.constructors),
    nested: one.nested.map((each) => (each.is === "class" ? ofClass(each) : each)),
  });
  if (remembered.size === 0) return { ...calls, handed: [] };
  return {
    ...calls,
    functions: calls.functions.map((one) => ({ ...one, handed: one.variadic ? undefined : plan(one, true) })),
    classes: calls.classes.map(ofClass),
    handed: [...remembered.keys()].map((common) => relativeName(common, context.surface)),
  };
}

function rememberedClasses({ functions, classes }: Calls, pairs: readonly ApiPair[], context: PlanContext): Remembered {
  const every = (one: ClassPlan): ClassPlan[] => [one, ...one.nested.flatMap((each) => (each.is === "class" ? every(each) : []))];
  const all = classes.flatMap(every);
  const candidates = all.filter(({ kind, library }) => (kind === "opaque" || kind === "layout") && library.every((one) => one !== null));
  if (candidates.length === 0) return new Map();
  const calls = [
    ...functions.filter(({ variadic }) => !variadic),
    ...all.flatMap(({ methods, constructors }) => methods.concat(constructors)),
  ];
  const generated = new Set(calls.flatMap(({ of }) => of.flatMap((one) => one ?? [])));
  const unseen = unseenWays(pairs, (one) => generated.has(one), context);
  const isUntracked = matcher(context.surface.untracked);
  const [made, ended] = [new Set<string>(), new Set<string>()];
  for (const one of functions) {
    if (isMaker(one, context)) for (const name of handedOutBy(one, context)) made.add(name);
    if (isEnd(one.common, context)) for (const name of takenBy(one, context)) ended.add(name);
  }
  const found = new Map<string, "all" | "made">();
  for (const { common, kind } of candidates) {
    if (isUntracked(common)) continue;
    if (kind === "opaque" && !unseen.has(common)) found.set(common, "all");
    // One that is known whole may be the application's own: the library has to make and to end it.
    else if (kind === "opaque" || (made.has(common) && ended.has(common))) found.set(common, "made");
  }
  return found;
}

function isEnd(common: string, { surface }: PlanContext): boolean {
  return endsObjects(common) || matcher(surface.releases)(common);
}

/** A function that is given no object of the library: what it hands out is the application's to end. */
function isMaker(one: CallablePlan, context: PlanContext): boolean {
  return parametersOf(one, context).every((each) => {
    if (each === undefined || each.depth > 1) return true;
    const kind = context.kindOf(each.common);
    return kind === undefined || kind === "value" || (kind === "layout" && each.const);
  });
}

function handedOutBy(one: CallablePlan, context: PlanContext): string[] {
  const result = typeOf(one, context, ({ result: type }) => type);
  const through = parametersOf(one, context).filter((each) => each?.depth === 2 && !each.fixed);
  return [result?.depth === 1 ? result : undefined, ...through].flatMap((each) => each?.common ?? []);
}

function takenBy(one: CallablePlan, context: PlanContext): string[] {
  return parametersOf(one, context).flatMap((each) => (each?.depth === 1 ? each.common : []));
}

type Known = Pointee & { readonly common: string };

function parametersOf(one: CallablePlan, context: PlanContext): (Known | undefined)[] {
  const count = one.calls[0]?.parameters.length ?? 0;
  return Array.from({ length: count }, (_, index) => typeOf(one, context, ({ parameters }) => parameters[index]?.type));
}

/** By the newer release's declaration, or by the only one. */
function typeOf({ of }: CallablePlan, context: PlanContext, get: (one: ApiFunction | ApiMethod) => ApiType | undefined): Known | undefined {
  const side: SideIndex = of[1] === null ? 0 : 1;
  const type = get(of[side] as ApiFunction | ApiMethod);
  const pointee = type === undefined ? undefined : pointeeOf(type);
  return pointee === undefined ? undefined : { ...pointee, common: context.sides[side].nameOf(pointee.name) };
}

function planHanded(one: CallablePlan, isFree: boolean, remembered: Remembered, context: PlanContext): HandedPlan | undefined {
  const makes = isFree && isMaker(one, context);
  const ends = "common" in one && isEnd(one.common as string, context);
  const records = (common: string): boolean => makes || remembered.get(common) === "all";
  const parameters = parametersOf(one, context).map((each): HandedParameter | null => {
    if (each === undefined || !remembered.has(each.common)) return null;
    const name = relativeName(each.common, context.surface);
    const { reference } = each;
    if (each.depth === 1) return { name, way: ends ? "back" : "in", records: remembered.get(each.common) === "all", reference };
    return each.depth === 2 && !each.fixed && !reference ? { name, way: "through", records: records(each.common), reference } : null;
  });
  const result = typeOf(one, context, ({ result: type }) => type);
  const back = result?.depth === 1 && remembered.has(result.common) ? (records(result.common) ? "out" : "on") : null;
  if (back === null && parameters.every((each) => each === null)) return undefined;
  return { parameters, result: back, resultIsReference: result?.reference ?? false };
}
