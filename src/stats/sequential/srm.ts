/** Owns the sample ratio mismatch: whether the arms have the sizes that were asked for, once and at every look. */
import { chiSquareUpper, logGamma } from "../distributions/gamma.js";

/** P-value of the chi-square test of the arms' sizes against the weights (any positive scale); valid for one look only. 1 without units. */
export function srmChiSquare(counts: readonly number[], weights: readonly number[]): number {
  if (isImpossible(counts, weights)) return 0;
  const shares = sharesOf(weights);
  const total = sumOf(counts);
  if (total === 0) return 1;
  const used = shares.filter((share) => share > 0).length;
  const distance = shares.reduce(
    (sum, share, arm) => sum + (share > 0 ? ((counts[arm] ?? 0) - total * share) ** 2 / (total * share) : 0),
    0,
  );
  return chiSquareUpper(distance, used - 1);
}

/** How widely the alternatives lie about the weights, as Dirichlet concentrations that share the bet equally. */
const CONCENTRATIONS: readonly number[] = [10_000, 100, 1];

/**
 * ln e-value against "the arms fill by these weights": the Dirichlet-multinomial mixture of Lindon and Malek (2022, "Anytime-valid
 * inference for multinomial count data", NeurIPS; the test of sample ratio mismatch of arXiv 2011.03567). It depends on the sums so far only,
 * may be looked at after every unit, and passes ln(1/α) with probability at most α, ever. One concentration of 10,000 is what the
 * authors' package and GrowthBook take; the wider ones beside it see gross mismatches after dozens of units.
 */
export function srmLogE(counts: readonly number[], weights: readonly number[], concentrations: readonly number[] = CONCENTRATIONS): number {
  if (isImpossible(counts, weights)) return Infinity;
  const shares = sharesOf(weights);
  const logs = concentrations.map((concentration) => dirichletLogE(counts, shares, concentration));
  const greatest = Math.max(...logs);
  return greatest + Math.log(sumOf(logs.map((each) => Math.exp(each - greatest))) / logs.length);
}

/** Over phases with different weights the evidence multiplies: each phase is a test of its own units. */
export function srmLogEOverPhases(phases: readonly { readonly counts: readonly number[]; readonly weights: readonly number[] }[]): number {
  return phases.reduce((sum, { counts, weights }) => sum + srmLogE(counts, weights), 0);
}

/** The p-value that belongs to the greatest ln e-value seen so far. */
export function pOfLogE(greatest: number): number {
  return Math.min(1, Math.exp(-greatest));
}

/** Units in an arm that nobody should be in. */
function isImpossible(counts: readonly number[], weights: readonly number[]): boolean {
  return counts.some((count, arm) => count > 0 && !((weights[arm] ?? 0) > 0));
}

function dirichletLogE(counts: readonly number[], shares: readonly number[], concentration: number): number {
  let log = logGamma(concentration) - logGamma(concentration + sumOf(counts));
  for (const [arm, share] of shares.entries()) {
    const [count, prior] = [counts[arm] ?? 0, concentration * share];
    if (count > 0) log += logGamma(prior + count) - logGamma(prior) - count * Math.log(share);
  }
  return log;
}

function sharesOf(weights: readonly number[]): number[] {
  const total = sumOf(weights);
  return weights.map((weight) => weight / total);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0);
}
