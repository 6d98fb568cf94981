/** Owns the rule for weak names whose bodies agree; of variables that can be written, the rule for shared state tells. */
import type { Rule } from "../rule.js";
import { clashRule } from "./clash-rule.js";

const whole = clashRule({
  category: "weak-same",
  why: "both flavors define it weakly; the bodies agree today, and one compiler flag or fix changes that unseen",
});

export const weakSame: Rule = {
  category: "weak-same",
  find: (evidence) => whole.find(evidence).filter(({ symbol }) => !evidence.sharedVariables().has(symbol)),
};
