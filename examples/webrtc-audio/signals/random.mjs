/** Owns seeded random numbers: the same seed gives the same signal, bit for bit. */

/**
 * Uniform numbers in [0, 1): mulberry32 by Tommy Ettinger (public domain), 32 bits of state.
 *
 * @param {number} seed
 * @returns {() => number}
 */
export function uniform(seed) {
  let state = seed >>> 0;
  return function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Numbers of mean 0 and variance 1, near enough to a normal distribution: the sum of twelve uniform ones
 * less six. Additions only, hence the same on every machine.
 *
 * @param {number} seed
 * @returns {() => number}
 */
export function gaussian(seed) {
  const next = uniform(seed);
  return function draw() {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += next();
    return sum;
  };
}
