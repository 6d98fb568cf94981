/** Owns literals: `L` <type> <value> `E`, and functions and variables as values: `L_Z` <encoding> `E`. */
import { malformed } from "../failure.js";
import { FLOAT, INTEGER, LAMBDA, STRING, TEXT, TYPED_INTEGER } from "../kinds.js";
import { node } from "../tree.js";
import { text } from "../texts.js";
import { isAhead, need, peek, take, takeNumber, takePair, takeText } from "./cursor.js";
import { encoding } from "./encoding.js";
import type { Parser } from "./parser.js";
import { type } from "./types.js";
import { unnamedType } from "./unnamed-types.js";

const TRUE = text("true");
const FALSE = text("false");
const NULL_POINTER = text("nullptr");

/** How literals of integer types are told: by a suffix, or by the type in parentheses. */
const INTEGERS: Readonly<Record<string, string>> = {
  w: "wchar_t",
  c: "char",
  a: "signed char",
  h: "unsigned char",
  s: "short",
  t: "unsigned short",
  i: "",
  j: "u",
  l: "l",
  m: "ul",
  x: "ll",
  y: "ull",
  n: "__int128",
  o: "unsigned __int128",
};

/** Bytes of floating-point types; `long double` is x87's or a quadruple. */
const FLOATS: Readonly<Record<string, readonly number[]>> = { f: [4], d: [8], e: [10, 16] };

type Read = (p: Parser) => number;

const READERS: Read[] = [];
for (const [letter, name] of Object.entries(INTEGERS)) {
  const number = text(name);
  READERS[letter.charCodeAt(0)] = (p) => integer(p, number);
}
for (const [letter, sizes] of Object.entries(FLOATS)) READERS[letter.charCodeAt(0)] = (p) => float(p, sizes);
READERS[0x62 /* b */] = boolean;
READERS[0x5f /* _ */] = entity;
READERS[0x41 /* A */] = (p) => closed(p, node(p.tree, STRING, type(p)));
READERS[0x44 /* D */] = (p) => (isAhead(p, 1, "n") ? nullPointer(p) : typedInteger(p));
READERS[0x54 /* T */] = () => malformed();
READERS[0x55 /* U */] = lambda;

export function literal(p: Parser): number {
  need(p, "L");
  return (READERS[peek(p, 0)] ?? typedInteger)(p);
}

function closed(p: Parser, made: number): number {
  need(p, "E");
  return made;
}

function integer(p: Parser, suffix: number): number {
  p.at++;
  const begin = p.at;
  if (!takeNumber(p)) malformed();
  return closed(p, node(p.tree, INTEGER, suffix, begin, p.at));
}

/** A value of an enum, or of another type with a name. */
function typedInteger(p: Parser): number {
  const of = type(p);
  const begin = p.at;
  if (!takeNumber(p)) malformed();
  return closed(p, node(p.tree, TYPED_INTEGER, of, begin, p.at));
}

function boolean(p: Parser): number {
  if (takeText(p, "b0E")) return node(p.tree, TEXT, FALSE);
  if (!takeText(p, "b1E")) malformed();
  return node(p.tree, TEXT, TRUE);
}

function float(p: Parser, sizes: readonly number[]): number {
  p.at++;
  const begin = p.at;
  while (isHex(p.bytes[p.at])) p.at++;
  const size = (p.at - begin) / 2;
  if (!sizes.includes(size)) malformed();
  return closed(p, node(p.tree, FLOAT, size, begin, p.at));
}

function isHex(code = 0): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102);
}

function nullPointer(p: Parser): number {
  takePair(p, "Dn");
  take(p, "0");
  return closed(p, node(p.tree, TEXT, NULL_POINTER));
}

function entity(p: Parser): number {
  if (!takePair(p, "_Z")) malformed();
  return closed(p, encoding(p));
}

function lambda(p: Parser): number {
  if (!isAhead(p, 1, "l")) malformed();
  return closed(p, node(p.tree, LAMBDA, unnamedType(p, false)));
}
