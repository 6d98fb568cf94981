/** Owns the scenes in which the near end plays. */
import { atLevel, mix, scaled } from "./levels.mjs";
import { music } from "./music.mjs";
import { pink } from "./noise.mjs";
import { MONOLOGUE, oneSided, silenceLike, voices, withNoise } from "./stage.mjs";

/** @typedef {import("./stage.mjs").Scene} Scene */

const { seconds } = MONOLOGUE;
/** Semitones above A2, each chord held for two seconds: to a suppressor of noise, a steady tone is noise. */
const CHORDS = [
  [0, 12, 16, 19],
  [5, 9, 12, 17],
  [7, 11, 14, 19],
  [0, 7, 12, 16],
];

/** An organ: chords that stand still. @returns {Scene} */
export function organ() {
  const rate = 48000;
  const { length } = voices(rate, seconds);
  const pipes = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const at = i / rate;
    const chord = CHORDS[Math.floor(at / 2) % CHORDS.length];
    const ramp = Math.min(1, (at % 2) * 20, (2 - (at % 2)) * 20);
    for (const note of chord) pipes[i] += ramp * pipe(2 * Math.PI * 110 * 2 ** (note / 12) * at);
  }
  const played = atLevel(pipes, -24);
  return oneSided(rate, withNoise(played, pink(length, 8101), -72), played, { near: [[1, 9]] });
}

function pipe(phase) {
  return Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.35 * Math.sin(3 * phase) + 0.2 * Math.sin(4 * phase) + 0.1 * Math.sin(8 * phase);
}

/** A recording from a mixer, two channels at 44.1 kHz, with all processing switched off: it should pass as it is. @returns {Scene} */
export function stereoMusic44k() {
  const rate = 44100;
  const { length } = voices(rate, seconds);
  const [strings, bass] = [atLevel(music(length, rate, 8201), -24), atLevel(music(length, rate, 8202), -27)];
  const capture = [mix(strings, scaled(bass, 0.5)), mix(scaled(strings, 0.4), bass)].map((channel, side) =>
    withNoise(channel, pink(length, 8211 + side), -80),
  );
  const silence = silenceLike(strings);
  return { rate, capture, render: [silence, silence], near: capture[0], spans: { near: [[1, 9]] } };
}
