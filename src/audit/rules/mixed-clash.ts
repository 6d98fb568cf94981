/** Owns the rule for names that one flavor defines strongly and another weakly, uniquely or tentatively. */
import { clashRule } from "./clash-rule.js";

export const mixedClash = clashRule({
  category: "mixed-clash",
  why: "one flavor defines it strongly, another weakly: the linker silently takes the strong one for both",
});
