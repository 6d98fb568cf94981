/** Standard normal numbers for tests, by the method of Box and Muller. */
import { seededRandom } from "../../src/support/random.js";

/** A stream of independent standard normal numbers. */
export function standardNormals(seed: number): () => number {
  const uniform = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
