/** Owns spending functions: how much of an error may be used up by which share of the information. */
import { normalUpper, normalUpperQuantile } from "../distributions/normal.js";

/** The error used up to information fraction `t` (0 to 1) out of `alpha`, which is the error of one side. */
export type Spending = (t: number, alpha: number) => number;

/** Like O'Brien and Fleming: almost nothing early (Lan and DeMets 1983, α₁*). */
export const obrienFlemingSpending: Spending = (t, alpha) =>
  t <= 0 ? 0 : Math.min(alpha, 2 * normalUpper(normalUpperQuantile(alpha / 2) / Math.sqrt(Math.min(t, 1))));

/** Like Pocock: evenly over the looks (Lan and DeMets 1983, α₂*). */
export const pocockSpending: Spending = (t, alpha) => alpha * Math.log1p((Math.E - 1) * clamp(t));

/** α·t^rho (Kim and DeMets 1987): 1 spends evenly over the information, 3 is near O'Brien and Fleming. */
export function powerSpending(rho: number): Spending {
  return (t, alpha) => alpha * clamp(t) ** rho;
}

/** Hwang, Shih and DeCani (1990): −4 is near O'Brien and Fleming, 1 near Pocock, 0 even. */
export function gammaSpending(gamma: number): Spending {
  return (t, alpha) => (gamma === 0 ? alpha * clamp(t) : (alpha * Math.expm1(-gamma * clamp(t))) / Math.expm1(-gamma));
}

function clamp(t: number): number {
  return Math.min(1, Math.max(0, t));
}
