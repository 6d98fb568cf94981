/** Owns how widely numbers lie about: as a standard deviation, robustly, and whether each looks like the one before. */

/** Standard deviation of the sample; 0 for fewer than two numbers. */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (values.length - 1));
}

/** For normal numbers the median distance from the median, times this, is the standard deviation: 1 / Φ⁻¹(3/4). */
const NORMAL = 1.4826;

/** The standard deviation that the middle half of the numbers speaks for: a few wild ones do not move it. 0 when most are equal. */
export function robustScatter(values: readonly number[]): number {
  const middle = medianOf(values);
  return NORMAL * medianOf(values.map((each) => Math.abs(each - middle)));
}

/** Correlation of each number with the next, −1 to 1; 0 where nothing scatters or there are fewer than three. */
export function lagOne(values: readonly number[]): number {
  if (values.length < 3) return 0;
  const mean = meanOf(values);
  const own = values.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const next = values.slice(1).reduce((sum, each, index) => sum + (each - mean) * ((values[index] ?? mean) - mean), 0);
  return own === 0 ? 0 : next / own;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low = 0, high = low] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low + (high - low) / 2;
}
