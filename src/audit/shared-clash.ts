/** Owns the rule for names that are declared as shared: one thing on both sides must be one thing. */
import type { Finding } from "../model/audit.js";
import type { BodySets } from "./bodies.js";
import { bodiesDiffer } from "./bodies.js";
import { clashCategory } from "./clash.js";
import type { FlavorIndex } from "./definitions.js";
import { type NamedSymbol, makeFinding } from "./finding.js";

/** A warning when the flavors' bodies have nothing in common, or when both define a strong name; else nothing. */
export function sharedFinding(named: NamedSymbol, indexes: readonly FlavorIndex[], sets: readonly BodySets[]): Finding | undefined {
  const category = clashCategory(indexes, sets, named.symbol);
  const differ = bodiesDiffer(sets, named.symbol);
  if (category === "strong-clash") return makeFinding({ ...STRONG, category, severity: "warning" }, named, indexes);
  return differ ? makeFinding({ ...DIFFERENT, category: "weak-clash", severity: "warning" }, named, indexes) : undefined;
}

const STRONG = {
  why: "declared as shared, but both flavors bring their own: the link fails as soon as both objects are needed",
  fix: "build the shared module once and leave it out of one flavor's archive",
};

const DIFFERENT = {
  why: "declared as shared, but no body of one flavor equals any of the other: the linker keeps one for both",
  fix: "build both flavors with the same compiler, flags and version of the shared module, or isolate it",
};
