/** Owns fold expressions: `fl`, `fr`, `fL`, `fR` with an operator, a pack and a first or last value. */
import { malformed } from "../failure.js";
import { FOLD } from "../kinds.js";
import { node } from "../tree.js";
import { need, peek } from "./cursor.js";
import { expression } from "./expressions.js";
import { takeOperator } from "./operators.js";
import type { Parser } from "./parser.js";

export function foldExpression(p: Parser): number {
  need(p, "f");
  const letter = String.fromCharCode(peek(p, 0));
  if (!"lrLR".includes(letter)) malformed();
  p.at++;
  const left = letter === "l" || letter === "L";
  const operator = takeOperator(p);
  if (operator?.folds !== true) malformed();
  const first = expression(p);
  const second = letter === "L" || letter === "R" ? expression(p) : 0;
  const [pack, value] = left && second !== 0 ? [second, first] : [first, second];
  return node(p.tree, FOLD, left ? 1 : 0, operator.sign, pack, value);
}
