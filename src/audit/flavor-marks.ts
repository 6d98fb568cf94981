/** Owns whether the names of a flavor bear it, or only happen to end so, as `BIO_new` does in a flavor that is called `new`. */
import type { FlavorIndex } from "./definitions.js";

export type Unflavored = (symbol: string, flavor: string) => string;

/** Of an isolated flavor's names nearly all bear it; one in so many may happen to. */
const LEAST_SHARE = 20;

/**
 * The name without the flavor. Where most names of a flavor that end with it are defined by another flavor too, the ending is no
 * mark, nor where fewer than one name in twenty has it: then names of that flavor stay as they are.
 */
export function marksOf(flavors: readonly FlavorIndex[], unflavor: Unflavored): Unflavored {
  if (flavors.length < 2) return unflavor;
  const marked = new Set(flavors.filter((index) => isMarked(index, flavors, unflavor)).map(({ name }) => name));
  return (symbol, flavor) => (marked.has(flavor) ? unflavor(symbol, flavor) : symbol);
}

function isMarked(index: FlavorIndex, flavors: readonly FlavorIndex[], unflavor: Unflavored): boolean {
  const others = flavors.filter((other) => other !== index);
  let own = 0;
  for (const symbol of index.definitions.keys()) {
    if (unflavor(symbol, index.name) !== symbol) own += others.some(({ definitions }) => definitions.has(symbol)) ? -1 : 1;
  }
  return own > 0 && own * LEAST_SHARE >= index.definitions.size;
}
