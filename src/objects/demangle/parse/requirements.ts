/** Owns what a requires expression lists: `X` an expression, `T` a type, `Q` a constraint. */
import { malformed } from "../failure.js";
import { EXPRESSION_REQUIREMENT, NESTED_REQUIREMENT, TYPE_REQUIREMENT } from "../kinds.js";
import { node } from "../tree.js";
import { take } from "./cursor.js";
import { expression } from "./expressions.js";
import { name } from "./names.js";
import { type Parser, popList, push } from "./parser.js";
import { type } from "./types.js";

/** The parameters that the requirements speak of, up to `_`. */
export function parameterTypes(p: Parser): number {
  const begin = p.stacked;
  while (!take(p, "_")) push(p, type(p));
  return popList(p, begin);
}

export function requirements(p: Parser): number {
  const begin = p.stacked;
  do push(p, requirement(p));
  while (!take(p, "E"));
  return popList(p, begin);
}

function requirement(p: Parser): number {
  if (take(p, "X")) return expressionRequirement(p);
  if (take(p, "T")) return node(p.tree, TYPE_REQUIREMENT, type(p));
  if (!take(p, "Q")) malformed();
  return node(p.tree, NESTED_REQUIREMENT, expression(p));
}

function expressionRequirement(p: Parser): number {
  const inner = expression(p);
  const unthrowing = take(p, "N") ? 1 : 0;
  const concept = take(p, "R") ? name(p) : 0;
  return node(p.tree, EXPRESSION_REQUIREMENT, inner, unthrowing, concept);
}
