/** Owns array types: `A<number>_<type>`, `A_<type>`, `A<expression>_<type>`. */
import { ARRAY, NAME } from "../kinds.js";
import { HAS_RIGHT, IS_ARRAY, node } from "../tree.js";
import { isDigit, isNext, need, skipDigits } from "./cursor.js";
import { expression } from "./expressions.js";
import type { Parser } from "./parser.js";
import { type } from "./types.js";

export function arrayType(p: Parser): number {
  p.at++;
  const size = dimension(p);
  need(p, "_");
  return node(p.tree, ARRAY | HAS_RIGHT | IS_ARRAY, type(p), size);
}

function dimension(p: Parser): number {
  if (isNext(p, "_")) return 0;
  if (!isDigit(p.bytes[p.at])) return expression(p);
  const begin = p.at;
  skipDigits(p);
  return node(p.tree, NAME, begin, p.at);
}
