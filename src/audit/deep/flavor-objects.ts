/** Owns the second reading of a flavor: its objects again, in the order of its index. */
import type { ObjectFile } from "../../objects/model.js";
import { objectsOf } from "../../objects/open.js";
import type { FlavorIndex } from "../definitions.js";

/** Each object once; the first has the number 0 in the index. */
export function* objectsIn({ objects }: FlavorIndex): Generator<ObjectFile> {
  for (const path of new Set(objects.map(({ place }) => place.file))) yield* objectsOf(path);
}
