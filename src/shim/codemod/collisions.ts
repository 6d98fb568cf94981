/** Owns names of an application that would clash with the shim's. */
import type { CodemodPlace } from "../../model/shim-codemod.js";
import type { AppFacts } from "./app-facts.js";
import { lastOf, scopeOf, type ShimNames } from "./shim-names.js";

export interface Collision {
  readonly name: string;
  readonly reason: string;
  readonly places: readonly CodemodPlace[];
}

/**
 * A namespace of the application that has the shim's name, one of its own names that a renamed name of the library takes, and,
 * where the shim has no namespace, any of its own names that the shim declares.
 */
export function collisionsIn(facts: AppFacts, shim: ShimNames): Collision[] {
  const found: Collision[] = [];
  const root = shim.manifest.namespace.split("::")[0] as string;
  const opened = [...facts.opened.values()].flat().map(placeOf);
  if (opened.length > 0) found.push({ name: root, reason: "the application opens a namespace of the shim's name", places: opened });
  const self = facts.own.get(root) ?? [];
  if (self.length > 0)
    found.push({ name: root, reason: "the application has something of the shim's namespace's name", places: self.map(placeOf) });
  const directives = [...facts.files.values()].some(({ directives: list }) => list.length > 0);
  for (const { from, to } of shim.manifest.names) {
    const word = lastOf(to);
    const places = facts.own.get(word)?.filter(({ form }) => form === "definition" || form === "macro" || form === "redeclaration") ?? [];
    const isGlobal = scopeOf(to) === "";
    if (places.length === 0 || lastOf(from) === word || (!isGlobal && !directives)) continue;
    found.push({ name: word, reason: `the shim calls ${from} so`, places: places.map(placeOf) });
  }
  return found;
}

/** Words that collisions are looked for by. */
export function collidingWords({ manifest }: ShimNames): Set<string> {
  const renamed = manifest.names.filter(({ from, to }) => lastOf(from) !== lastOf(to)).map(({ to }) => lastOf(to));
  return new Set([manifest.namespace.split("::")[0] as string, ...renamed]);
}

function placeOf({ file, line }: CodemodPlace): CodemodPlace {
  return { file, line };
}
