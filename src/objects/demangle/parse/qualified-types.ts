/** Owns qualified types: `const` and its like, and the qualifiers of vendors `U<name>`, with Objective-C's protocols. */
import { malformed } from "../failure.js";
import { OBJC_PROTOCOL, QUALIFIED, VENDOR_QUALIFIED } from "../kinds.js";
import { node, shapeOf } from "../tree.js";
import { isNext, take } from "./cursor.js";
import { type Parser, enter } from "./parser.js";
import { qualifiers } from "./qualifiers.js";
import { bareName } from "./source-names.js";
import { templateArguments } from "./template-arguments.js";
import { type } from "./types.js";

const PROTOCOL = "objcproto";

/** One component, however many qualifiers it has. */
export function qualifiedType(p: Parser): number {
  enter(p);
  const made = take(p, "U") ? vendorQualified(p) : plainlyQualified(p);
  p.depth--;
  return made;
}

function plainlyQualified(p: Parser): number {
  const found = qualifiers(p);
  const inner = type(p);
  return found === 0 ? inner : node(p.tree, QUALIFIED | shapeOf(p.tree, inner), inner, found);
}

function vendorQualified(p: Parser): number {
  const begin = bareName(p);
  const end = p.at;
  if (isProtocol(p, begin, end)) return objcProtocol(p, begin + PROTOCOL.length, end);
  const args = isNext(p, "I") ? templateArguments(p) : 0;
  return node(p.tree, VENDOR_QUALIFIED, qualifiedType(p), begin, end, args);
}

function isProtocol(p: Parser, begin: number, end: number): boolean {
  if (end - begin < PROTOCOL.length) return false;
  for (let index = 0; index < PROTOCOL.length; index++) {
    if (p.bytes[begin + index] !== PROTOCOL.charCodeAt(index)) return false;
  }
  return true;
}

/** The protocol's name lies in the qualifier's, with a length of its own. */
function objcProtocol(p: Parser, inside: number, end: number): number {
  p.at = inside;
  const begin = bareName(p);
  const last = p.at;
  if (last > end) malformed();
  p.at = end;
  return node(p.tree, OBJC_PROTOCOL, qualifiedType(p), begin, last);
}
