/** Owns expressions that begin with two letters and are no operators: initialiser lists, `noexcept`, `sizeof...`, `throw`, packs. */
import { malformed } from "../failure.js";
import { ARGUMENTS, ENCLOSED, EXPANSION, INIT_LIST, MEMBER_POINTER_CAST, REQUIRES, SIZEOF_PACK, SUBOBJECT, TEXT, THROW } from "../kinds.js";
import { UNARY } from "../precedence.js";
import { EMPTY, headOf, node } from "../tree.js";
import { text } from "../texts.js";
import { isNext, need, peek, skipDigits, take, takeNumber } from "./cursor.js";
import { expression } from "./expressions.js";
import { functionParameter } from "./function-parameters.js";
import { bracedExpression } from "./init-lists.js";
import { until } from "./operator-expressions.js";
import type { Parser } from "./parser.js";
import { parameterTypes, requirements } from "./requirements.js";
import { templateArgument } from "./template-arguments.js";
import { templateParameter } from "./template-parameters.js";
import { type } from "./types.js";

const NOEXCEPT = text("noexcept ");
const SIZEOF = text("sizeof... ");
const THROW_TEXT = text("throw");

type Read = (p: Parser) => number;

const READERS: Readonly<Record<string, Read>> = {
  il: (p) => node(p.tree, INIT_LIST, 0, until(p, bracedExpression)),
  tl: (p) => {
    const of = type(p);
    return node(p.tree, INIT_LIST, of, until(p, bracedExpression));
  },
  nx: (p) => node(p.tree, headOf(ENCLOSED, UNARY), NOEXCEPT, expression(p)),
  sp: (p) => node(p.tree, EXPANSION, expression(p)),
  sZ: (p) => (isNext(p, "T") ? node(p.tree, SIZEOF_PACK, templateParameter(p)) : node(p.tree, ENCLOSED, SIZEOF, functionParameter(p))),
  sP: (p) => node(p.tree, ENCLOSED, SIZEOF, node(p.tree, ARGUMENTS, until(p, templateArgument))),
  tr: (p) => node(p.tree, TEXT, THROW_TEXT),
  tw: (p) => node(p.tree, THROW, expression(p)),
  mc: memberPointerCast,
  so: subobject,
  rq: (p) => node(p.tree, REQUIRES, EMPTY, requirements(p)),
  rQ: (p) => {
    const parameters = parameterTypes(p);
    return node(p.tree, REQUIRES, parameters, requirements(p));
  },
};

const BY_LETTERS: Read[] = [];
for (const [letters, read] of Object.entries(READERS)) BY_LETTERS[indexOf(letters.charCodeAt(0), letters.charCodeAt(1))] = read;

function indexOf(first: number, second: number): number {
  return ((first & 0x7f) << 7) | (second & 0x7f);
}

/** Reads the expression whose letters are next; 0 when it is none of these. */
export function otherExpression(p: Parser): number {
  const read = BY_LETTERS[indexOf(peek(p, 0), peek(p, 1))];
  if (read === undefined) return 0;
  p.at += 2;
  return read(p);
}

/** `mc` <type> <expression> [<offset>] `E`. */
function memberPointerCast(p: Parser): number {
  const to = type(p);
  const inner = expression(p);
  takeNumber(p);
  need(p, "E");
  return node(p.tree, headOf(MEMBER_POINTER_CAST, UNARY), to, inner);
}

/** `so` <type> <expression> [<offset>] (`_` [<union member>])* [`p`] `E`. */
function subobject(p: Parser): number {
  const of = type(p);
  const inner = expression(p);
  const begin = p.at;
  if (!takeNumber(p) && p.at > begin) malformed();
  const end = p.at;
  while (take(p, "_")) skipDigits(p);
  take(p, "p");
  need(p, "E");
  return node(p.tree, SUBOBJECT, of, inner, begin, end);
}
