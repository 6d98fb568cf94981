/** Owns function types: [qualifiers] [exception specification] `F` [`Y`] <types> [`R` or `O`] `E`. */
import { ENCLOSED, FUNCTION, TEXT, THROW_SPECIFICATION } from "../kinds.js";
import { HAS_RIGHT, IS_FUNCTION, node, wideNode } from "../tree.js";
import { text } from "../texts.js";
import { need, peek, take, takePair } from "./cursor.js";
import { expression } from "./expressions.js";
import { LVALUE, RVALUE } from "./nested-names.js";
import { type Parser, popList, push } from "./parser.js";
import { qualifiers } from "./qualifiers.js";
import { type } from "./types.js";

const NOEXCEPT = text("noexcept");
const OF_SPECIFICATION = "oOwx";

/** Whether qualifiers are those of a function type. */
export function isFunctionType(p: Parser): boolean {
  let ahead = 0;
  for (const letter of "rVK") if (peek(p, ahead) === letter.charCodeAt(0)) ahead++;
  const code = peek(p, ahead);
  return code === 0x46 /* F */ || (code === 0x44 /* D */ && OF_SPECIFICATION.includes(String.fromCharCode(peek(p, ahead + 1))));
}

export function functionType(p: Parser): number {
  const cv = qualifiers(p);
  const specification = exceptions(p);
  takePair(p, "Dx");
  need(p, "F");
  take(p, "Y");
  const result = type(p);
  const begin = p.stacked;
  const reference = parameters(p);
  return wideNode(p.tree, FUNCTION | HAS_RIGHT | IS_FUNCTION, [result, popList(p, begin), cv, reference, specification]);
}

/** Pushes the parameters' types; gives the reference qualifier. */
function parameters(p: Parser): number {
  for (;;) {
    if (take(p, "E")) return 0;
    if (takePair(p, "RE")) return LVALUE;
    if (takePair(p, "OE")) return RVALUE;
    if (!take(p, "v")) push(p, type(p));
  }
}

function exceptions(p: Parser): number {
  if (takePair(p, "Do")) return node(p.tree, TEXT, NOEXCEPT);
  if (takePair(p, "DO")) {
    const condition = expression(p);
    need(p, "E");
    return node(p.tree, ENCLOSED, NOEXCEPT, condition);
  }
  return takePair(p, "Dw") ? thrown(p) : 0;
}

function thrown(p: Parser): number {
  const begin = p.stacked;
  while (!take(p, "E")) push(p, type(p));
  return node(p.tree, THROW_SPECIFICATION, popList(p, begin));
}
