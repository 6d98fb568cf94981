/** Owns what a class that is left takes with it: its public members, which are left, too. */
import type { ApiClass, ApiSnapshot } from "../../model/api-snapshot.js";
import { placesOf } from "../plan/context.js";
import type { Left, ShimPlan } from "../plan/model.js";

/** So that one class of fifty functions does not count as one item. */
export function leftMembers({ left }: Pick<ShimPlan, "left">, snapshots: readonly [ApiSnapshot, ApiSnapshot]): Left[] {
  return left
    .filter(({ kind }) => kind === "class")
    .flatMap((one) => {
      const sides = snapshots.map((snapshot, side) => classAt(snapshot, one.places[side as 0 | 1]));
      const model = sides[1] ?? sides[0];
      return model === undefined ? [] : membersOf(one, model, sides[1] === undefined ? 0 : 1);
    });
}

function classAt({ declarations }: ApiSnapshot, place: string | null): ApiClass | undefined {
  if (place === null) return undefined;
  return declarations.find(
    (one): one is ApiClass => one.kind === "class" && one.specialization === null && `${one.place.file}:${one.place.line}` === place,
  );
}

function membersOf({ name }: Left, { fields, methods }: ApiClass, side: 0 | 1): Left[] {
  const reason = `its class ${name} is not in the shim`;
  const at = (place: ApiClass["place"]): Left["places"] =>
    placesOf(side === 0 ? { legacy: { place }, latest: null } : { legacy: null, latest: { place } });
  return [
    ...fields
      .filter(({ access }) => access === "public")
      .map((one): Left => ({ kind: "field", name: `${name}::${one.name}`, reason, places: at(one.place) })),
    ...methods
      .filter(({ access, deleted, role }) => access === "public" && !deleted && role !== "destructor")
      .map((one): Left => ({
        kind: one.role === "constructor" ? "constructor" : "method",
        name: `${name}::${one.name}`,
        reason,
        places: at(one.place),
      })),
  ];
}
