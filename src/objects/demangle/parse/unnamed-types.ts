/** Owns types without a name: `Ut`, lambdas `Ul` with their parameters, blocks `Ub`. */
import { malformed } from "../failure.js";
import { CLOSURE, TEXT, UNNAMED_TYPE } from "../kinds.js";
import { EMPTY, node, wideNode } from "../tree.js";
import { text } from "../texts.js";
import { constraint } from "./constraints.js";
import { isNext, need, skipDigits, take, takePair } from "./cursor.js";
import { isParameterDeclaration, parameterDeclaration } from "./parameter-declarations.js";
import { type Parser, popList, push } from "./parser.js";
import { type } from "./types.js";

const BLOCK = text("'block-literal'");

/** With `own`, the name is an encoding's: parameters of templates around it mean nothing inside. */
export function unnamedType(p: Parser, own: boolean): number {
  if (own) p.levels = [];
  if (takePair(p, "Ul")) return closure(p);
  const isBlock = takePair(p, "Ub");
  if (!isBlock && !takePair(p, "Ut")) malformed();
  const begin = numberOf(p);
  return isBlock ? node(p.tree, TEXT, BLOCK) : node(p.tree, UNNAMED_TYPE, begin, p.at - 1);
}

/** Goes over [digits] `_`; gives the place of the digits. */
function numberOf(p: Parser): number {
  const begin = p.at;
  skipDigits(p);
  need(p, "_");
  return begin;
}

function closure(p: Parser): number {
  const { lambdaLevel, levels } = p;
  const outer = levels.length;
  p.lambdaLevel = outer;
  const declared = lambdaTemplate(p);
  const first = take(p, "Q") ? constraint(p) : 0;
  const parameters = lambdaParameters(p);
  const second = take(p, "Q") ? constraint(p) : 0;
  need(p, "E");
  const begin = numberOf(p);
  p.lambdaLevel = lambdaLevel;
  levels.length = outer;
  p.levels = levels;
  return wideNode(p.tree, CLOSURE, [declared, first, parameters, second, begin, p.at - 1]);
}

/** The declared template parameters; without any, the lambda has no level of its own yet. */
function lambdaTemplate(p: Parser): number {
  if (!isParameterDeclaration(p)) return EMPTY;
  const scope: number[] = [];
  p.levels.push(scope);
  const begin = p.stacked;
  while (isParameterDeclaration(p)) push(p, parameterDeclaration(p, scope));
  return popList(p, begin);
}

function lambdaParameters(p: Parser): number {
  if (take(p, "v")) return EMPTY;
  const begin = p.stacked;
  do push(p, type(p));
  while (!isNext(p, "E") && !isNext(p, "Q"));
  return popList(p, begin);
}
