/** Owns the rule for tentative C variables of one name. */
import { clashRule } from "./clash-rule.js";

export const commonClash = clashRule({
  category: "common-clash",
  why: "a tentative definition in one flavor is merged with the other flavor's: both write to one variable",
});
