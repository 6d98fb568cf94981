/** Owns the rule for weak names whose bodies agree. */
import { clashRule } from "./clash-rule.js";

export const weakSame = clashRule({
  category: "weak-same",
  why: "both flavors define it weakly; the bodies agree today, and one compiler flag or fix changes that unseen",
});
