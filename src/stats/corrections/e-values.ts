/** Owns corrections of e-values for many tests, whatever they depend on. All e-values are natural logarithms. */

/**
 * The e-BH procedure (Wang and Ramdas 2022, "False discovery rate control with e-values", JRSS-B 84): which tests are found, so that at
 * most a share alpha of them is expected to be false, under any dependence and at any look.
 */
export function eBenjaminiHochberg(logE: readonly number[], alpha: number): boolean[] {
  const order = logE.map((_, index) => index).toSorted((a, b) => (logE[b] ?? 0) - (logE[a] ?? 0));
  let found = 0;
  for (const [rank, index] of order.entries()) {
    if ((logE[index] ?? 0) >= Math.log(logE.length / (alpha * (rank + 1)))) found = rank + 1;
  }
  const chosen = new Set(order.slice(0, found));
  return logE.map((_, index) => chosen.has(index));
}

/**
 * Holm's correction for e-values with weights that add up to at most 1: adjusted e-values, of which those that reach 1/alpha are found, with
 * at most a chance alpha that even one of them is false (Holm 1979 with 1/e as p-values). A test that is found leaves its weight to the others.
 */
export function eHolm(logE: readonly number[], weights: readonly number[]): number[] {
  const order = logE.map((_, index) => index).toSorted((a, b) => score(b) - score(a));
  function score(index: number): number {
    return (logE[index] ?? 0) + Math.log(weights[index] ?? 0);
  }
  const adjusted = Array.from<number>({ length: logE.length }).fill(0);
  let left = weights.reduce((sum, each) => sum + each, 0);
  let least = Infinity;
  for (const index of order) {
    least = Math.min(least, score(index) - Math.log(left));
    adjusted[index] = least;
    left -= weights[index] ?? 0;
  }
  return adjusted;
}

/** ln of the mean of e-values, itself an e-value under any dependence (Vovk and Wang 2021): evidence that at least one null is false. */
export function meanLogE(logE: readonly number[]): number {
  const greatest = Math.max(...logE);
  if (!Number.isFinite(greatest)) return greatest;
  return greatest + Math.log(logE.reduce((sum, each) => sum + Math.exp(each - greatest), 0) / logE.length);
}
