/** Owns stitched boundaries: closed forms that grow as slowly as the law of the iterated logarithm allows. */

/** Tuning of a stitched boundary: `base` is how much longer each epoch is than the last, `exponent` how fast their errors fall. */
export interface Stitching {
  readonly exponent?: number;
  readonly base?: number;
}

/**
 * The polynomially stitched boundary of a sub-gamma sum of scale `c` (Howard et al. 2021, eq. 3.4), flat before intrinsic time `from`.
 */
export function polyStitchedBound(
  v: number,
  alpha: number,
  { from, c = 0, exponent = 1.4, base = 2 }: Stitching & { readonly from: number; readonly c?: number },
): number {
  const time = Math.max(v, from);
  const room =
    exponent * Math.log(Math.log((base * time) / from)) + Math.log(zeta(exponent) / Math.log(base) ** exponent) - Math.log(alpha);
  const [k1, k2] = constantsOf(base);
  const linear = k2 * c * room;
  return Math.sqrt(k1 ** 2 * time * room + linear ** 2) + linear;
}

/**
 * The doubly stitched boundary for all quantiles together (Howard and Ramdas 2022, theorem 3): at time t the empirical share below the
 * p-quantile lies within this / t of p, for all p and t at once. `from` is the time it is tuned to, `delta` the step between quantiles.
 */
export function doubleStitchedBound(
  p: number,
  t: number,
  alpha: number,
  { from, delta = 0.5, exponent = 1.4, base = 2 }: Stitching & { readonly from: number; readonly delta?: number },
): number {
  const time = Math.max(t, from);
  const r = p >= 0.5 ? p : Math.min(0.5, expit(logit(p) + 2 * delta * Math.sqrt((from * base) / time)));
  const variance = r * (1 - r);
  const place = (Math.sqrt(time / from) * Math.abs(logit(p))) / (2 * delta) + 1;
  const z = zeta(exponent);
  const room =
    exponent * Math.log(Math.log((base * time) / from)) +
    exponent * Math.log(place) +
    Math.log((2 * z * (2 * z + 1)) / (alpha * Math.log(base) ** exponent));
  const [k1, k2] = constantsOf(base);
  const linear = (k2 * (1 - 2 * p) * room) / 3;
  return delta * Math.sqrt((base * time * variance) / from) + Math.sqrt(k1 ** 2 * variance * time * room + linear ** 2) + linear;
}

function constantsOf(base: number): readonly [number, number] {
  return [(base ** 0.25 + base ** -0.25) / Math.SQRT2, (Math.sqrt(base) + 1) / 2];
}

function logit(p: number): number {
  return Math.log(p / (1 - p));
}

function expit(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Riemann's ζ(s) for s > 1, by Euler and Maclaurin's formula after 20 terms. */
function zeta(s: number): number {
  const n = 20;
  let sum = 0;
  for (let k = 1; k < n; k++) sum += k ** -s;
  const last = n ** -s;
  return sum + (n * last) / (s - 1) + last / 2 + (s * last) / (12 * n) - (s * (s + 1) * (s + 2) * last) / (720 * n ** 3);
}
