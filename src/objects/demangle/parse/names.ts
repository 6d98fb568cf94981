/** Owns names: nested, local, or at namespace scope, with their template arguments. */
import { malformed } from "../failure.js";
import { MODULE, TEXT } from "../kinds.js";
import { kindOf, node } from "../tree.js";
import { text } from "../texts.js";
import { isNext, takePair } from "./cursor.js";
import { localName } from "./local-names.js";
import { nestedName } from "./nested-names.js";
import { type NameTraits, type Parser, enter } from "./parser.js";
import { substitutable, substitution } from "./substitutions.js";
import { withArguments } from "./template-arguments.js";
import { unqualifiedName } from "./unqualified-names.js";

export const STD = text("std");

/** A name that is no encoding's own. */
export function name(p: Parser): number {
  return encodedName(p, undefined);
}

/** The name of an encoding, whose traits are noted; without traits, any other. */
export function encodedName(p: Parser, traits: NameTraits | undefined): number {
  enter(p);
  let made: number;
  if (isNext(p, "N")) made = nestedName(p, traits);
  else if (isNext(p, "Z")) made = localName(p, traits);
  else made = namespaceName(p, traits);
  p.depth--;
  return made;
}

function namespaceName(p: Parser, traits: NameTraits | undefined): number {
  if (!isSubstitution(p)) return withOwnArguments(p, unscopedName(p, traits), traits);
  const scope = substitution(p);
  if (kindOf(p.tree, scope) === MODULE) return withOwnArguments(p, unqualifiedName(p, traits, 0, scope), traits);
  return withNameArguments(p, scope, traits);
}

/** A template's name is a component of its own, before its arguments. */
function withOwnArguments(p: Parser, made: number, traits: NameTraits | undefined): number {
  return isNext(p, "I") ? withNameArguments(p, substitutable(p, made), traits) : made;
}

function withNameArguments(p: Parser, template: number, traits: NameTraits | undefined): number {
  const whole = withArguments(p, template, traits !== undefined);
  if (traits !== undefined) traits.endsInArguments = true;
  return whole;
}

/** `S` that is not `St`. */
export function isSubstitution(p: Parser): boolean {
  return isNext(p, "S") && p.bytes[p.at + 1] !== 0x74;
}

/** A name at namespace scope or in `std`, with its module. */
export function unscopedName(p: Parser, traits: NameTraits | undefined): number {
  const scope = takePair(p, "St") ? node(p.tree, TEXT, STD) : 0;
  const module = scope !== 0 && isSubstitution(p) ? moduleOnly(p) : 0;
  return unqualifiedName(p, traits, scope, module);
}

function moduleOnly(p: Parser): number {
  const module = substitution(p);
  if (kindOf(p.tree, module) !== MODULE) malformed();
  return module;
}
