/** Owns the names of operator functions, conversions and literal operators. */
import { malformed } from "../failure.js";
import { CONVERSION, LITERAL_OPERATOR, TEXT } from "../kinds.js";
import { node } from "../tree.js";
import { isDigit, take, takePair } from "./cursor.js";
import { type Operator, takeOperator } from "./operators.js";
import type { NameTraits, Parser } from "./parser.js";
import { sourceName } from "./source-names.js";
import { type } from "./types.js";

export function operatorName(p: Parser, traits: NameTraits | undefined): number {
  const operator = takeOperator(p);
  if (operator !== undefined) return knownOperator(p, operator, traits);
  if (takePair(p, "li")) return node(p.tree, LITERAL_OPERATOR, sourceName(p));
  if (!take(p, "v") || !isDigit(p.bytes[p.at])) malformed();
  p.at++;
  return node(p.tree, CONVERSION, sourceName(p));
}

function knownOperator(p: Parser, operator: Operator, traits: NameTraits | undefined): number {
  if (operator.form === "cast") return conversion(p, traits);
  if (!operator.nameable) malformed();
  return node(p.tree, TEXT, operator.name);
}

/** The type may speak of template arguments that follow the name. */
function conversion(p: Parser, traits: NameTraits | undefined): number {
  const { forwardsAllowed, argumentsAllowed } = p;
  p.argumentsAllowed = false;
  p.forwardsAllowed = forwardsAllowed || traits !== undefined;
  const made = node(p.tree, CONVERSION, type(p));
  p.argumentsAllowed = argumentsAllowed;
  p.forwardsAllowed = forwardsAllowed;
  if (traits !== undefined) traits.unreturning = true;
  return made;
}
