/** Owns how a function of both releases is called through the shim: its parameters, its defaults, and who lacks it. */
import { resolved } from "../../api/diff/type-words.js";
import { typeText } from "../../api/type-text.js";
import type { ApiFunction, ApiMethod, ApiParameter, ApiType } from "../../model/api-snapshot.js";
import { instanceHint } from "./instances/instance-hint.js";
import { isInstanceName, plainWords } from "./instances/instance-words.js";
import { planFunctionInstance } from "./instances/plan-instance.js";
import type { PlanContext } from "./context.js";
import { arrayOf } from "./plan-array.js";
import { crossingOf } from "./crossing.js";
import type { BySide, CallablePlan, CallPlan, ParameterPlan } from "./model.js";

type Callable = ApiMethod | ApiFunction;

export type Planned<T> = { readonly status: "planned"; readonly plan: T } | { readonly status: "left"; readonly reason: string };

/**
 * `whole`: its common name with its scope; `common`: the one by which the surface may speak of it, where that is another. `operation` gives
 * names that are unique in the table.
 */
export function planCallable(
  of: BySide<Callable>,
  { name, whole, common = whole }: { readonly name: string; readonly whole: string; readonly common?: string },
  context: PlanContext,
  operation: (name: string) => string,
): Planned<CallablePlan> {
  const [legacy, latest] = of;
  const model = (latest ?? legacy) as Callable;
  const refused = refusal(of, whole) ?? undefinedIn(of, context);
  if (refused !== undefined) return { status: "left", reason: refused };
  const instance = isInstanceName(whole) ? planFunctionInstance(whole, context) : undefined;
  if (instance?.status === "left") return instance;
  const taken = sharedParameters(legacy, latest);
  if (typeof taken === "string") return { status: "left", reason: taken };
  const parameters: ParameterPlan[] = [];
  for (let index = 0; index < taken.count; index++) {
    const pair = [legacy?.parameters[index] ?? null, latest?.parameters[index] ?? null] as const;
    const planned = planParameter(pair, index, context);
    if (planned.status === "left") return { status: "left", reason: `parameter ${index + 1}: ${planned.reason}` };
    const array = arrayOf({ of, index, count: taken.count, common }, planned.plan, context);
    if (typeof array === "string") return { status: "left", reason: `parameter ${index + 1}: ${array}` };
    parameters.push(array === undefined ? planned.plan : { ...planned.plan, countedBy: array });
  }
  const result = crossingOf([resultOf(legacy), resultOf(latest)], "result", context);
  if (result.status === "left") return { status: "left", reason: `result: ${result.reason}` };
  return {
    status: "planned",
    plan: {
      name,
      result: result.type,
      calls: callsOf(distinct(parameters), of, name, operation),
      of,
      lacking: [legacy === null ? "not in this release" : null, latest === null ? "not in this release" : null],
      takes: [taken.count, taken.count],
      // An argument that is only referred to is nobody's to keep.
      lends: result.type.lends || parameters.some(({ type }) => type.lends && type.shim.includes("unique_ptr")),
      comment: model.comment,
      attributes: model.attributes,
      instance: instance?.plan ?? null,
    },
  };
}

function resultOf(one: Callable | null): ApiType | null {
  return one?.result ?? null;
}

function refusal(of: BySide<Callable>, whole: string): string | undefined {
  for (const one of of) {
    if (one === null) continue;
    if (one.templateParameters !== null) return templateReason(one, whole);
    if ("ref" in one && one.ref === "rvalue") return "it may only be called on an object that is given up";
    if ("volatile" in one && one.volatile) return "it is for volatile objects";
    if ("role" in one && one.variadic) return "a method with `...`";
    if ("role" in one && one.role === "conversion" && isFunctionPointer(one.result)) return "a conversion to a pointer to a function";
  }
  return undefined;
}

function isFunctionPointer(type: ApiType): boolean {
  return type.kind === "alias" ? isFunctionPointer(type.target) : type.kind === "pointer" && type.to.kind === "function";
}

/** Constructors are called without a name that could take arguments. */
function templateReason(one: Callable, whole: string): string {
  if ("role" in one && one.role === "constructor") return "a constructor template";
  if ("role" in one && one.role === "conversion") return "a conversion template";
  return `a function template: name the instances that are called, ${instanceHint(whole, one.templateParameters ?? [])}`;
}

/** One whose body stands in no header has to be in the library. */
function undefinedIn(of: BySide<Callable>, context: PlanContext): string | undefined {
  const side = of.findIndex((one, index) => one !== null && !context.isDefined(index as 0 | 1, one));
  return side === -1 ? undefined : `it is declared, but ${context.flavors[side as 0 | 1]}'s archives do not define it`;
}

/** What both take; parameters that only one has take their defaults there. */
function sharedParameters(legacy: Callable | null, latest: Callable | null): { readonly count: number } | string {
  if (legacy === null || latest === null) return { count: ((legacy ?? latest) as Callable).parameters.length };
  const [few, many, who] = legacy.parameters.length <= latest.parameters.length ? [legacy, latest, "newer"] : [latest, legacy, "older"];
  const count = few.parameters.length;
  const needed = many.parameters.slice(count).find((one) => one.default === null);
  if (needed !== undefined)
    return `the ${who} release takes one more parameter, ${needed.name === "" ? `number ${count + 1}` : needed.name}`;
  return { count };
}

/** What has to be the same in a function that overrides another of its release. */
export function overrideKey({ name, parameters, const: isConst }: ApiMethod): string {
  return `${name}(${parameters.map(({ type }) => typeText(spelledOut(type))).join(", ")})${isConst ? " const" : ""}`;
}

