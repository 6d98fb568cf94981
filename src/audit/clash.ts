/** Owns the kinds of clashes: which one a name that two flavors define is, by what each linker does with such names. */
import type { SymbolClass } from "../objects/model.js";
import { type BodySets, bodiesDiffer } from "./bodies.js";
import type { FlavorIndex } from "./definitions.js";

export type ClashCategory = "strong-clash" | "mixed-clash" | "weak-clash" | "weak-same" | "common-clash" | "unique-clash";

/** A linker that has several definitions of one flavor takes the first of these. */
const PRECEDENCE: readonly SymbolClass[] = ["strong", "common", "unique", "weak"];

/** The clash of a name that at least two flavors define. */
export function clashCategory(flavors: readonly FlavorIndex[], bodies: () => readonly BodySets[], symbol: string): ClashCategory {
  const classes = flavors.flatMap((index) => leadingClass(index, symbol) ?? []);
  const strong = classes.filter((one) => one === "strong").length;
  if (strong > 1) return "strong-clash";
  if (strong === 1) return "mixed-clash";
  if (classes.includes("common")) return "common-clash";
  if (classes.includes("unique")) return "unique-clash";
  return bodiesDiffer(bodies(), symbol) ? "weak-clash" : "weak-same";
}

function leadingClass(index: FlavorIndex, symbol: string): SymbolClass | undefined {
  const classes = index.definitions.get(symbol)?.map((definition) => definition.class);
  return PRECEDENCE.find((one) => classes?.includes(one));
}
