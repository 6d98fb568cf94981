/** Owns template arguments: `I` <argument>* [`Q` <constraint>] `E`. The constraint tells overloads apart; it is not shown. */
import { ANGLED, PACK, PACK_ARGUMENTS, QUALIFIED_ARGUMENT, TEMPLATE } from "../kinds.js";
import { DEPENDS, kindOf, lengthOf, itemOf, shapeOf, node, operand } from "../tree.js";
import { need, isAhead, isNext, take } from "./cursor.js";
import { constraint } from "./constraints.js";
import { encoding } from "./encoding.js";
import { expression } from "./expressions.js";
import { literal } from "./literals.js";
import { type Parser, enter, popList, push } from "./parser.js";
import { isParameterDeclaration, parameterDeclaration } from "./parameter-declarations.js";
import { type } from "./types.js";

/** The name with the arguments that follow it. With `own` they are what `T_` means from here on. */
export function withArguments(p: Parser, name: number, own: boolean): number {
  const parameters: number[] | undefined = own ? [] : undefined;
  if (parameters !== undefined) p.levels = [parameters];
  return node(p.tree, TEMPLATE, name, readArguments(p, parameters));
}

/** A node of arguments alone. */
export function templateArguments(p: Parser): number {
  return readArguments(p, undefined);
}

function readArguments(p: Parser, parameters: number[] | undefined): number {
  need(p, "I");
  const begin = p.stacked;
  const { argumentsAllowed } = p;
  p.argumentsAllowed = true;
  while (!take(p, "E")) {
    const argument = templateArgument(p);
    push(p, argument);
    parameters?.push(parameterFor(p, argument));
    if (take(p, "Q")) {
      constraint(p);
      need(p, "E");
      break;
    }
  }
  p.argumentsAllowed = argumentsAllowed;
  return node(p.tree, ANGLED, popList(p, begin));
}

/** What a template parameter stands for: the argument without what it was declared as, or a pack. */
function parameterFor(p: Parser, argument: number): number {
  const bare = kindOf(p.tree, argument) === QUALIFIED_ARGUMENT ? operand(p.tree, argument, 2) : argument;
  if (kindOf(p.tree, bare) !== PACK_ARGUMENTS) return bare;
  return pack(p, operand(p.tree, bare, 1));
}

function pack(p: Parser, items: number): number {
  let shape = 0;
  for (let index = 0; index < lengthOf(p.tree, items); index++) shape |= shapeOf(p.tree, itemOf(p.tree, items, index));
  return node(p.tree, PACK | (shape === 0 ? 0 : DEPENDS), items);
}

export function templateArgument(p: Parser): number {
  enter(p);
  const made = anyArgument(p);
  p.depth--;
  return made;
}

function anyArgument(p: Parser): number {
  switch (p.bytes[p.at]) {
    case 0x58: // X
      p.at++;
      return closed(p, expression(p));
    case 0x4a: // J
    case 0x49: // I, as GCC of old wrote packs
      p.at++;
      return packArguments(p);
    case 0x4c: // L
      if (!isAhead(p, 1, "Z")) return literal(p);
      p.at += 2;
      return closed(p, encoding(p));
    case 0x54: // T
      return isParameterDeclaration(p) ? declaredArgument(p) : type(p);
    default:
      return type(p);
  }
}

function closed(p: Parser, made: number): number {
  need(p, "E");
  return made;
}

function packArguments(p: Parser): number {
  const begin = p.stacked;
  while (!take(p, "E")) push(p, templateArgument(p));
  return node(p.tree, PACK_ARGUMENTS, popList(p, begin));
}

/** An argument whose parameter has to be told, as its type does not follow from the template's name. */
function declaredArgument(p: Parser): number {
  const declaration = parameterDeclaration(p, undefined);
  return node(p.tree, QUALIFIED_ARGUMENT, declaration, templateArgument(p));
}

/** Arguments behind a name that is no one's own: those of types and of names in expressions. */
export function withOptionalArguments(p: Parser, name: number): number {
  return isNext(p, "I") ? withArguments(p, name, false) : name;
}
