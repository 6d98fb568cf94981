/** Owns the scenes that no person makes: what broken devices, drivers and attackers send. All samples are finite. */
import { highPass, lowPass } from "./filters.mjs";
import { mix } from "./levels.mjs";
import { pink, white } from "./noise.mjs";
import { uniform } from "./random.mjs";
import { echo } from "./room.mjs";
import { CALL, MONOLOGUE, oneSided, oneToOne, voices, withNoise } from "./stage.mjs";

/** @typedef {import("./stage.mjs").Scene} Scene */

const { seconds, near } = MONOLOGUE;
const AFTER = [[5, 8.4]];

/** Full scale from edge to edge for three seconds, then a talker, who must be heard as ever. @returns {Scene} */
export function squareWave() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const talker = voice("anna", -24, AFTER);
  const wave = talker.map((_, i) => (i < 3 * rate ? (i % 80 < 40 ? 1 : -1) : 0));
  return oneSided(rate, withNoise(mix(talker, wave), pink(length, 6101), -66), talker, { near: [[5.2, 8.4]], noise: [[8.6, 9]] });
}

/** A third of full scale that never moves, under everything. @returns {Scene} */
export function dcOffset() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const talker = voice("ben", -24, near);
  return oneSided(
    rate,
    withNoise(talker, pink(length, 6201), -62).map((x) => x + 0.33),
    talker,
  );
}

/** One sample at full scale every 130 ms, either sign. @returns {Scene} */
export function clicks() {
  const rate = 48000;
  const { length, voice } = voices(rate, seconds);
  const talker = voice("clara", -24, near);
  const capture = withNoise(talker, pink(length, 6301), -64);
  for (let i = 0.2 * rate, sign = 1; i < length; i += 0.13 * rate, sign = -sign) capture[Math.round(i)] = sign;
  return oneSided(rate, capture, talker);
}

/** Nothing at all for four seconds, not a bit set; then a talker far too loud. @returns {Scene} */
export function zerosThenFullScale() {
  const rate = 32000;
  const { voice } = voices(rate, seconds);
  const talker = voice("david", -6, [[4, 8.4]]);
  return oneSided(rate, mix(talker), talker, { near: [[4.5, 8.4]], noise: [[1, 3.9]] });
}

/** After the talkers, both ends send numbers so small that a processor may need a hundred times as long for each. @returns {Scene} */
export function denormals() {
  const rate = 16000;
  const { length, voice } = voices(rate, CALL.seconds);
  const tiny = (seed) => white(length, seed).map((x) => x * 1e-40);
  const render = mix(voice("emma", -20, [[0.4, 4.4]]), tiny(6501));
  const heard = echo(render, { rate, seed: 6502, delayMs: 40, rt60Ms: 120, directDb: 3, lossDb: 8 });
  const talker = voice("hugo", -24, [[4.8, 7]]);
  const capture = mix(talker, heard, tiny(6503));
  return { ...oneToOne(rate, render, capture, talker, { far: [[2.4, 4.4]], near: [[5, 7]] }), float: true };
}

/** From 4.4 s on every second frame of the far end is lost on its way to the module; the loudspeaker plays them all. @returns {Scene} */
export function missingRender() {
  const rate = 16000;
  const { length, voice } = voices(rate, CALL.seconds);
  const render = voice("greta", -20, [[0.4, 8.6]]);
  const heard = echo(render, { rate, seed: 6601, delayMs: 50, rt60Ms: 140, directDb: 4, lossDb: 10 });
  const capture = withNoise(heard, pink(length, 6602), -62);
  const events = Array.from({ length: 210 }, (_, k) => ({ from: 4.4 + k * 0.02, to: 4.41 + k * 0.02, what: "no-render" }));
  return { ...oneToOne(rate, render, capture, undefined, { far: [[4.8, 8.6]], noise: [[9.2, 10]] }), events };
}

/** Half of the microphone's frames, drawn at random, arrive as zeros. @returns {Scene} */
export function lostCapture() {
  const rate = 32000;
  const { length, voice } = voices(rate, seconds);
  const next = uniform(6701);
  const lost = Array.from({ length: 100 * seconds }, () => next() < 0.5);
  const talker = voice("frank", -22, near);
  const whole = withNoise(talker, lowPass(highPass(pink(length, 6702), rate, 100), rate, 8000), -60);
  return oneSided(rate, withGaps(whole, lost, rate), withGaps(talker, lost, rate));
}

/** Zero in each frame that is lost. */
function withGaps(samples, lost, rate) {
  return samples.map((x, i) => (lost[Math.floor((100 * i) / rate)] ? 0 : x));
}
