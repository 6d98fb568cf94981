/** Owns encodings: a name with the types of its parameters, or a special name. */
import { ENCODING, OBJECT_PARAMETER } from "../kinds.js";
import { EMPTY, HAS_RIGHT, IS_FUNCTION, node, wideNode } from "../tree.js";
import { constraint } from "./constraints.js";
import { isNext, peek, take, takeText } from "./cursor.js";
import { encodedName } from "./names.js";
import { type NameTraits, type Parser, enter, popList, push } from "./parser.js";
import { specialName } from "./special-names.js";
import { templateArgument } from "./template-arguments.js";
import { resolveForwards } from "./template-parameters.js";
import { type } from "./types.js";

export function encoding(p: Parser): number {
  enter(p);
  const levels = p.levels;
  p.levels = [];
  const made = isNext(p, "G") || isNext(p, "T") ? specialName(p) : declaration(p);
  p.levels = levels;
  p.depth--;
  return made;
}

function declaration(p: Parser): number {
  const traits: NameTraits = {
    unreturning: false,
    endsInArguments: false,
    qualifiers: 0,
    reference: 0,
    objectParameter: false,
    firstForward: p.forwards.length,
  };
  const name = encodedName(p, traits);
  resolveForwards(p, traits.firstForward);
  return atEnd(p) ? name : functionEncoding(p, name, traits);
}

/** None of these begins a type. */
function atEnd(p: Parser): boolean {
  const code = peek(p, 0);
  return p.at >= p.end || code === 0x45 /* E */ || code === 0x2e /* . */ || code === 0x5f; /* _ */
}

function functionEncoding(p: Parser, name: number, traits: NameTraits): number {
  const conditions = takeText(p, "Ua9enable_ifI") ? enableIf(p) : 0;
  const result = traits.endsInArguments && !traits.unreturning ? type(p) : 0;
  const parameters = take(p, "v") ? EMPTY : parameterTypes(p, traits.objectParameter);
  const required = take(p, "Q") ? constraint(p) : 0;
  const operands = [result, name, parameters, conditions, required, traits.qualifiers, traits.reference];
  return wideNode(p.tree, ENCODING | HAS_RIGHT | IS_FUNCTION, operands);
}

function parameterTypes(p: Parser, objectFirst: boolean): number {
  const begin = p.stacked;
  const first = type(p);
  push(p, objectFirst ? node(p.tree, OBJECT_PARAMETER, first) : first);
  while (!atEnd(p) && !isNext(p, "Q")) push(p, type(p));
  return popList(p, begin);
}

function enableIf(p: Parser): number {
  const begin = p.stacked;
  while (!take(p, "E")) push(p, templateArgument(p));
  return popList(p, begin);
}
