/** Owns the second reading of a flavor: its objects again, in the order of its index. */
import type { ObjectFile } from "../../objects/model.js";
import { objectsOf } from "../../objects/open.js";
import type { FlavorIndex, IndexedObject } from "../definitions.js";

/** Each object once; the first has the number 0 in the index. */
export function objectsIn(index: FlavorIndex): Generator<ObjectFile> {
  return wantedIn(index, () => true);
}

/** Those with debug information. */
export function debugObjectsIn(index: FlavorIndex): Generator<ObjectFile> {
  return wantedIn(index, ({ debug }) => debug);
}

/** Those with these numbers in the index. */
export function numberedIn(index: FlavorIndex, numbers: ReadonlySet<number>): Generator<ObjectFile> {
  return wantedIn(index, (_object, number) => numbers.has(number));
}

function* wantedIn({ objects }: FlavorIndex, isWanted: (object: IndexedObject, number: number) => boolean): Generator<ObjectFile> {
  const files = new Map<string, Set<number>>();
  for (const [number, object] of objects.entries()) {
    if (!isWanted(object, number)) continue;
    const { place, ordinal } = object;
    files.set(place.file, (files.get(place.file) ?? new Set()).add(ordinal));
  }
  for (const [path, ordinals] of files) yield* objectsOf(path, (ordinal) => ordinals.has(ordinal));
}
