/** Owns types: each letter has its reader here or beside; what is not builtin and not a substitution becomes one. */
import { MEMBER_POINTER, MODULE, POINTER, POSTFIXED_TYPE, REFERENCE, TEXT, TRANSFORMED } from "../kinds.js";
import { DEPENDS, HAS_RIGHT, kindOf, node, shapeOf } from "../tree.js";
import { text } from "../texts.js";
import { arrayType } from "./array-types.js";
import { builtinAt } from "./builtin-types.js";
import { classType } from "./class-types.js";
import { isAhead, isNext, need, peek, take } from "./cursor.js";
import { typeAfterD } from "./d-types.js";
import { functionType, isFunctionType } from "./function-types.js";
import { isSubstitution } from "./names.js";
import { LVALUE, RVALUE } from "./nested-names.js";
import { type Parser, enter } from "./parser.js";
import { qualifiedType } from "./qualified-types.js";
import { sourceName } from "./source-names.js";
import { substitutable, substitution } from "./substitutions.js";
import { withArguments } from "./template-arguments.js";
import { templateParameter } from "./template-parameters.js";
import { unqualifiedName } from "./unqualified-names.js";

const COMPLEX = text(" complex");
const IMAGINARY = text(" imaginary");

/** Reads a type and makes it a component for later, where the grammar says so. */
export function type(p: Parser): number {
  const code = peek(p, 0);
  const builtin = builtinAt(code);
  if (builtin !== undefined) {
    p.at++;
    return node(p.tree, TEXT, builtin);
  }
  enter(p);
  const made = (READERS[code] ?? namedType)(p);
  p.depth--;
  return made;
}

type Read = (p: Parser) => number;

const READERS: Read[] = [];

function define(letters: string, read: Read): void {
  for (const letter of letters) READERS[letter.charCodeAt(0)] = read;
}

define("rVK", (p) => substitutable(p, isFunctionType(p) ? functionType(p) : qualifiedType(p)));
define("U", (p) => substitutable(p, qualifiedType(p)));
define("F", (p) => substitutable(p, functionType(p)));
define("A", (p) => substitutable(p, arrayType(p)));
define("M", (p) => substitutable(p, memberPointer(p)));
define("P", (p) => substitutable(p, pointer(p)));
define("R", (p) => reference(p, LVALUE));
define("O", (p) => reference(p, RVALUE));
define("C", (p) => postfixed(p, COMPLEX));
define("G", (p) => postfixed(p, IMAGINARY));
define("T", parameterType);
define("S", substitutedType);
define("D", typeAfterD);
define("u", vendorType);

function namedType(p: Parser): number {
  return substitutable(p, classType(p));
}

/** What of its pointee's shape a pointer has: a right part. */
function rightOf(p: Parser, pointee: number): number {
  return shapeOf(p.tree, pointee) & (HAS_RIGHT | DEPENDS);
}

function pointer(p: Parser): number {
  p.at++;
  const pointee = type(p);
  return node(p.tree, POINTER | rightOf(p, pointee), pointee);
}

function reference(p: Parser, kind: number): number {
  p.at++;
  const referent = type(p);
  return substitutable(p, node(p.tree, REFERENCE | rightOf(p, referent), referent, kind));
}

function memberPointer(p: Parser): number {
  p.at++;
  const owner = type(p);
  const member = type(p);
  return node(p.tree, MEMBER_POINTER | rightOf(p, member), owner, member);
}

function postfixed(p: Parser, suffix: number): number {
  p.at++;
  return substitutable(p, node(p.tree, POSTFIXED_TYPE, type(p), suffix));
}

/** A template parameter, with arguments when it is a template; `Ts`, `Tu`, `Te` name the kind of a class instead. */
function parameterType(p: Parser): number {
  if (isAhead(p, 1, "s") || isAhead(p, 1, "u") || isAhead(p, 1, "e")) return namedType(p);
  const parameter = substitutable(p, templateParameter(p));
  if (!p.argumentsAllowed || !isNext(p, "I")) return parameter;
  return substitutable(p, withArguments(p, parameter, false));
}

function substitutedType(p: Parser): number {
  if (!isSubstitution(p)) return namedType(p);
  const found = substitution(p);
  if (kindOf(p.tree, found) === MODULE) return inModule(p, found);
  if (!isNext(p, "I") || !p.argumentsAllowed) return found;
  return substitutable(p, withArguments(p, found, false));
}

function inModule(p: Parser, module: number): number {
  const made = substitutable(p, unqualifiedName(p, undefined, 0, module));
  return isNext(p, "I") ? substitutable(p, withArguments(p, made, false)) : made;
}

/** `u<name>`, or a builtin trait over a type: `u<name>I<type>E`. */
function vendorType(p: Parser): number {
  p.at++;
  const made = sourceName(p);
  if (!take(p, "I")) return substitutable(p, made);
  const inner = type(p);
  need(p, "E");
  return substitutable(p, node(p.tree, TRANSFORMED, made, inner));
}
