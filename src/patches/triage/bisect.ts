/** Owns the search for the first of many versions with which something fails, for many searches at once in shared rounds. */

/** Whether version `at` of search number `search` fails. */
export interface Probe {
  readonly search: number;
  readonly at: number;
}

/** Answers probes in the order given. */
export type Prober = (probes: readonly Probe[]) => Promise<boolean[]>;

export interface FirstFailure {
  /** The first version that fails; null where even the first fails, or the last does not. */
  readonly at: number | null;
  /** Where bisecting came upon a later one, since it passed once more in between: that later one. */
  readonly again: number | null;
  /** Whether every version before it was looked at, or only those that bisecting asks for. */
  readonly scanned: boolean;
  readonly why: "found" | "fails-before" | "passes" | "no-versions";
}

/** Up to so many probes beyond those of bisecting, every version before the one that it found is looked at. */
const MOST_SCANNED = 4000;

/**
 * `lengths`: how many versions each search has; version 0 is the state before the first. Bisecting takes for granted that what
 * failed once fails for good; so the versions that it left out are looked at, too, all in one round, as long as they are few.
 */
export async function firstFailures(prober: Prober, lengths: readonly number[], mostScanned = MOST_SCANNED): Promise<FirstFailure[]> {
  const known = lengths.map(() => new Map<number, boolean>());
  async function ask(probes: readonly Probe[]): Promise<void> {
    const fresh = probes.filter(({ search, at }) => known[search]?.has(at) === false);
    const answers = fresh.length === 0 ? [] : await prober(fresh);
    for (const [index, { search, at }] of fresh.entries()) known[search]?.set(at, answers[index] ?? false);
  }
  const fails = (search: number, at: number) => known[search]?.get(at) === true;
  await ask(lengths.flatMap((length, search) => (length < 2 ? [] : [0, length - 1].map((at) => ({ search, at })))));
  let open = lengths.flatMap((length, search) =>
    length > 1 && !fails(search, 0) && fails(search, length - 1) ? [{ search, low: 0, high: length - 1 }] : [],
  );
  const ends = new Map<number, number>();
  while (open.length > 0) {
    const halves = open.map(({ search, low, high }) => ({ search, low, high, at: (low + high) >> 1 }));
    for (const { search, low, high } of halves) if (high - low === 1) ends.set(search, high);
    const going = halves.filter(({ low, high }) => high - low > 1);
    await ask(going);
    open = going.map(({ search, low, high, at }) => (fails(search, at) ? { search, low, high: at } : { search, low: at, high }));
  }
  const rest = [...ends].flatMap(([search, end]) =>
    Array.from({ length: end }, (_, at) => ({ search, at })).filter(({ at }) => known[search]?.has(at) === false),
  );
  const scanned = rest.length <= mostScanned;
  if (scanned) await ask(rest);
  return lengths.map((length, search) => {
    const end = ends.get(search);
    if (length < 2) return { at: null, again: null, scanned: true, why: "no-versions" };
    if (end === undefined) return { at: null, again: null, scanned: true, why: fails(search, 0) ? "fails-before" : "passes" };
    const first = Array.from({ length: end }, (_, at) => at).find((at) => fails(search, at)) ?? end;
    return { at: first, again: first === end ? null : end, scanned, why: "found" };
  });
}
