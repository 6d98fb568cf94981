/** Owns winsorising: values beyond a percentile are cut to it, so that a few wild units do not decide. */

/** Caps of a metric's values; a side without a cap is left as it is. */
export interface Caps {
  readonly low?: number;
  readonly high?: number;
}

/**
 * The caps at these quantiles of both arms' values together: caps of their own would hide a difference. `sorted` holds the pooled
 * values in growing order; with `ignoreZeros` the quantiles are those of the values that are not 0 (GrowthBook's rule for metrics that
 * most units do not have).
 */
export function capsOf(
  sorted: readonly number[] | Float64Array,
  { low, high }: { readonly low?: number; readonly high?: number },
  ignoreZeros = false,
): Caps {
  const values = ignoreZeros ? sorted.filter((value) => value !== 0) : sorted;
  function at(q: number): number {
    return values[Math.max(0, Math.ceil(q * values.length) - 1)] ?? 0;
  }
  return { ...(low === undefined ? {} : { low: at(low) }), ...(high === undefined ? {} : { high: at(high) }) };
}

/** The value within the caps. */
export function winsorize(value: number, { low = -Infinity, high = Infinity }: Caps): number {
  return Math.min(high, Math.max(low, value));
}
