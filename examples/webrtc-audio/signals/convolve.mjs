/** Owns convolution with long impulse responses. */

/**
 * The beginning of `samples * response`, as long as `samples`; by overlap-add of FFT blocks.
 *
 * @param {Float64Array} samples
 * @param {Float64Array} response
 * @returns {Float64Array}
 */
export function convolve(samples, response) {
  const size = 2 ** Math.ceil(Math.log2(2 * response.length));
  const step = size - response.length + 1;
  const transform = makeTransform(size);
  const filter = spectrum(transform, size, response, 0, response.length);
  const output = new Float64Array(samples.length + size);
  for (let from = 0; from < samples.length; from += step) {
    const block = spectrum(transform, size, samples, from, Math.min(step, samples.length - from));
    multiply(block, filter);
    transform(block.imaginary, block.real);
    for (let i = 0; i < size; i++) output[from + i] += block.real[i] / size;
  }
  return output.subarray(0, samples.length);
}

function spectrum(transform, size, samples, from, count) {
  const real = new Float64Array(size);
  real.set(samples.subarray(from, from + count));
  const imaginary = new Float64Array(size);
  transform(real, imaginary);
  return { real, imaginary };
}

function multiply(a, b) {
  for (let i = 0; i < a.real.length; i++) {
    const real = a.real[i] * b.real[i] - a.imaginary[i] * b.imaginary[i];
    a.imaginary[i] = a.real[i] * b.imaginary[i] + a.imaginary[i] * b.real[i];
    a.real[i] = real;
  }
}

/** An in-place radix-2 FFT of one size; with its two arguments exchanged it is the inverse, unscaled. */
function makeTransform(size) {
  const cosines = Float64Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size));
  const sines = Float64Array.from({ length: size / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / size));
  return function transform(real, imaginary) {
    reverseBits(real, imaginary);
    for (let half = 1; half < size; half *= 2) {
      const stride = size / (2 * half);
      for (let start = 0; start < size; start += 2 * half) {
        for (let k = 0; k < half; k++) {
          const low = start + k;
          const high = low + half;
          const c = cosines[k * stride];
          const s = sines[k * stride];
          const re = real[high] * c + imaginary[high] * s;
          const im = imaginary[high] * c - real[high] * s;
          real[high] = real[low] - re;
          imaginary[high] = imaginary[low] - im;
          real[low] += re;
          imaginary[low] += im;
        }
      }
    }
  };
}

function reverseBits(real, imaginary) {
  let j = 0;
  for (let i = 1; i < real.length; i++) {
    let bit = real.length >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [real[i], real[j]] = [real[j], real[i]];
    [imaginary[i], imaginary[j]] = [imaginary[j], imaginary[i]];
  }
}
