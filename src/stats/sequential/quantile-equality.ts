/** Owns the two-sided test at any look that a quantile is the same in two arms. */
import { lowestPoint } from "../distributions/lowest-point.js";
import { firstWhere } from "../distributions/root.js";
import { betaBinomialMixture } from "./beta-binomial-mixture.js";
import { type Bin, type Distribution, countAtMost, countLess, distributionOf, valueAtRank } from "./distribution.js";
import { leastSum } from "./least-sum.js";
import type { QuantileTuning } from "./quantile-ranks.js";

/**
 * ln e-value against "both arms have the same q-quantile": the least, over the place x that it may have, of both arms' two-sided evidence
 * against x (Howard and Ramdas 2022, section 5; the function `quantile_ab_p_value` of the package confseq gives exp(−this), at most 1).
 */
export function quantileEqualityLogE(
  one: readonly Bin[],
  other: readonly Bin[],
  q: number,
  { plannedUnits, alpha }: QuantileTuning,
): number {
  const mixture = betaBinomialMixture(q * (1 - q) * plannedUnits, alpha, { g: q, h: 1 - q, sides: 2 });
  const arms = [one, other].map((bins) => armOf(distributionOf(bins, "low"), (share, n) => mixture.logE((share - q) * n, q * (1 - q) * n)));
  const [a, b] = arms.toSorted((x, y) => x.to - y.to);
  if (a === undefined || b === undefined || a.values.n === 0 || b.values.n === 0) return 0;
  if (a.to >= b.from) return a.least + b.least;
  return betweenOf(a, b);
}

interface Arm {
  readonly values: Distribution;
  /** Evidence against a value that a share `share` of the units lies below. */
  readonly logE: (share: number) => number;
  readonly least: number;
  /** Where the evidence is least: from the one to the other. */
  readonly from: number;
  readonly to: number;
}

function armOf(values: Distribution, logE: (share: number, n: number) => number): Arm {
  const share = lowestPoint(0, 1, (at) => logE(at, values.n));
  return {
    values,
    logE: (at) => logE(at, values.n),
    least: logE(share, values.n),
    from: valueAtRank(values, Math.ceil(share * values.n)),
    to: valueAtRank(values, Math.floor(share * values.n) + 1),
  };
}

/** From the end of the one arm's middle to the start of the other's, the evidence against the one grows while that against the other falls. */
function betweenOf(a: Arm, b: Arm): number {
  const { values } = b.values;
  const first = firstWhere(0, values.length, (at) => (values[at] as number) > a.to);
  const last = firstWhere(0, values.length, (at) => (values[at] as number) > b.from) - 1;
  const start = a.least + b.logE(countAtMost(b.values, a.to) / b.values.n);
  if (first > last) return Math.min(start, a.logE(countLess(a.values, b.from) / a.values.n) + b.least);
  const inside = leastSum(first, last, (at) => {
    const x = values[at] as number;
    return {
      falling: x >= b.from ? b.least : b.logE(countAtMost(b.values, x) / b.values.n),
      growing: a.logE(countLess(a.values, x) / a.values.n),
    };
  });
  return Math.min(start, inside);
}
