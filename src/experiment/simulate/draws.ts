/**
 * Owns random draws of the simulator: seeded, many million a second. Own code, since the library's binomial takes 31 µs a draw where
 * few events are expected, and makes one generator per parameter.
 */

/** A source of numbers in (0, 1). */
export type Uniform = () => number;

/**
 * sfc32 by Chris Doty-Humphrey (PractRand): 128 bits of state, of which 32 are a counter, so that no stream repeats within 2^32 draws.
 * Two seeds make one of 2^64 streams.
 */
export function uniformStream(seed: number, stream = 0): Uniform {
  let [a, b, c, counter] = [seed >>> 0, stream >>> 0, 0x9e3779b9, 1];
  function next(): number {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return ((t >>> 0) + 0.5) / 4294967296;
  }
  for (let warm = 0; warm < 15; warm++) next();
  return next;
}

/** Standard normal numbers by the polar method (Marsaglia, Bray 1964). */
export function normalStream(uniform: Uniform): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const [x, y] = [2 * uniform() - 1, 2 * uniform() - 1];
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * factor;
      return x * factor;
    }
  };
}

/** Where inversion takes longer than rejection. */
const FEW = 10;

/** Number of events where `mean` are expected: by inversion, for many by Hörmann's transformed rejection (PTRS, 1993). */
export function drawPoisson(uniform: Uniform, mean: number): number {
  return mean < FEW ? invertPoisson(uniform, mean) : rejectPoisson(uniform, mean);
}

function invertPoisson(uniform: Uniform, mean: number): number {
  const limit = Math.exp(-mean);
  let product = uniform();
  let count = 0;
  while (product > limit) {
    count++;
    product *= uniform();
  }
  return count;
}

function rejectPoisson(uniform: Uniform, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const easy = 0.9277 - 3.6224 / (b - 2);
  const logMean = Math.log(mean);
  for (;;) {
    const u = uniform() - 0.5;
    const v = uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= easy) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= k * logMean - mean - logFactorial(k)) return k;
  }
}

/** Successes in `n` tries of chance `p`: by inversion (BINV, Kachitvichyanukul and Schmeiser 1988), for many by Hörmann's BTRS (1993). */
export function drawBinomial(uniform: Uniform, n: number, p: number): number {
  if (p > 0.5) return n - drawBinomial(uniform, n, 1 - p);
  if (n <= 0 || p <= 0) return 0;
  return n * p < FEW ? invertBinomial(uniform, n, p) : rejectBinomial(uniform, n, p);
}

function invertBinomial(uniform: Uniform, n: number, p: number): number {
  const odds = p / (1 - p);
  const step = (n + 1) * odds;
  let chance = Math.exp(n * Math.log1p(-p));
  let left = uniform();
  let count = 0;
  while (left > chance && count < n) {
    left -= chance;
    count++;
    chance *= step / count - odds;
  }
  return count;
}

function rejectBinomial(uniform: Uniform, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5;
  const easy = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const logOdds = Math.log(p / (1 - p));
  const mode = Math.floor((n + 1) * p);
  const atMode = logFactorial(mode) + logFactorial(n - mode);
  for (;;) {
    const u = uniform() - 0.5;
    const v = uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + centre);
    if (us >= 0.07 && v <= easy) return k;
    if (k < 0 || k > n) continue;
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= atMode - logFactorial(k) - logFactorial(n - k) + (k - mode) * logOdds) return k;
  }
}

const SMALL = Float64Array.from({ length: 16 }, (_, k) =>
  Array.from({ length: k }, (_none, index) => Math.log(index + 1)).reduce((sum, each) => sum + each, 0),
);

/** ln k!: exact sums for small numbers, Stirling's series beyond (error below 1e-12). */
export function logFactorial(k: number): number {
  if (k < SMALL.length) return SMALL[k] ?? 0;
  const n = k + 1;
  const square = n * n;
  return (n - 0.5) * Math.log(n) - n + 0.9189385332046727 + (1 / 12 - (1 / 360 - 1 / (1260 * square)) / square) / n;
}
