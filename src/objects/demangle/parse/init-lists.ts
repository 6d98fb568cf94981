/** Owns the items of initialiser lists, which may be designated: `di`, `dx`, `dX`. */
import { DESIGNATED, DESIGNATED_RANGE } from "../kinds.js";
import { node } from "../tree.js";
import { takePair } from "./cursor.js";
import { expression } from "./expressions.js";
import { type Parser, enter } from "./parser.js";
import { sourceName } from "./source-names.js";

export function bracedExpression(p: Parser): number {
  enter(p);
  const made = item(p);
  p.depth--;
  return made;
}

function item(p: Parser): number {
  if (takePair(p, "di")) {
    const field = sourceName(p);
    return node(p.tree, DESIGNATED, field, bracedExpression(p), 0);
  }
  if (takePair(p, "dx")) {
    const index = expression(p);
    return node(p.tree, DESIGNATED, index, bracedExpression(p), 1);
  }
  if (!takePair(p, "dX")) return expression(p);
  const first = expression(p);
  const last = expression(p);
  return node(p.tree, DESIGNATED_RANGE, first, last, bracedExpression(p));
}
