/** Owns which functions of a shim are called with generated arguments, and why the others are not. */
import { everyClass } from "../emit/library-types.js";
import { selfName } from "../emit/text.js";
import type { CallablePlan, CallPlan, ClassPlan, MethodPlan, ShimPlan } from "../plan/model.js";
import { type Argument, argumentOf, argumentsOf } from "./arguments.js";
import { type KnownTypes, type Shown, gettersOf, knownTypes, shownAs, valueProblem } from "./types.js";

/** A way to an object: the text of the call without its arguments, and whether it gives a pointer. */
export interface Maker {
  readonly call: string;
  readonly arguments: readonly Argument[];
  readonly gives: "object" | "value" | "pointer";
}

export interface ApiCall {
  /** Whole, with the types of its parameters: it names the function in kept cases. */
  readonly name: string;
  /** As upstream names it in common, without arguments. */
  readonly common: string;
  /** Text in front of the arguments: `Note::Count`, or what follows the object. */
  readonly call: string;
  readonly self: { readonly of: ClassPlan; readonly const: boolean } | undefined;
  readonly arguments: readonly Argument[];
  readonly shown: Shown;
}

export interface NotTaken {
  readonly name: string;
  readonly why: string;
}

export interface ApiCalls {
  readonly taken: readonly ApiCall[];
  readonly left: readonly NotTaken[];
  readonly makers: ReadonlyMap<string, readonly Maker[]>;
  readonly types: KnownTypes;
}

export function apiCalls(plan: ShimPlan): ApiCalls {
  const types = knownTypes(plan);
  const makers = makersOf(plan, types);
  const taken: ApiCall[] = [];
  const left: NotTaken[] = [];
  function add(name: string, found: ApiCall | string): void {
    if (typeof found === "string") left.push({ name, why: found });
    else taken.push(found);
  }
  const whole = (path: string, call: CallPlan | undefined): string =>
    `${plan.namespace}::${path}(${(call?.parameters ?? []).map(({ type }) => type.shim).join(", ")})`;
  for (const one of plan.functions) {
    const name = whole(one.path, one.calls.at(0));
    const call = one.hidden.some(Boolean) ? one.name : one.path;
    const base = { name, common: one.common, call, self: undefined };
    add(name, one.variadic ? "it takes any number of arguments" : callOf(one, base, types, makers));
  }
  for (const one of plan.hand) add(`${plan.namespace}::${one.name}`, handCall(plan, one, types, makers));
  for (const one of everyClass(plan.classes))
    for (const method of one.methods) {
      const name = `${whole(`${one.name}::${method.name}`, method.calls.at(0))}${method.const ? " const" : ""}`;
      add(name, methodProblem(one, method, types, makers) ?? methodCall(one, method, { name, types, makers }));
    }
  return { taken, left, makers, types };
}

type Makers = ReadonlyMap<string, readonly Maker[]>;

function callOf(
  one: CallablePlan,
  base: Pick<ApiCall, "name" | "common" | "call" | "self">,
  types: KnownTypes,
  makers: Makers,
): ApiCall | string {
  if (one.instance !== null) return "an instance of a template";
  const side = one.lacking.findIndex((reason) => reason !== null);
  if (side !== -1) return `only in ${side === 0 ? "latest" : "legacy"}`;
  const made = argumentsOf(one.calls[0] as CallPlan, types);
  if (typeof made === "string") return made;
  const shown = shownAs(one.result.shim, types);
  if (shown === undefined) return `the result ${one.result.shim} cannot be compared`;
  return finished({ ...base, arguments: made, shown }, makers, types);
}

/** All objects can be made, and there is something to compare. */
function finished(call: ApiCall, makers: Makers, types: KnownTypes): ApiCall | string {
  for (const { made } of call.arguments)
    if (made.kind === "object" && !makers.has(made.of.name)) return `${made.of.name}: no way to make one from values`;
  const { self } = call;
  const changesSelf = self !== undefined && !self.const && (self.of.kind !== "object" || gettersOf(self.of, types).length > 0);
  if (call.shown === "nothing" && !changesSelf && !call.arguments.some(({ changes }) => changes)) return "nothing comes back to compare";
  return call;
}

