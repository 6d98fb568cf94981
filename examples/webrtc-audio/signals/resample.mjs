/** Owns the change of sample rate. */

const ZERO_CROSSINGS = 16;
const TABLE_STEPS = 512;

/** Half of a sinc under a Hann window, TABLE_STEPS points per zero crossing. */
const KERNEL = Float64Array.from({ length: ZERO_CROSSINGS * TABLE_STEPS + 2 }, (_, index) => {
  const x = index / TABLE_STEPS;
  if (x === 0) return 1;
  if (x >= ZERO_CROSSINGS) return 0;
  const sinc = Math.sin(Math.PI * x) / (Math.PI * x);
  return sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / ZERO_CROSSINGS));
});

/**
 * Band-limited interpolation by a windowed sinc (J. O. Smith, "Digital Audio Resampling"). Any ratio will
 * do, also one a little off 1 as between two clocks.
 *
 * @param {Float64Array} samples
 * @param {number} ratio new rate / old rate
 * @returns {Float64Array}
 */
export function resample(samples, ratio) {
  if (ratio === 1) return samples;
  const cutoff = Math.min(1, ratio) * 0.95;
  const reach = ZERO_CROSSINGS / cutoff;
  const output = new Float64Array(Math.floor(samples.length * ratio));
  for (let index = 0; index < output.length; index++) {
    const centre = index / ratio;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(samples.length - 1, Math.floor(centre + reach));
    let sum = 0;
    for (let at = first; at <= last; at++) sum += samples[at] * kernel(Math.abs(centre - at) * cutoff);
    output[index] = sum * cutoff;
  }
  return output;
}

function kernel(x) {
  const position = x * TABLE_STEPS;
  const index = Math.floor(position);
  return KERNEL[index] + (position - index) * (KERNEL[index + 1] - KERNEL[index]);
}
