/** Owns the rule for names with GNU's unique binding, of which a process has one, whatever libraries it loads. */
import { clashRule } from "./clash-rule.js";

export const uniqueClash = clashRule({
  category: "unique-clash",
  why: "a unique definition is one for the whole process: both flavors use the same variable",
});
