/** Owns the types that begin with `D`: sized numbers, vectors, `decltype`, pack expansions, functions with a specification. */
import { malformed } from "../failure.js";
import { EXPANSION, POSTFIXED_TYPE, SIZED_TYPE, TEXT, NAME } from "../kinds.js";
import { node } from "../tree.js";
import { text } from "../texts.js";
import { builtinAfterD } from "./builtin-types.js";
import { isDigit, isNext, need, peek, skipDigits, take, takeText } from "./cursor.js";
import { decltype } from "./decltype.js";
import { expression } from "./expressions.js";
import { functionType } from "./function-types.js";
import { name } from "./names.js";
import type { Parser } from "./parser.js";
import { substitutable } from "./substitutions.js";
import { type } from "./types.js";
import { vectorType } from "./vector-types.js";

const NOTHING = text("");
const CLOSE = text(")");
const FLOAT_N = text("_Float");
const FLOAT_NX = text("x");
const BFLOAT = text("std::bfloat16_t");
const SIGNED_BITS = text("_BitInt(");
const UNSIGNED_BITS = text("unsigned _BitInt(");
const AUTO = text(" auto");
const DECLTYPE_AUTO = text(" decltype(auto)");

const SATURATED = text("_Sat ");
const FIXED_POINT = new Map([
  [0x41 /* A */, text("_Accum")],
  [0x52 /* R */, text("_Fract")],
]);
const FIXED_SIZES = new Map(
  Object.entries({ s: "short ", t: "unsigned short ", i: "", j: "unsigned ", l: "long ", m: "unsigned long " }).map(([letter, words]) => [
    letter.charCodeAt(0),
    text(words),
  ]),
);

export function typeAfterD(p: Parser): number {
  const code = peek(p, 1);
  const builtin = builtinAfterD(code);
  if (builtin !== undefined) {
    p.at += 2;
    return node(p.tree, TEXT, builtin);
  }
  const read = READERS[code] ?? malformed();
  return read(p);
}

type Read = (p: Parser) => number;

const READERS: Read[] = [];
READERS[0x46 /* F */] = (p) => floatType(p);
READERS[0x42 /* B */] = (p) => substitutable(p, bitType(p, SIGNED_BITS));
READERS[0x55 /* U */] = (p) => substitutable(p, bitType(p, UNSIGNED_BITS));
READERS[0x6b /* k */] = (p) => constrainedAuto(p, AUTO);
READERS[0x4b /* K */] = (p) => constrainedAuto(p, DECLTYPE_AUTO);
READERS[0x41 /* A */] = READERS[0x52 /* R */] = (p) => fixedPoint(p, false);
READERS[0x53 /* S */] = (p) => saturated(p);
READERS[0x74 /* t */] = READERS[0x54 /* T */] = (p) => substitutable(p, decltype(p));
READERS[0x76 /* v */] = (p) => substitutable(p, vectorType(p));
READERS[0x70 /* p */] = (p) => substitutable(p, expansion(p));
READERS[0x6f /* o */] = READERS[0x4f /* O */] = READERS[0x77 /* w */] = READERS[0x78 /* x */] = (p) => substitutable(p, functionType(p));

function expansion(p: Parser): number {
  p.at += 2;
  return node(p.tree, EXPANSION, type(p));
}

/** `DF<bits>_`, `DF<bits>x`, `DF16b`. */
function floatType(p: Parser): number {
  if (takeText(p, "DF16b")) return node(p.tree, TEXT, BFLOAT);
  p.at += 2;
  const bits = digits(p);
  if (take(p, "x")) return node(p.tree, SIZED_TYPE, FLOAT_N, bits, FLOAT_NX);
  need(p, "_");
  return node(p.tree, SIZED_TYPE, FLOAT_N, bits, NOTHING);
}

function digits(p: Parser): number {
  const begin = p.at;
  skipDigits(p);
  if (p.at === begin) malformed();
  return node(p.tree, NAME, begin, p.at);
}

function bitType(p: Parser, before: number): number {
  p.at += 2;
  const bits = isDigit(p.bytes[p.at]) ? digits(p) : expression(p);
  need(p, "_");
  return node(p.tree, SIZED_TYPE, before, bits, CLOSE);
}

/** `DS` and a fixed-point type. */
function saturated(p: Parser): number {
  p.at += 2;
  if (!isNext(p, "D")) malformed();
  return fixedPoint(p, true);
}

/** `DA` or `DR`, and the letter of the integer type of that size. */
function fixedPoint(p: Parser, saturates: boolean): number {
  const word = FIXED_POINT.get(peek(p, 1)) ?? malformed();
  const size = FIXED_SIZES.get(peek(p, 2)) ?? malformed();
  p.at += 3;
  const sized = node(p.tree, SIZED_TYPE, size, node(p.tree, TEXT, word), NOTHING);
  return saturates ? node(p.tree, SIZED_TYPE, SATURATED, sized, NOTHING) : sized;
}

function constrainedAuto(p: Parser, after: number): number {
  p.at += 2;
  return node(p.tree, POSTFIXED_TYPE, name(p), after);
}
