/** Owns telling work that moved from work that came in: what rose here, and fell elsewhere by about as much. */

/** A figure before and after the change in question, in the unit of all others. */
export interface Moved {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

export interface CostShift {
  /** What fell, most first, as far as it takes to make up for the rise. */
  readonly from: readonly Moved[];
  /** How much of the rise they make up for: 1 is all of it. */
  readonly share: number;
}

/** Of a rise, so much must be made up for elsewhere before it is a shift. */
const LEAST_SHARE = 0.8;
/** What fell by less than this part of the rise is noise, not where the work came from. */
const LEAST_PART = 0.1;

/**
 * A shift when the sum of all changes elsewhere makes up for the change, give or take a fifth: figures that fell count against it, those
 * that rose count for it. Undefined for a regression: nothing made up for it.
 */
export function costShift(change: number, others: readonly Moved[]): CostShift | undefined {
  const sum = others.reduce((all, { before, after }) => all + after - before, 0);
  const share = -sum / change;
  if (!(share >= LEAST_SHARE)) return undefined;
  const against = ({ before, after }: Moved): number => (before - after) / change;
  const from = others.filter((each) => against(each) >= LEAST_PART).toSorted((a, b) => against(b) - against(a));
  return from.length === 0 ? undefined : { from, share };
}
