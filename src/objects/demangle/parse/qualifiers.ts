/** Owns `const`, `volatile` and `restrict`. */
import { take } from "./cursor.js";
import type { Parser } from "./parser.js";

export const CONST = 1;
export const VOLATILE = 2;
export const RESTRICT = 4;

export function qualifiers(p: Parser): number {
  let found = 0;
  if (take(p, "r")) found |= RESTRICT;
  if (take(p, "V")) found |= VOLATILE;
  if (take(p, "K")) found |= CONST;
  return found;
}
