/** Owns expressions that begin with an operator: what follows it depends on the operator's form. */
import { malformed } from "../failure.js";
import { BINARY, CALL, CAST, CONDITIONAL, DELETE, ENCLOSED, MEMBER, NAMED_CAST, NEW, POSTFIX, PREFIX, SUBSCRIPT } from "../kinds.js";
import { EMPTY, headOf, node } from "../tree.js";
import { take, takePair } from "./cursor.js";
import { expression } from "./expressions.js";
import type { Form, Operator } from "./operators.js";
import { type Parser, popList, push } from "./parser.js";
import { type } from "./types.js";

type Read = (p: Parser, operator: Operator, global: boolean) => number;

/** Reads what follows the operator. */
export function operatorExpression(p: Parser, operator: Operator, global: boolean): number {
  return READERS[operator.form](p, operator, global);
}

const READERS: Readonly<Record<Form, Read>> = {
  binary: (p, { sign, precedence }) => binary(p, headOf(BINARY, precedence), sign),
  member: (p, { sign, precedence }) => binary(p, headOf(MEMBER, precedence), sign),
  prefix,
  postfix: (p, operator, global) => (take(p, "_") ? prefix(p, operator, global) : postfix(p, operator)),
  array: (p, { precedence }) => {
    const base = expression(p);
    return node(p.tree, headOf(SUBSCRIPT, precedence), base, expression(p));
  },
  new: newExpression,
  delete: (p, { precedence, second }, global) => node(p.tree, headOf(DELETE, precedence), expression(p), formBits(global, second)),
  call: (p, { precedence, second }) => {
    const callee = expression(p);
    return node(p.tree, headOf(CALL, precedence), callee, until(p, expression), second ? 1 : 0);
  },
  cast,
  conditional: (p, { precedence }) => {
    const condition = expression(p);
    const then = expression(p);
    return node(p.tree, headOf(CONDITIONAL, precedence), condition, then, expression(p));
  },
  "named-cast": (p, { sign, precedence }) => {
    const to = type(p);
    return node(p.tree, headOf(NAMED_CAST, precedence), sign, to, expression(p));
  },
  "of-type": (p, { sign, precedence }) => node(p.tree, headOf(ENCLOSED, precedence), sign, type(p)),
  "of-expression": (p, { sign, precedence }) => node(p.tree, headOf(ENCLOSED, precedence), sign, expression(p)),
};

function binary(p: Parser, head: number, sign: number): number {
  const left = expression(p);
  return node(p.tree, head, left, sign, expression(p));
}

function prefix(p: Parser, { sign, precedence }: Operator, _global: boolean): number {
  return node(p.tree, headOf(PREFIX, precedence), sign, expression(p));
}

function postfix(p: Parser, { sign, precedence }: Operator): number {
  return node(p.tree, headOf(POSTFIX, precedence), expression(p), sign);
}

function formBits(global: boolean, array: boolean): number {
  return (global ? 1 : 0) | (array ? 2 : 0);
}

/** `nw` <placement>* `_` <type> (`pi` <initialiser>*)? `E`. */
function newExpression(p: Parser, { precedence, second }: Operator, global: boolean): number {
  const begin = p.stacked;
  while (!take(p, "_")) push(p, expression(p));
  const placement = popList(p, begin);
  const made = type(p);
  const initialised = takePair(p, "pi");
  const values = until(p, expression);
  if (!initialised && values !== EMPTY) malformed();
  return node(p.tree, headOf(NEW, precedence), placement, made, values, formBits(global, second));
}

/** `cv` <type> <operand>, or `cv` <type> `_` <operand>* `E`. */
function cast(p: Parser, { precedence }: Operator): number {
  const { argumentsAllowed } = p;
  p.argumentsAllowed = false;
  const to = type(p);
  p.argumentsAllowed = argumentsAllowed;
  if (take(p, "_")) return node(p.tree, headOf(CAST, precedence), to, until(p, expression));
  const begin = p.stacked;
  push(p, expression(p));
  return node(p.tree, headOf(CAST, precedence), to, popList(p, begin));
}

/** Reads items up to `E`. */
export function until(p: Parser, read: (p: Parser) => number): number {
  const begin = p.stacked;
  while (!take(p, "E")) push(p, read(p));
  return popList(p, begin);
}
