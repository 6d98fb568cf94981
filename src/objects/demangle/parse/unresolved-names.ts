/** Owns names in expressions whose meaning depends on a template's arguments: `sr`, `dn`, `on` and plain ones. */
import { malformed } from "../failure.js";
import { DESTRUCTOR_CALL, GLOBAL, NESTED } from "../kinds.js";
import { node } from "../tree.js";
import { isDigit, isNext, take, takePair, takeText } from "./cursor.js";
import { decltype } from "./decltype.js";
import { isSubstitution } from "./names.js";
import { operatorName } from "./operator-names.js";
import type { Parser } from "./parser.js";
import { sourceName } from "./source-names.js";
import { substitutable, substitution } from "./substitutions.js";
import { withOptionalArguments } from "./template-arguments.js";
import { templateParameter } from "./template-parameters.js";
import { type } from "./types.js";

/** With `global`, a `gs` was read: the name is looked up from the outermost scope. */
export function unresolvedName(p: Parser, global: boolean): number {
  if (takeText(p, "srN")) return inDependentScope(p);
  if (!takePair(p, "sr")) return atGlobal(p, baseName(p), global);
  const scope = isDigit(p.bytes[p.at]) ? namedScopes(p, global) : withOptionalArguments(p, unresolvedType(p));
  return node(p.tree, NESTED, scope, baseName(p));
}

function atGlobal(p: Parser, name: number, global: boolean): number {
  return global ? node(p.tree, GLOBAL, name) : name;
}

function inDependentScope(p: Parser): number {
  let scope = withOptionalArguments(p, unresolvedType(p));
  while (!take(p, "E")) scope = node(p.tree, NESTED, scope, simpleName(p));
  return node(p.tree, NESTED, scope, baseName(p));
}

function namedScopes(p: Parser, global: boolean): number {
  let scope = atGlobal(p, simpleName(p), global);
  while (!take(p, "E")) scope = node(p.tree, NESTED, scope, simpleName(p));
  return scope;
}

/** GCC of old wrote whole types where the grammar has only parameters, `decltype` and substitutions. */
function unresolvedType(p: Parser): number {
  if (isNext(p, "T")) return substitutable(p, templateParameter(p));
  if (isNext(p, "D")) return substitutable(p, decltype(p));
  return isSubstitution(p) ? substitution(p) : type(p);
}

function simpleName(p: Parser): number {
  return withOptionalArguments(p, sourceName(p));
}

function baseName(p: Parser): number {
  if (isDigit(p.bytes[p.at])) return simpleName(p);
  if (takePair(p, "dn")) return node(p.tree, DESTRUCTOR_CALL, isDigit(p.bytes[p.at]) ? simpleName(p) : unresolvedType(p));
  if (p.at >= p.end) malformed();
  takePair(p, "on");
  return withOptionalArguments(p, operatorName(p, undefined));
}
