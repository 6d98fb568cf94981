/** Owns the places of findings: which objects of a flavor define a name, or are meant by their number. */
import type { Finding } from "../model/audit.js";
import type { FlavorIndex } from "./definitions.js";

type FindingPlace = Finding["flavors"][number];

/** An object of a flavor, by its number. */
export function placeOf(index: FlavorIndex, object: number): FindingPlace[] {
  const place = index.objects[object]?.place;
  return place === undefined ? [] : [{ flavor: index.name, file: place.file, member: place.member }];
}

/** Every object that defines the name, each once. */
export function definingPlaces(index: FlavorIndex, symbol: string): FindingPlace[] {
  const objects = new Set((index.definitions.get(symbol) ?? []).map((definition) => definition.object));
  return [...objects].flatMap((object) => placeOf(index, object));
}

/** `legacy a.o`, for a sentence. */
export function placeWords({ flavor, file, member }: FindingPlace): string {
  return `${flavor} ${member ?? file}`;
}
