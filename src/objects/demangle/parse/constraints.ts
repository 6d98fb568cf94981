/** Owns constraints (C++20): expressions whose template parameters cannot be followed, and are shown by number. */
import { expression } from "./expressions.js";
import type { Parser } from "./parser.js";

export function constraint(p: Parser): number {
  return inConstraint(p, expression);
}

/** Reads something as a part of a constraint. */
export function inConstraint(p: Parser, read: (p: Parser) => number): number {
  const before = p.numbersOnly;
  p.numbersOnly = true;
  const made = read(p);
  p.numbersOnly = before;
  return made;
}
