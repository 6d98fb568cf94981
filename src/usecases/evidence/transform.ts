/** Owns the discrete Fourier transform: radix 2, in place. */

/** Transforms samples of one size, a power of two, again and again: gives the powers of the bins from 0 to half the size. */
export function powerSpectrumOf(size: number): (samples: Float64Array) => Float64Array {
  const cosines = Float64Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size));
  const sines = Float64Array.from({ length: size / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / size));
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  return (samples) => {
    real.set(samples);
    imaginary.fill(0);
    reverseBits(real);
    for (let half = 1; half < size; half *= 2) butterflies(half);
    return Float64Array.from({ length: size / 2 + 1 }, (_, i) => (real[i] ?? 0) ** 2 + (imaginary[i] ?? 0) ** 2);
  };

  function butterflies(half: number): void {
    const stride = size / (2 * half);
    for (let start = 0; start < size; start += 2 * half) {
      for (let k = 0; k < half; k++) turn(start + k, start + k + half, cosines[k * stride] ?? 0, sines[k * stride] ?? 0);
    }
  }

  function turn(low: number, high: number, cosine: number, sine: number): void {
    const [a, b] = [real[high] ?? 0, imaginary[high] ?? 0];
    const re = a * cosine + b * sine;
    const im = b * cosine - a * sine;
    real[high] = (real[low] ?? 0) - re;
    imaginary[high] = (imaginary[low] ?? 0) - im;
    real[low] = (real[low] ?? 0) + re;
    imaginary[low] = (imaginary[low] ?? 0) + im;
  }
}

function reverseBits(values: Float64Array): void {
  for (let i = 1, j = 0; i < values.length; i++) {
    let bit = values.length >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) [values[i], values[j]] = [values[j] ?? 0, values[i] ?? 0];
  }
}
