/** Owns the rule for thread-local variables that each flavor has by itself. */
import { variablesOfBoth } from "../variables.js";
import type { Rule } from "../rule.js";

const THREAD_LOCAL = 6;

export const tls: Rule = {
  category: "tls",
  find: (evidence) =>
    variablesOfBoth(evidence, THREAD_LOCAL).map(({ symbol, places }) => ({
      symbol,
      places,
      why: "each thread holds one per flavor, and both take room in the static block of the program's thread-local storage",
      fix: "nothing, unless threads pass from one flavor to the other with state in it",
    })),
};
