/** Owns music: plucked chords over a bass, by Karplus and Strong's string. */
import { mix, scaled } from "./levels.mjs";
import { uniform } from "./random.mjs";

const BEAT_SECONDS = 0.3;
/** Semitones above A2 (110 Hz), one chord per four beats: Am, F, C, G. */
const CHORDS = [
  [0, 7, 12, 15, 19],
  [-4, 3, 8, 12, 20],
  [3, 10, 15, 19, 22],
  [-2, 5, 10, 14, 17],
];

/**
 * @param {number} length samples
 * @param {number} rate
 * @param {number} seed
 * @returns {Float64Array} peak about 1
 */
export function music(length, rate, seed) {
  const next = uniform(seed);
  const played = new Float64Array(length);
  const beat = Math.round(BEAT_SECONDS * rate);
  for (let number = 0; number * beat < length; number++) {
    const chord = CHORDS[Math.floor(number / 4) % CHORDS.length];
    const notes = number % 4 === 0 ? chord : [chord[1 + Math.floor(next() * 4)], chord[1 + Math.floor(next() * 4)] + 12];
    for (const note of notes) pluck(played, number * beat, rate, 110 * 2 ** (note / 12), Math.round(next() * 1e9));
  }
  const shimmer = cymbal(length, rate, seed + 1);
  const sum = mix(played, scaled(shimmer, 0.25));
  const peak = sum.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-9);
  return scaled(sum, 1 / peak);
}

function pluck(into, from, rate, hertz, seed) {
  const next = uniform(seed);
  const string = Float64Array.from({ length: Math.round(rate / hertz) }, () => next() * 2 - 1);
  const end = Math.min(into.length, from + 3 * rate);
  for (let i = from, at = 0; i < end; i++) {
    const after = (at + 1) % string.length;
    into[i] += string[at];
    string[at] = 0.498 * (string[at] + string[after]);
    at = after;
  }
}

/** Short bursts of white noise on every second beat: what fills the treble. */
export function cymbal(length, rate, seed) {
  const beat = Math.round(BEAT_SECONDS * rate);
  const next = uniform(seed);
  const decay = Math.exp(-1 / (0.06 * rate));
  let level = 0;
  return Float64Array.from({ length }, (_, i) => {
    level = i % (2 * beat) === beat ? 1 : level * decay;
    return (next() * 2 - 1) * level;
  });
}
