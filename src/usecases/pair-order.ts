/** Owns the order in which the flavors take turns. */
import type { Flavor } from "../model/build.js";

/**
 * One pair of runs per repeat, ordered A B, B A, A B, … so that a slow drift of the machine (heat, other
 * work) falls on both flavors alike.
 */
export function pairOrder(repeat: number): [Flavor, Flavor][] {
  return Array.from({ length: repeat }, (_, index) => (index % 2 === 0 ? ["legacy", "latest"] : ["latest", "legacy"]));
}
