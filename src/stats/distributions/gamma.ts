/** Owns the gamma function's logarithm and the incomplete gamma function with its far upper tail. */
import logGammaOf from "@stdlib/math-base-special-gammaln";
import chiSquareCdf from "@stdlib/stats-base-dists-chisquare-cdf";

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  return logGammaOf(x);
}

/** Above this the library's incomplete gamma function is up to 0.6 % off for x > a (@stdlib/math-base-special-gammainc 0.2). */
const LIBRARY = 200;

/** P(a, x), the regularized lower incomplete gamma function: the chi-square distribution by another name. */
export function gammaLower(a: number, x: number): number {
  if (x <= 0) return 0;
  if (a <= LIBRARY) return chiSquareCdf(2 * x, 2 * a);
  return x < a + 1 ? Math.exp(logPower(a, x)) * series(a, x) : -Math.expm1(logGammaUpper(a, x));
}

/** ln Q(a, x) of the upper incomplete gamma function; the far tail by its continued fraction, with no digits lost. */
export function logGammaUpper(a: number, x: number): number {
  if (x <= 0) return 0;
  if (x < a + 1) return Math.log1p(-gammaLower(a, x));
  return logPower(a, x) + Math.log(fraction(a, x));
}

/** ln of x^a e^(−x) / Γ(a). */
function logPower(a: number, x: number): number {
  return a * Math.log(x) - x - logGamma(a);
}

/** Σ xⁿ / (a (a+1) … (a+n)) (Numerical Recipes 6.2.5). */
function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** Lentz's method on Legendre's continued fraction (Numerical Recipes 6.2.7). */
function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let i = 1; i < 100_000; i++) {
    const term = -i * (i - a);
    b += 2;
    d = 1 / nonZero(term * d + b);
    c = nonZero(b + term / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return value;
}

function nonZero(x: number): number {
  return Math.abs(x) < 1e-300 ? 1e-300 : x;
}

/** P(X > x) for chi-square with `df` degrees of freedom, right down to the smallest numbers. */
export function chiSquareUpper(x: number, df: number): number {
  return Math.exp(logGammaUpper(df / 2, x / 2));
}
