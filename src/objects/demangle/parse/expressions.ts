/** Owns expressions: operators by their form, and what begins with letters of its own. */
import { malformed } from "../failure.js";
import { isDigit, isNext, peek, take, takePair } from "./cursor.js";
import { foldExpression } from "./folds.js";
import { functionParameter } from "./function-parameters.js";
import { literal } from "./literals.js";
import { operatorExpression } from "./operator-expressions.js";
import { takeOperator } from "./operators.js";
import { otherExpression } from "./other-expressions.js";
import { type Parser, enter } from "./parser.js";
import { templateParameter } from "./template-parameters.js";
import { unresolvedName } from "./unresolved-names.js";
import { vendorExpression } from "./vendor-expressions.js";

export function expression(p: Parser): number {
  enter(p);
  const made = anyExpression(p);
  p.depth--;
  return made;
}

function anyExpression(p: Parser): number {
  const global = takePair(p, "gs");
  const operator = takeOperator(p);
  if (operator !== undefined) return operatorExpression(p, operator, global);
  if (p.end - p.at < 2) malformed();
  if (isNext(p, "L")) return literal(p);
  if (isNext(p, "T")) return templateParameter(p);
  if (isNext(p, "f")) return isFunctionParameter(p) ? functionParameter(p) : foldExpression(p);
  const other = otherExpression(p);
  if (other !== 0) return other;
  return take(p, "u") ? vendorExpression(p) : unresolvedName(p, global);
}

function isFunctionParameter(p: Parser): boolean {
  return peek(p, 1) === 0x70 /* p */ || (peek(p, 1) === 0x4c /* L */ && isDigit(peek(p, 2)));
}
