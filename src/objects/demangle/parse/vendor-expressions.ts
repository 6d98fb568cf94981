/** Owns expressions of vendors: `u<name><argument>*E`, and Microsoft's `__uuidof` in the form of old. */
import { CALL, NAME } from "../kinds.js";
import { POSTFIX_LEVEL } from "../precedence.js";
import { headOf, kindOf, node, operand } from "../tree.js";
import { take } from "./cursor.js";
import { expression } from "./expressions.js";
import { type Parser, popList, push } from "./parser.js";
import { sourceName } from "./source-names.js";
import { templateArgument } from "./template-arguments.js";
import { type } from "./types.js";

const UUID_OF = "__uuidof";

export function vendorExpression(p: Parser): number {
  const callee = sourceName(p);
  const begin = p.stacked;
  if (isUuidOf(p, callee) && take(p, "t")) push(p, type(p));
  else if (isUuidOf(p, callee) && take(p, "z")) push(p, expression(p));
  else while (!take(p, "E")) push(p, templateArgument(p));
  return node(p.tree, headOf(CALL, POSTFIX_LEVEL), callee, popList(p, begin));
}

function isUuidOf(p: Parser, callee: number): boolean {
  if (kindOf(p.tree, callee) !== NAME) return false;
  const begin = operand(p.tree, callee, 1);
  if (operand(p.tree, callee, 2) - begin !== UUID_OF.length) return false;
  for (let index = 0; index < UUID_OF.length; index++) {
    if (p.bytes[begin + index] !== UUID_OF.charCodeAt(index)) return false;
  }
  return true;
}
