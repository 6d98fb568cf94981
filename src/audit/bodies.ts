/** Owns the sets of bodies: which different bodies each flavor has of a name. */
import { bodyDigest, bodyReader } from "../objects/body.js";
import { objectsOf } from "../objects/open.js";
import type { Definition, FlavorIndex } from "./definitions.js";

/** Digests of the different bodies by name. */
export type BodySets = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads again those objects of a flavor that define one of the names, and digests these definitions. */
export function bodySets(index: FlavorIndex, names: readonly string[]): BodySets {
  const wanted = definitionsByObject(index, names);
  const sets = new Map<string, Set<string>>();
  for (const [path, ordinals] of objectsByFile(index, wanted)) {
    const numbers = ordinals.values();
    for (const object of objectsOf(path, (ordinal) => ordinals.has(ordinal))) {
      const reader = bodyReader(object);
      for (const [name, definition] of wanted.get(numbers.next().value ?? -1) ?? []) {
        const set = sets.get(name) ?? new Set();
        sets.set(name, set.add(bodyDigest(reader, definition.symbol)));
      }
    }
  }
  return sets;
}

type Wanted = Map<number, [string, Definition][]>;

function definitionsByObject(index: FlavorIndex, names: readonly string[]): Wanted {
  const wanted: Wanted = new Map();
  for (const name of names) {
    for (const definition of index.definitions.get(name) ?? []) {
      const list = wanted.get(definition.object) ?? [];
      list.push([name, definition]);
      wanted.set(definition.object, list);
    }
  }
  return wanted;
}

/** Per file the ordinals of the wanted objects, in order, with their numbers in the flavor. */
function objectsByFile(index: FlavorIndex, wanted: Wanted): Map<string, Map<number, number>> {
  const files = new Map<string, Map<number, number>>();
  for (const [number, { place, ordinal }] of index.objects.entries()) {
    if (!wanted.has(number)) continue;
    const ordinals = files.get(place.file) ?? new Map<number, number>();
    files.set(place.file, ordinals.set(ordinal, number));
  }
  return files;
}

/** Whether two or more flavors define the name and some two of them have no body in common. */
export function bodiesDiffer(sets: readonly BodySets[], name: string): boolean {
  const defined = sets.flatMap((flavor) => flavor.get(name) ?? []);
  return defined.some((one, index) => defined.slice(index + 1).some((other) => isDisjoint(one, other)));
}

function isDisjoint(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].every((body) => !other.has(body));
}
