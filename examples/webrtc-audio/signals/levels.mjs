/** Owns levels and the mixing of signals; all levels in dB relative to full scale (dBFS, RMS). */

const FRAME_SECONDS = 0.02;
/** Frames this far below the loudest one count as pauses when the level of speech is taken. */
const ACTIVE_RANGE_DB = 35;

/** @param {number} db @returns {number} the amplitude factor */
export function fromDb(db) {
  return 10 ** (db / 20);
}

/**
 * Scales to an RMS level.
 *
 * @param {Float64Array} samples
 * @param {number} dbfs
 * @returns {Float64Array}
 */
export function atLevel(samples, dbfs) {
  return scaled(samples, fromDb(dbfs) / Math.max(rms(samples, 0, samples.length), 1e-9));
}

/**
 * Scales speech so that its active frames (not its pauses) have an RMS level.
 *
 * @param {Float64Array} samples
 * @param {number} rate
 * @param {number} dbfs
 * @returns {Float64Array}
 */
export function speechAtLevel(samples, rate, dbfs) {
  const size = Math.round(rate * FRAME_SECONDS);
  const frames = Array.from({ length: Math.floor(samples.length / size) }, (_, index) => rms(samples, index * size, size));
  const floor = Math.max(...frames) * fromDb(-ACTIVE_RANGE_DB);
  const active = frames.filter((frame) => frame > floor);
  const level = Math.sqrt(active.reduce((sum, frame) => sum + frame * frame, 0) / Math.max(active.length, 1));
  return scaled(samples, fromDb(dbfs) / Math.max(level, 1e-9));
}

/** @param {Float64Array} samples @param {number} factor @returns {Float64Array} */
export function scaled(samples, factor) {
  return samples.map((value) => value * factor);
}

/**
 * Adds signals of one length.
 *
 * @param {...Float64Array} signals
 * @returns {Float64Array}
 */
export function mix(...signals) {
  const sum = new Float64Array(signals[0].length);
  for (const signal of signals) for (let i = 0; i < sum.length; i++) sum[i] += signal[i];
  return sum;
}

/**
 * What an overdriven converter makes of it: amplified, then cut off flat.
 *
 * @param {Float64Array} samples
 * @param {number} gainDb
 * @param {number} ceilingDbfs peak level where it is cut off
 * @returns {Float64Array}
 */
export function hardClip(samples, gainDb, ceilingDbfs) {
  const gain = fromDb(gainDb);
  const ceiling = fromDb(ceilingDbfs);
  return samples.map((value) => Math.max(-ceiling, Math.min(ceiling, value * gain)));
}

function rms(samples, from, count) {
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += samples[i] * samples[i];
  return Math.sqrt(sum / Math.max(count, 1));
}
