/** Owns whole symbols: the prefixes of mangled names, and what compilers and linkers append to them. */
import { malformed } from "../failure.js";
import { ENCODING, NAME, SPECIAL, SUFFIXED } from "../kinds.js";
import { kindOf, node, operand } from "../tree.js";
import { type SpecialKind, specialNumber } from "../specials.js";
import { isDigit, isNext, skipDigits, take, takeText } from "./cursor.js";
import { encoding } from "./encoding.js";
import { type Parser, enter } from "./parser.js";
import { type } from "./types.js";

const BLOCK = specialNumber("block");

/** What stands before another symbol, and what it says. */
const KEYED: readonly (readonly [string, SpecialKind])[] = [
  ["_GLOBAL__sub_I_", "constructors"],
  ["_GLOBAL__sub_D_", "destructors"],
  ["_GLOBAL__I_", "constructors"],
  ["_GLOBAL__D_", "destructors"],
  ["__imp_", "import"],
];

/** Reads the symbol to its end. */
export function readSymbol(p: Parser): number {
  if (takeText(p, "_Z") || takeText(p, "__Z")) return suffixed(p, encoding(p));
  if (takeText(p, "___Z") || takeText(p, "____Z")) return block(p);
  for (const [prefix, kind] of KEYED) {
    if (takeText(p, prefix)) return keyed(p, kind);
  }
  return malformed();
}

/** What stands before another symbol, or before the name of a file or of C. */
function keyed(p: Parser, kind: SpecialKind): number {
  enter(p);
  const inner = isNext(p, "_") || kind === "import" ? readSymbol(p) : rest(p);
  p.depth--;
  return node(p.tree, SPECIAL, specialNumber(kind), inner);
}

/** Reads a type to its end. */
export function wholeType(p: Parser): number {
  const made = type(p);
  return p.at === p.end ? made : malformed();
}

/** A file's name, or a symbol of C. */
function rest(p: Parser): number {
  const begin = p.at;
  p.at = p.end;
  return begin === p.end ? malformed() : node(p.tree, NAME, begin, p.end);
}

/** `.cold`, `.isra.0`, `.llvm.123` and the like. */
function suffixed(p: Parser, made: number): number {
  const begin = p.at;
  if (begin === p.end) return made;
  if (!isNext(p, ".")) malformed();
  p.at = p.end;
  return node(p.tree, SUFFIXED, made, begin, p.end);
}

/** `___Z` <encoding> `_block_invoke` [[`_`] <number>]. */
function block(p: Parser): number {
  const owner = encoding(p);
  if (!takeText(p, "_block_invoke")) malformed();
  const numbered = take(p, "_");
  if (numbered && !isDigit(p.bytes[p.at])) malformed();
  skipDigits(p);
  if (p.at < p.end && !isNext(p, ".")) malformed();
  return node(p.tree, SPECIAL, BLOCK, owner);
}

/** The part of a function's tree that names it; the whole tree for all else. */
export function namedPart(p: Parser, root: number): number {
  const kind = kindOf(p.tree, root);
  if (kind === ENCODING) return operand(p.tree, root, 2);
  if (kind === SUFFIXED) return namedPart(p, operand(p.tree, root, 1));
  if (kind !== SPECIAL || operand(p.tree, root, 1) !== BLOCK) return root;
  return node(p.tree, SPECIAL, BLOCK, namedPart(p, operand(p.tree, root, 2)));
}
