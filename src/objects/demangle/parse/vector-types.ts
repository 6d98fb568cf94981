/** Owns vectors of the compilers' own: `Dv<number>_<type>`, `Dv<number>_p`, `Dv[<expression>]_<type>`. */
import { PIXEL_VECTOR, NAME, VECTOR } from "../kinds.js";
import { node } from "../tree.js";
import { isDigit, need, skipDigits, take } from "./cursor.js";
import { expression } from "./expressions.js";
import type { Parser } from "./parser.js";
import { type } from "./types.js";

export function vectorType(p: Parser): number {
  p.at += 2;
  const begin = p.at;
  if (isDigit(p.bytes[begin]) && p.bytes[begin] !== 48) {
    skipDigits(p);
    const size = node(p.tree, NAME, begin, p.at);
    need(p, "_");
    return take(p, "p") ? node(p.tree, PIXEL_VECTOR, size) : node(p.tree, VECTOR, type(p), size);
  }
  const size = take(p, "_") ? 0 : sized(p);
  return node(p.tree, VECTOR, type(p), size);
}

function sized(p: Parser): number {
  const size = expression(p);
  need(p, "_");
  return size;
}