function handCall(
  plan: ShimPlan,
  { name, result, parameters }: ShimPlan["hand"][number],
  types: KnownTypes,
  makers: Makers,
): ApiCall | string {
  const made: Argument[] = [];
  for (const text of parameters) {
    const one = argumentOf(text.replace(/\s*\b\w+$/, ""), types);
    if (typeof one === "string") return one;
    made.push(one);
  }
  const shown = shownAs(result, types);
  if (shown === undefined) return `the result ${result} cannot be compared`;
  const base = { name: `${plan.namespace}::${name}`, common: name, call: name, self: undefined };
  return finished({ ...base, arguments: made, shown }, makers, types);
}

function methodProblem(one: ClassPlan, method: MethodPlan, types: KnownTypes, makers: Makers): string | undefined {
  if (one.instance !== null) return "a class of a template";
  if (!types.classes.has(one.name)) return "its class is in one release only";
  if (method.access !== "public") return "it is not public";
  if (method.name === "operator=") return "an assignment";
  if (method.static) return undefined;
  if (one.kind === "interface") return "applications implement its class";
  if (one.kind === "object") return makers.has(one.name) ? undefined : `${one.name}: no way to make one from values`;
  return valueProblem(one.name, types);
}

interface MethodPlace {
  readonly name: string;
  readonly types: KnownTypes;
  readonly makers: Makers;
}

function methodCall(one: ClassPlan, method: MethodPlan, { name, types, makers }: MethodPlace): ApiCall | string {
  const own = method.role === "conversion" ? `operator ${method.result.shim}` : method.name;
  const call = method.static ? `${one.name}::${own}` : own;
  const self = method.static ? undefined : { of: one, const: method.const };
  return callOf(method, { name, common: `${one.common}::${method.name}`, call, self }, types, makers);
}

function ofValues(made: readonly Argument[] | string): made is readonly Argument[] {
  return typeof made !== "string" && made.every((each) => each.made.kind === "value");
}

function isUsable({ instance, lacking }: CallablePlan): boolean {
  return instance === null && lacking.every((reason) => reason === null);
}

/** Constructors and functions that make an object out of values alone. */
function makersOf(plan: ShimPlan, types: KnownTypes): Makers {
  const makers = new Map<string, Maker[]>();
  function add(of: string, maker: Maker): void {
    if (types.classes.get(of)?.kind === "object") makers.set(of, [...(makers.get(of) ?? []), maker]);
  }
  for (const one of types.classes.values()) {
    for (const method of one.refCounted ? [] : one.constructors) {
      const made = argumentsOf(method.calls[0] as CallPlan, types);
      if (method.access === "public" && isUsable(method) && ofValues(made))
        add(one.name, { call: one.name, arguments: made, gives: "object" });
    }
    for (const method of one.methods.filter(({ static: isStatic, access }) => isStatic && access === "public"))
      addFactory(
        method.result.shim,
        `${one.name}::${selfName(method.name)}`,
        isUsable(method) ? argumentsOf(method.calls[0] as CallPlan, types) : "",
      );
  }
  function addFactory(result: string, call: string, made: readonly Argument[] | string): void {
    const pointee = /^(?:std::(?:unique|shared)_ptr|(?:unfork::)?scoped_refptr)<(.+)>$/.exec(result)?.[1];
    if (ofValues(made)) add(pointee ?? result, { call, arguments: made, gives: pointee === undefined ? "value" : "pointer" });
  }
  for (const one of plan.functions)
    if (isUsable(one) && !one.variadic) addFactory(one.result.shim, one.path, argumentsOf(one.calls[0] as CallPlan, types));
  for (const one of plan.hand) {
    const made = one.parameters.map((text) => argumentOf(text.replace(/\s*\b\w+$/, ""), types));
    const problem = made.find((each) => typeof each === "string");
    if (problem === undefined) addFactory(one.result, one.name, made as Argument[]);
  }
  return makers;
}
