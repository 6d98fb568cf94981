/** Owns second-order filters (Robert Bristow-Johnson, "Audio EQ Cookbook"). */

/** @param {Float64Array} samples @param {number} rate @param {number} hertz @param {number} [q] @returns {Float64Array} */
export function lowPass(samples, rate, hertz, q = Math.SQRT1_2) {
  const { cosine, alpha } = angle(rate, hertz, q);
  return biquad(samples, [(1 - cosine) / 2, 1 - cosine, (1 - cosine) / 2], [1 + alpha, -2 * cosine, 1 - alpha]);
}

/** @param {Float64Array} samples @param {number} rate @param {number} hertz @param {number} [q] @returns {Float64Array} */
export function highPass(samples, rate, hertz, q = Math.SQRT1_2) {
  const { cosine, alpha } = angle(rate, hertz, q);
  return biquad(samples, [(1 + cosine) / 2, -1 - cosine, (1 + cosine) / 2], [1 + alpha, -2 * cosine, 1 - alpha]);
}

/** @param {Float64Array} samples @param {number} rate @param {number} hertz @param {number} q @returns {Float64Array} */
export function bandPass(samples, rate, hertz, q) {
  const { cosine, alpha } = angle(rate, hertz, q);
  return biquad(samples, [alpha, 0, -alpha], [1 + alpha, -2 * cosine, 1 - alpha]);
}

function angle(rate, hertz, q) {
  const w = (2 * Math.PI * Math.min(hertz, rate * 0.45)) / rate;
  return { cosine: Math.cos(w), alpha: Math.sin(w) / (2 * q) };
}

function biquad(samples, [b0, b1, b2], [a0, a1, a2]) {
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return samples.map((x) => {
    const y = (b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2) / a0;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    return y;
  });
}
