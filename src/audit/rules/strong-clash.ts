/** Owns the rule for names that two flavors define strongly. */
import { clashRule } from "./clash-rule.js";

export const strongClash = clashRule({
  category: "strong-clash",
  why: "both flavors define it: the link fails, or the flavor whose object comes first serves both",
});
