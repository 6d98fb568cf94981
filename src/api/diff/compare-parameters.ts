/** Owns how the parameters of one function differ between two releases. */
import type { ApiDiffReason } from "../../model/api-diff.js";
import type { ApiParameter } from "../../model/api-snapshot.js";
import { typeText } from "../readable-type.js";
import { compareTypes, type TypeContext, typeStep } from "./compare-types.js";
import { reason } from "./costs.js";
import { bare } from "./type-words.js";

type Parameters = readonly ApiParameter[];

export function compareParameters(legacy: Parameters, latest: Parameters, context: TypeContext): ApiDiffReason[] {
  if (isReordered(legacy, latest, context))
    return [reason("parameters-reordered", `the same parameters in another order: ${names(legacy)} → ${names(latest)}`)];
  return aligned(legacy, latest, context).flatMap(([old, one]) => {
    const [a, b] = [old === null ? undefined : legacy[old], one === null ? undefined : latest[one]];
    if (a === undefined && b !== undefined && one !== null) return [added(b, one)];
    if (b === undefined && a !== undefined && old !== null) return [removed(a, old)];
    return a === undefined || b === undefined || one === null ? [] : differing(a, b, one, context);
  });
}

function names(parameters: Parameters): string {
  return parameters.map(({ name }) => name).join(", ");
}

function isReordered(legacy: Parameters, latest: Parameters, context: TypeContext): boolean {
  if (legacy.length !== latest.length || legacy.some(({ name }) => name === "") || names(legacy) === names(latest)) return false;
  return (
    new Set(legacy.map(({ name }) => name)).size === legacy.length &&
    legacy.every((old) => latest.some((one) => one.name === old.name && compareTypes(old.type, one.type, context) === null))
  );
}

function added(parameter: ApiParameter, index: number): ApiDiffReason {
  const text = `parameter ${index + 1} was added: \`${shown(parameter)}\``;
  return parameter.default === null ? reason("parameter-added", text) : reason("parameter-added-with-default", `${text}, with a default`);
}

function removed(parameter: ApiParameter, index: number): ApiDiffReason {
  const text = `parameter ${index + 1} is gone: \`${shown(parameter)}\``;
  return reason(parameter.default === null ? "parameter-removed" : "parameter-removed-with-default", text);
}

function shown({ name, type, default: standard }: ApiParameter): string {
  return `${typeText(type, name)}${standard === null ? "" : ` = ${standard}`}`;
}

function differing(a: ApiParameter, b: ApiParameter, index: number, context: TypeContext): ApiDiffReason[] {
  const what = `parameter ${index + 1}${b.name === "" ? "" : ` (${b.name})`}`;
  const change = compareTypes(bare(a.type), bare(b.type), context);
  const type =
    change === null ? [] : [reason("parameter-type", `type of ${what}: ${typeStep(a.type, b.type)}: ${CHANGE_WORDS[change]}`, change)];
  return [...type, ...compareDefaults(a, b, what, context)];
}

function compareDefaults(a: ApiParameter, b: ApiParameter, what: string, context: TypeContext): ApiDiffReason[] {
  if (a.default === null && b.default === null) return [];
  if (a.default === null) return [reason("default-added", `${what} got a default: \`${b.default}\``)];
  if (b.default === null) return [reason("default-removed", `${what} lost its default: \`${a.default}\``)];
  if (context.legacy.textKey(a.default) === context.latest.textKey(b.default)) return [];
  return [reason("default-argument", `default of ${what} differs: \`${a.default}\` → \`${b.default}\``)];
}

/** What a change of a type is called. */
export const CHANGE_WORDS = {
  widening: "widening",
  narrowing: "narrowing",
  signedness: "signedness differs",
  floating: "another kind of number",
  "const-added": "const added",
  "const-removed": "const removed",
  "optional-added": "may be absent now",
  "optional-removed": "can no longer be absent",
  ownership: "ownership changed",
  equivalent: "two words for one thing",
  text: "text passed in another way",
  sequence: "elements passed in another way",
  callback: "another kind of callback",
  passing: "passed in another way",
  "pointer-reference": "pointer against value or reference",
  "enum-integer": "number against enumeration",
  elements: "elements of another type",
  scope: "a type of the same word in another scope",
  other: "another type",
} as const;

type Step = readonly [legacy: number | null, latest: number | null];

/** Which parameter of one is which of the other: the cheapest way from one list to the other. */
function aligned(legacy: Parameters, latest: Parameters, context: TypeContext): Step[] {
  const costs: number[][] = Array.from({ length: legacy.length + 1 }, () => []);
  const at = (i: number, j: number): number => costs[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = legacy.length; i >= 0; i--)
    for (let j = latest.length; j >= 0; j--)
      (costs[i] as number[])[j] =
        i === legacy.length && j === latest.length
          ? 0
          : Math.min(at(i + 1, j) + GAP, at(i, j + 1) + GAP, at(i + 1, j + 1) + difference(legacy[i], latest[j], context));
  const steps: Step[] = [];
  for (let i = 0, j = 0; i < legacy.length || j < latest.length;) {
    const both = at(i + 1, j + 1) + difference(legacy[i], latest[j], context);
    if (at(i, j) === both) steps.push([i++, j++]);
    else if (at(i, j) === at(i, j + 1) + GAP) steps.push([null, j++]);
    else steps.push([i++, null]);
  }
  return steps;
}

const GAP = 0.7;

function difference(a: ApiParameter | undefined, b: ApiParameter | undefined, context: TypeContext): number {
  if (a === undefined || b === undefined) return Number.POSITIVE_INFINITY;
  const change = compareTypes(bare(a.type), bare(b.type), context);
  const isNamed = a.name !== "" && a.name === b.name;
  if (change === null) return isNamed ? 0 : 0.2;
  const apart = change === "other" ? 1.1 : change === "scope" ? 0.9 : 0.6;
  return isNamed ? apart - 0.3 : apart;
}