function spelledOut(type: ApiType): ApiType {
  const one = resolved(type);
  return one.kind === "pointer" || one.kind === "reference" ? { ...one, to: spelledOut(one.to) } : one;
}

/** What implements both releases' virtual function has to be given all that either gives. */
export function overrideProblem([legacy, latest]: BySide<ApiMethod>): string | undefined {
  if (legacy === null || latest === null || (!legacy.virtual && !latest.virtual)) return undefined;
  const counts = [legacy.parameters.length, latest.parameters.length];
  if (counts[0] === counts[1]) return undefined;
  return `a virtual function with ${counts[0]} parameters in the older release and ${counts[1]} in the newer: what overrides one is not called for the other`;
}

function planParameter(pair: BySide<ApiParameter>, index: number, context: PlanContext): Planned<ParameterPlan> {
  const crossing = crossingOf([pair[0]?.type ?? null, pair[1]?.type ?? null], "parameter", context);
  if (crossing.status === "left") return crossing;
  const name = pair[1]?.name || pair[0]?.name || `argument_${index + 1}`;
  return { status: "planned", plan: { name: safeName(name), type: crossing.type, default: literalDefault(pair) } };
}

/** Names of ours must not be hidden by a parameter. */
function safeName(name: string): string {
  return /^(self|slot|library|lender|unfork|detail|ops|L|Library|value_|result|(object|owned|counted|count|slot|unfork_handle)_)$/.test(
    name,
  )
    ? `${name}_`
    : name;
}

function distinct(parameters: readonly ParameterPlan[]): ParameterPlan[] {
  const seen = new Set<string>();
  return parameters.map((one, index) => {
    const name = seen.has(one.name) ? `${one.name}_${index + 1}` : one.name;
    seen.add(name);
    return { ...one, name };
  });
}

const LITERAL =
  /^(?:-?(?:0x[\da-fA-F]+|\d+)[uUlL]*|-?\d*\.?\d+(?:[eE][-+]?\d+)?[fF]?|-?\d+\.[fF]?|true|false|nullptr|NULL|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)+')$/;

export function isLiteral(text: string): boolean {
  return LITERAL.test(text.trim());
}

/** The text of a default that needs no name of the library. */
function literalDefault([legacy, latest]: BySide<ApiParameter>): string {
  const texts = [legacy, latest].filter((one) => one !== null).map((one) => one.default);
  const [first] = texts;
  if (first === undefined || first === null || texts.some((text) => text !== first) || !isLiteral(first)) return "";
  return first.trim() === "NULL" ? "nullptr" : first.trim();
}

/** One call where all defaults are literals; else one per number of arguments, so that the library fills in the rest. */
function callsOf(
  parameters: readonly ParameterPlan[],
  of: BySide<Callable>,
  name: string,
  operation: (name: string) => string,
): CallPlan[] {
  const optional = parameters.map((_, index) => of.every((one) => one === null || one.parameters[index]?.default !== null));
  let first = parameters.length;
  while (first > 0 && optional[first - 1] === true) first -= 1;
  const literal = parameters.slice(first).every((one) => one.default !== "");
  const bare = parameters.map((one, index) => (literal && index >= first ? one : { ...one, default: "" }));
  if (literal) return [{ operation: operation(name), parameters: bare }];
  const counts = Array.from({ length: parameters.length - first + 1 }, (_, index) => parameters.length - index);
  return counts.map((count) => ({ operation: operation(name), parameters: bare.slice(0, count) }));
}

/** Neither release's function throws, and nothing is converted on the way. */
export function isNoexcept({ of, result, calls }: Pick<CallablePlan, "of" | "result" | "calls">): boolean {
  const types = [result, ...calls.flatMap(({ parameters }) => parameters.map(({ type }) => type))];
  return of.every((one) => one === null || one.noexcept) && types.every(({ identical }) => identical);
}

export const SAME_SIGNATURE = "another overload has the same parameters in the shim";

/** What tells overloads apart. */
export function signatureOf({ calls }: Pick<CallablePlan, "calls">): string {
  return (calls[0]?.parameters ?? []).map(({ type }) => type.shim).join(", ");
}

/** Names of operations from names of functions: unique, words, and none that a type has. */
export function operationNames(types: ReadonlySet<string>): (name: string) => string {
  const used = new Set<string>();
  return (name) => {
    const plain = operationWord(name);
    const word = types.has(plain) ? `${plain}_` : plain;
    let found = word;
    for (let count = 2; used.has(found); count++) found = `${word}_${count}`;
    used.add(found);
    return found;
  };
}

const SYMBOLS: Readonly<Record<string, string>> = {
  "==": "equal",
  "!=": "unequal",
  "<": "less",
  ">": "greater",
  "<=": "at_most",
  ">=": "at_least",
  "<=>": "compare",
  "=": "assign",
  "+": "plus",
  "-": "minus",
  "*": "times",
  "/": "divided",
  "%": "modulo",
  "+=": "add",
  "-=": "subtract",
  "*=": "multiply",
  "/=": "divide",
  "[]": "at",
  "()": "call",
  "->": "arrow",
  "!": "negate",
  "&": "and",
  "|": "or",
  "++": "increment",
  "--": "decrement",
  "<<": "left",
  ">>": "right",
};

function operationWord(name: string): string {
  const symbol = /^operator\s*(\W+)$/.exec(name)?.[1];
  if (symbol !== undefined)
    return `operator_${SYMBOLS[symbol.trim()] ?? [...symbol.trim()].map((one) => one.charCodeAt(0).toString(16)).join("_")}`;
  const word = plainWords(name)
    .replaceAll(/\W+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  return /^(delete|new|default|operator|switch|register|copy|move|destroy|flavor|assign|defaults|Library|Of|as_\w+)$/.test(word)
    ? `${word}_`
    : word;
}
