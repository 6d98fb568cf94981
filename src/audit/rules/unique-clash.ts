/** Owns the rule for names with GNU's unique binding, of which a process has one, whatever libraries it loads. */
import { bodiesDiffer } from "../bodies.js";
import type { Rule } from "../rule.js";
import { clashRule } from "./clash-rule.js";

const whole = clashRule({
  category: "unique-clash",
  why: "a unique definition is one for the whole process: both flavors use the same variable",
});

export const uniqueClash: Rule = {
  category: "unique-clash",
  find: (evidence) =>
    whole.find(evidence).map((found) => {
      if (evidence.sharedVariables().has(found.symbol) || bodiesDiffer(evidence.bodies(), found.symbol)) return found;
      return Object.assign({}, found, { severity: "note" as const, why: SAME_CONSTANT });
    }),
};

const SAME_CONSTANT = "a unique constant is one for the whole process; the values agree today, and one fix changes that unseen";
