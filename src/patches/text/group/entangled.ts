/** Owns circles among features: which of them can be reached from one another. */
import { byText } from "../../../support/order.js";

/** Per feature that is in a circle all features of it, by name. */
export function entangled(needs: ReadonlyMap<string, ReadonlySet<string>>): Map<string, string[]> {
  const reach = new Map([...needs.keys()].map((name) => [name, reached(needs, name)]));
  const circles = new Map<string, string[]>();
  for (const [name, targets] of reach) {
    const circle = [...targets].filter((other) => reach.get(other)?.has(name) === true);
    if (circle.length > 1) circles.set(name, circle.toSorted(byText));
  }
  return circles;
}

/** The feature itself and all that it needs, directly or not. */
function reached(needs: ReadonlyMap<string, ReadonlySet<string>>, start: string): Set<string> {
  const found = new Set([start]);
  for (const name of found) for (const next of needs.get(name) ?? []) found.add(next);
  return found;
}
