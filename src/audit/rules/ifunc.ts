/** Owns the rule for functions that are chosen as the program loads. */
import { variablesOfBoth } from "../variables.js";
import type { Rule } from "../rule.js";

const CHOSEN_AT_LOAD = 10;

export const ifunc: Rule = {
  category: "ifunc",
  find: (evidence) =>
    variablesOfBoth(evidence, CHOSEN_AT_LOAD).map(({ symbol, places }) => ({
      symbol,
      places,
      why: "its resolver runs before any constructor, once per flavor, and must not use what constructors make",
      fix: "see that the resolver reads the processor's features only",
    })),
};
