/** Owns delta debugging over features: the fewest that still show a difference, each with all that it builds on. */
export interface Dependent {
  readonly name: string;
  readonly dependsOn: readonly string[];
}

/** The named ones and all that they build on, in the order of `all`. */
export function closedOver<T extends Dependent>(names: readonly string[], all: readonly T[]): T[] {
  const wanted = new Set(names);
  for (const feature of all.toReversed()) if (wanted.has(feature.name)) for (const name of feature.dependsOn) wanted.add(name);
  return all.filter(({ name }) => wanted.has(name));
}

/** All but the named one and those that build on it. */
export function without<T extends Dependent>(name: string, all: readonly T[]): T[] {
  const gone = new Set([name]);
  for (const feature of all) if (feature.dependsOn.some((other) => gone.has(other))) gone.add(feature.name);
  return all.filter((feature) => !gone.has(feature.name));
}

/**
 * The smallest set that `shows` the difference, found by leaving out halves, then quarters, … (ddmin, Zeller and Hildebrandt 2002).
 * Undefined answers (it does not build) count as no. `all` is in an order in which what one builds on comes before it, and shows it.
 */
export async function smallestSet<T extends Dependent>(
  all: readonly T[],
  shows: (set: readonly T[]) => Promise<boolean | undefined>,
): Promise<T[]> {
  let set = [...all];
  for (let pieces = 2; set.length >= 2;) {
    const size = Math.ceil(set.length / pieces);
    const smaller = await firstShowing(complements(set, size), set.length, shows);
    if (smaller !== undefined) {
      set = smaller;
      pieces = Math.max(2, pieces - 1);
    } else if (pieces >= set.length) break;
    else pieces = Math.min(set.length, 2 * pieces);
  }
  return set;
}

async function firstShowing<T>(
  sets: readonly T[][],
  below: number,
  shows: (set: readonly T[]) => Promise<boolean | undefined>,
): Promise<T[] | undefined> {
  for (const set of sets) if (set.length > 0 && set.length < below && (await shows(set)) === true) return set;
  return undefined;
}

/** Each piece left out, with what builds on it; for two pieces these are the halves. */
function complements<T extends Dependent>(set: readonly T[], size: number): T[][] {
  const pieces = Array.from({ length: Math.ceil(set.length / size) }, (_, index) => set.slice(index * size, (index + 1) * size));
  return pieces.map((piece) => piece.reduce<T[]>((rest, { name }) => without(name, rest), [...set]));
}
