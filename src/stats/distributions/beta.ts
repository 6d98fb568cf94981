/** Owns the beta function: its logarithm, its incomplete form, and the beta distribution's quantiles. */
import betaInc from "@stdlib/math-base-special-betainc";
import betaLn from "@stdlib/math-base-special-betaln";

/** ln B(a, b). */
export function logBeta(a: number, b: number): number {
  return betaLn(a, b);
}

/** I_x(a, b): P(X ≤ x) for a beta distribution; `upper` gives P(X > x) with no digits lost. */
export function regularizedBeta(x: number, a: number, b: number, upper = false): number {
  return betaInc(x, a, b, true, upper);
}

/** ln ∫₀ˣ t^(a−1) (1−t)^(b−1) dt; x = 1 gives ln B(a, b). */
export function logIncompleteBeta(x: number, a: number, b: number): number {
  return x >= 1 ? logBeta(a, b) : Math.log(regularizedBeta(x, a, b)) + logBeta(a, b);
}

/** The x with I_x(a, b) = p, by bisection to the last digits. */
export function betaQuantile(p: number, a: number, b: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (regularizedBeta(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
