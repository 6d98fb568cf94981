/** Owns what each difference costs a shim over both releases: its weight for the caller, who does the work, how much. */
import type { ApiDiffReason, ApiDiffStatus, ShimWork, TypeChange } from "../../model/api-diff.js";

/** How much a difference weighs: `note` changes no status. */
export type Weight = "note" | "renamed" | "convertible" | "adapter";

interface Cost {
  readonly weight: Weight;
  readonly work: ShimWork;
  readonly units: number;
  /** What is to be done. */
  readonly task: string;
}

function free(weight: Weight): Cost {
  return { weight, work: "none", units: 0, task: "" };
}

function generated(task: string, weight: Weight = "convertible"): Cost {
  return { weight, work: "generated", units: 1, task };
}

function byHand(task: string): Cost {
  return { weight: "adapter", work: "by hand", units: 1, task };
}

/** One unit is one conversion or function that is written, or one decision that a person takes. */
const COSTS: Readonly<Record<string, Cost>> = {
  renamed: free("renamed"),
  "header-moved": free("renamed"),
  attributes: free("note"),
  "class-key": free("note"),
  size: free("note"),
  inherited: free("convertible"),
  implicit: free("convertible"),
  "members-differ": free("convertible"),
  "members-need-adapter": free("adapter"),
  "macro-to-constant": generated("a constant of the shim's"),
  "kind-changed": byHand("decide what the shim's callers see"),
  "definition-hidden": byHand("its fields cannot be reached in one release: offer functions instead"),
  "parameter-added": byHand("decide what the other release's callers hand over"),
  "parameter-added-with-default": generated("the argument reaches the release that takes it"),
  "parameter-removed": byHand("decide what becomes of the argument"),
  "parameter-removed-with-default": generated("the argument reaches the release that takes it"),
  "parameters-reordered": generated("arguments put in order"),
  "default-argument": generated("each flavor's own default is written out"),
  "default-added": generated("the default is written out"),
  "default-removed": generated("the default is written out"),
  "const-added": free("convertible"),
  "const-removed": generated("called through an object that is not const"),
  "noexcept-added": free("convertible"),
  "noexcept-removed": generated("an exception may come out of one flavor"),
  "virtual-added": free("convertible"),
  "virtual-removed": byHand("an application's override is no longer called"),
  "pure-added": byHand("every implementation in the application has to have it"),
  "pure-removed": generated("the reverse adapter calls the library's own where the application has none"),
  "final-added": byHand("an application can no longer derive or override"),
  "final-removed": free("convertible"),
  "static-added": generated("called without an object"),
  "static-removed": byHand("an object is needed: decide which"),
  "ref-qualifier": generated("called on the kind of object that it takes"),
  "explicit-added": free("convertible"),
  "explicit-removed": free("convertible"),
  deleted: byHand("one release forbids the call"),
  "access-narrowed": byHand("one release does not let callers reach it"),
  "access-widened": byHand("one release does not let callers reach it"),
  variadic: byHand("arguments of any number cannot be handed on"),
  "template-parameters": byHand("specialise per flavor"),
  linkage: free("convertible"),
  factory: generated("made by the function that took the constructor's place", "adapter"),
  "factory-other-arguments": byHand("made by another function with other arguments: decide what they are"),
  "abstract-removed": free("convertible"),
  abstract: byHand("objects of it can be made in one release only"),
  "base-access": byHand("one release hides the base"),
  "base-virtual": generated("casts go through the shim"),
  "enum-scoped": generated("enumerators converted by name"),
  underlying: generated("the value's range is checked"),
  value: generated("converted by name, not by number"),
  constant: generated("each flavor's own value is read when it runs"),
  layout: generated("converted field by field"),
  width: generated("the value's range is checked"),
  initializer: generated("each flavor's own value is written out"),
  mutable: free("note"),
  constness: free("convertible"),
  "macro-parameters": byHand("write the macro anew"),
  "macro-body": byHand("write the macro anew"),
  "macro-text": byHand("decide which text counts"),
};

const TYPE_COSTS: Readonly<Record<TypeChange, Cost>> = {
  widening: generated("a cast, checked for range the other way"),
  narrowing: generated("a cast, checked for range"),
  signedness: generated("a cast, checked for sign"),
  floating: generated("a cast between number kinds: digits may be lost"),
  "const-added": free("convertible"),
  "const-removed": byHand("one release may write to it: decide whether to copy"),
  "optional-added": generated("the value is wrapped; decide by policy what none means", "adapter"),
  "optional-removed": generated("the value is wrapped; decide by policy what none means", "adapter"),
  ownership: byHand("ownership changed: decide who deletes it"),
  equivalent: generated("moved from one type to its equal"),
  text: generated("texts are viewed or copied"),
  sequence: generated("elements are viewed or copied"),
  callback: generated("the callback is wrapped"),
  passing: generated("passed the other way"),
  "pointer-reference": generated("a null pointer is caught", "adapter"),
  "enum-integer": generated("cast between number and enumeration, checked"),
  elements: generated("each element is converted"),
  scope: byHand("another type of the same word: say in the map that the two are one, or convert"),
  other: byHand("convert by hand"),
};

function costOf(code: string, change: TypeChange | null): Cost {
  const found = change === null ? COSTS[code] : TYPE_COSTS[change];
  if (found === undefined) throw new Error(`no cost for ${code}`);
  return found;
}

/** A reason with its price. */
export function reason(code: string, text: string, change: TypeChange | null = null): ApiDiffReason {
  const { work, units } = costOf(code, change);
  return { code, change, text, work, units };
}

/** The status that reasons come to, of an item that both releases have. */
export function statusOf(reasons: readonly ApiDiffReason[]): ApiDiffStatus {
  const weights = new Set(reasons.map(({ code, change }) => costOf(code, change).weight));
  return (["adapter", "convertible", "renamed"] as const).find((weight) => weights.has(weight)) ?? "same";
}

/** The work of reasons together: units are those of the hardest kind. */
export function workOf(reasons: readonly ApiDiffReason[]): { by: ShimWork; units: number; text: string } {
  const by = (["by hand", "generated"] as const).find((kind) => reasons.some(({ work }) => work === kind)) ?? "none";
  const those = reasons.filter(({ work }) => work === by && work !== "none");
  const tasks = [...new Set(those.map(({ code, change }) => costOf(code, change).task))];
  return { by, units: those.reduce((sum, { units }) => sum + units, 0), text: tasks.join("; ") };
}
