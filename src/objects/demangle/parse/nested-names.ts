/** Owns nested names: `N` [qualifiers] <component>* `E`. */
import { malformed } from "../failure.js";
import { MODULE, TEMPLATE, TEXT } from "../kinds.js";
import { kindOf, node } from "../tree.js";
import { isAhead, isNext, need, take, takePair } from "./cursor.js";
import { decltype } from "./decltype.js";
import { isSubstitution, STD } from "./names.js";
import type { NameTraits, Parser } from "./parser.js";
import { qualifiers } from "./qualifiers.js";
import { substitutable, substitution } from "./substitutions.js";
import { withArguments } from "./template-arguments.js";
import { templateParameter } from "./template-parameters.js";
import { unqualifiedName } from "./unqualified-names.js";

/** Reference qualifiers of member functions. */
export const LVALUE = 1;
export const RVALUE = 2;

export function nestedName(p: Parser, traits: NameTraits | undefined): number {
  need(p, "N");
  functionQualifiers(p, traits);
  let scope = 0;
  while (!take(p, "E")) {
    if (traits !== undefined) traits.endsInArguments = false;
    scope = component(p, scope, traits);
  }
  if (scope === 0 || p.substituted === 0) malformed();
  // The whole name is no component of itself, though its parts are.
  p.substituted--;
  return scope;
}

function functionQualifiers(p: Parser, traits: NameTraits | undefined): void {
  const object = take(p, "H");
  const cv = object ? 0 : qualifiers(p);
  const reference = object ? 0 : referenceQualifier(p);
  if (traits === undefined) return;
  if (object) traits.objectParameter = true;
  traits.qualifiers = cv;
  traits.reference = reference;
}

function referenceQualifier(p: Parser): number {
  if (take(p, "R")) return LVALUE;
  return take(p, "O") ? RVALUE : 0;
}

function component(p: Parser, scope: number, traits: NameTraits | undefined): number {
  if (isSubstitution(p) || isStd(p)) {
    const made = isStd(p) ? std(p) : substitution(p);
    if (kindOf(p.tree, made) !== MODULE) return scope === 0 ? made : malformed();
    return added(p, unqualifiedName(p, traits, scope, made));
  }
  return added(p, newComponent(p, scope, traits));
}

function isStd(p: Parser): boolean {
  return isNext(p, "S") && isAhead(p, 1, "t");
}

function std(p: Parser): number {
  takePair(p, "St");
  return node(p.tree, TEXT, STD);
}

function newComponent(p: Parser, scope: number, traits: NameTraits | undefined): number {
  if (isNext(p, "I")) {
    if (scope === 0 || kindOf(p.tree, scope) === TEMPLATE) malformed();
    const made = withArguments(p, scope, traits !== undefined);
    if (traits !== undefined) traits.endsInArguments = true;
    return made;
  }
  if (isNext(p, "T")) return scope === 0 ? templateParameter(p) : malformed();
  if (isNext(p, "D") && (isAhead(p, 1, "t") || isAhead(p, 1, "T"))) return scope === 0 ? decltype(p) : malformed();
  return unqualifiedName(p, traits, scope, 0);
}

/** `M` ended the scope of a closure in a member's initialiser, in names of old. */
function added(p: Parser, made: number): number {
  substitutable(p, made);
  take(p, "M");
  return made;
}
