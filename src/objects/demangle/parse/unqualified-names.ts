/** Owns names without their scope: identifiers, operators, constructors, unnamed types, structured bindings. */
import { malformed } from "../failure.js";
import { BINDINGS, FRIEND, MODULE_ENTITY, NESTED } from "../kinds.js";
import { node } from "../tree.js";
import { constructorOrDestructor } from "./constructors.js";
import { isNext, take, takePair } from "./cursor.js";
import { operatorName } from "./operator-names.js";
import { type NameTraits, type Parser, popList, push } from "./parser.js";
import { abiTags, isSourceName, moduleName, sourceName } from "./source-names.js";
import { unnamedType } from "./unnamed-types.js";

/** The name in `scope` (0: none), attached to `module` (0: none). */
export function unqualifiedName(p: Parser, traits: NameTraits | undefined, scope: number, module: number): number {
  const owner = moduleName(p, module);
  const isFriend = scope !== 0 && take(p, "F");
  take(p, "L");
  const bare = bareEntity(p, traits, scope, owner);
  const made = abiTags(p, owner === 0 ? bare : node(p.tree, MODULE_ENTITY, owner, bare));
  if (isFriend) return node(p.tree, FRIEND, scope, made);
  return scope === 0 ? made : node(p.tree, NESTED, scope, made);
}

function bareEntity(p: Parser, traits: NameTraits | undefined, scope: number, module: number): number {
  if (isSourceName(p)) return sourceName(p);
  if (isNext(p, "U")) return unnamedType(p, traits !== undefined);
  if (takePair(p, "DC")) return structuredBinding(p);
  if (!isNext(p, "C") && !isNext(p, "D")) return operatorName(p, traits);
  if (scope === 0 || module !== 0) malformed();
  return constructorOrDestructor(p, traits, scope);
}

function structuredBinding(p: Parser): number {
  const begin = p.stacked;
  do push(p, sourceName(p));
  while (!take(p, "E"));
  return node(p.tree, BINDINGS, popList(p, begin));
}
