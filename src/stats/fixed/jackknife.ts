/** Owns the delete-a-group jackknife: the error of any figure, without a formula for it. */

/**
 * Standard error of a figure from its values with one group of units left out each (Kott 2001, "The delete-a-group jackknife", Journal of
 * Official Statistics 17; Uber's for days that depend on each other). Units are dealt into groups by hash, so that all days of a unit lie in
 * one; 20 groups or more.
 *
 * @param figure the figure over all units
 * @param without the figure with group g left out, for each g
 */
export function jackknifeError(figure: number, without: readonly number[]): number {
  const groups = without.length;
  const squares = without.reduce((sum, each) => sum + (each - figure) ** 2, 0);
  return Math.sqrt((squares * (groups - 1)) / groups);
}
