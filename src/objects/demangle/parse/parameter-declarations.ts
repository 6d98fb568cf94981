/** Owns declarations of template parameters, of lambdas and of arguments: `Ty`, `Tn`, `Tt`, `Tp`, `Tk`. */
import { malformed } from "../failure.js";
import { CONSTRAINED_PARAMETER, INVENTED, PACK_PARAMETER, TEMPLATE_PARAMETER, TYPE_PARAMETER, VALUE_PARAMETER } from "../kinds.js";
import { HAS_RIGHT, node } from "../tree.js";
import { constraint, inConstraint } from "./constraints.js";
import { isNext, need, peek, take } from "./cursor.js";
import { name } from "./names.js";
import { type Parser, enter, popList, push } from "./parser.js";
import { type } from "./types.js";

const TYPE_KIND = 0;
const VALUE_KIND = 1;
const TEMPLATE_KIND = 2;

export function isParameterDeclaration(p: Parser): boolean {
  return isNext(p, "T") && DECLARATIONS[peek(p, 1)] !== undefined;
}

/** Reads one declaration; the parameter gets a name of our own and joins `scope`, when there is one. */
export function parameterDeclaration(p: Parser, scope: number[] | undefined): number {
  enter(p);
  need(p, "T");
  const read = DECLARATIONS[peek(p, 0)] ?? malformed();
  p.at++;
  const made = read(p, scope);
  p.depth--;
  return made;
}

type Read = (p: Parser, scope: number[] | undefined) => number;

const DECLARATIONS: Read[] = [];
DECLARATIONS[0x79 /* y */] = (p, scope) => node(p.tree, TYPE_PARAMETER | HAS_RIGHT, invent(p, scope, TYPE_KIND));
DECLARATIONS[0x6b /* k */] = constrainedParameter;
DECLARATIONS[0x6e /* n */] = valueParameter;
DECLARATIONS[0x74 /* t */] = templateTemplateParameter;
DECLARATIONS[0x70 /* p */] = (p, scope) => node(p.tree, PACK_PARAMETER | HAS_RIGHT, parameterDeclaration(p, scope));

function invent(p: Parser, scope: number[] | undefined, kind: 0 | 1 | 2): number {
  const made = node(p.tree, INVENTED, kind, p.invented[kind]++);
  scope?.push(made);
  return made;
}

function constrainedParameter(p: Parser, scope: number[] | undefined): number {
  const concept = inConstraint(p, name);
  return node(p.tree, CONSTRAINED_PARAMETER | HAS_RIGHT, invent(p, scope, TYPE_KIND), concept);
}

function valueParameter(p: Parser, scope: number[] | undefined): number {
  const invented = invent(p, scope, VALUE_KIND);
  return node(p.tree, VALUE_PARAMETER | HAS_RIGHT, invented, type(p));
}

function templateTemplateParameter(p: Parser, scope: number[] | undefined): number {
  const invented = invent(p, scope, TEMPLATE_KIND);
  const inner: number[] = [];
  const outer = p.levels.length;
  p.levels.push(inner);
  const begin = p.stacked;
  let required = 0;
  while (!take(p, "E")) {
    push(p, parameterDeclaration(p, inner));
    if (take(p, "Q")) {
      required = constraint(p);
      need(p, "E");
      break;
    }
  }
  p.levels.length = outer;
  return node(p.tree, TEMPLATE_PARAMETER | HAS_RIGHT, invented, popList(p, begin), required);
}
