/** Owns a sound as two curves: its level over the time, and its long-term spectrum in third octaves. */
import type { SoundCurves } from "../../model/evidence.js";
import type { Sound } from "../outputs/wav.js";
import { powerSpectrumOf } from "./transform.js";

/** As many as a picture shows. */
const STEPS = 120;
const FRAME = 4096;
/** Frames looked at, spread over the sound: more do not move the mean of a band. */
const MOST_FRAMES = 240;
/** Nominal centres of third octaves, as ISO 266 has them: 1 kHz and thirds of an octave up and down. */
const CENTRES = Array.from({ length: 28 }, (_, index) => 1000 * 2 ** ((index - 14) / 3));
const FLOOR_DB = -120;
const CEILING_DB = 120;

/** The centres of the bands that a rate holds, in whole Hz. */
export function bandCentres(rate: number): number[] {
  return CENTRES.filter((hertz) => hertz * 2 ** (1 / 6) <= rate / 2).map(Math.round);
}

/** Means over all channels. */
export function soundCurves(sound: Sound): SoundCurves {
  return { levels: levelsOf(sound), bands: bandsOf(sound) };
}

function levelsOf({ samples }: Sound): number[] {
  return Array.from({ length: STEPS }, (_, step) => {
    const from = Math.floor((samples.length * step) / STEPS);
    const to = Math.floor((samples.length * (step + 1)) / STEPS);
    let sum = 0;
    for (let i = from; i < to; i++) sum += finite(samples[i]) ** 2;
    return decibels(sum / Math.max(1, to - from));
  });
}

function bandsOf(sound: Sound): number[] {
  const powers = meanSpectrum(sound);
  const width = sound.rate / FRAME;
  return bandCentres(sound.rate).map((centre) => {
    const first = Math.max(1, Math.ceil((centre * 2 ** (-1 / 6)) / width));
    const last = Math.max(first, Math.ceil((centre * 2 ** (1 / 6)) / width) - 1);
    let sum = 0;
    for (let bin = first; bin <= last; bin++) sum += powers[bin] ?? 0;
    return decibels(sum);
  });
}

/** Scaled so that the sum over all bins is the mean square of the samples. */
function meanSpectrum({ samples, channels }: Sound): Float64Array {
  const length = Math.floor(samples.length / channels);
  const transform = powerSpectrumOf(FRAME);
  const frames = Math.max(1, Math.min(MOST_FRAMES, Math.floor((2 * length) / FRAME) - 1));
  const sum = new Float64Array(FRAME / 2 + 1);
  for (let frame = 0; frame < frames; frame++) {
    const start = frames === 1 ? 0 : Math.floor((frame * Math.max(0, length - FRAME)) / (frames - 1));
    for (let channel = 0; channel < channels; channel++) {
      const windowed = WINDOW.map((weight, i) => weight * finite(samples[(start + i) * channels + channel]));
      transform(windowed).forEach((power, bin) => (sum[bin] = (sum[bin] ?? 0) + power));
    }
  }
  const scale = 2 / (frames * channels * FRAME * WINDOW_ENERGY);
  return sum.map((power) => power * scale);
}

const WINDOW = Float64Array.from({ length: FRAME }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / FRAME));
const WINDOW_ENERGY = WINDOW.reduce((sum, weight) => sum + weight * weight, 0);

/** What is no number (NaN, infinite) counts as silence: the metrics tell of it. */
function finite(sample: number | undefined): number {
  return sample !== undefined && Number.isFinite(sample) ? sample : 0;
}

function decibels(power: number): number {
  if (!(power > 0)) return FLOOR_DB;
  return Math.min(CEILING_DB, Math.max(FLOOR_DB, Math.round(100 * Math.log10(power)) / 10));
}
