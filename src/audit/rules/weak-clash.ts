/** Owns the rule for weak names whose bodies differ between flavors, in sets: what differs inside one build already does not count. */
import { clashRule } from "./clash-rule.js";

export const weakClash = clashRule({
  category: "weak-clash",
  why: "both flavors define it weakly with different bodies: the linker silently keeps the first for both",
});
