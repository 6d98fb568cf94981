/** Owns the way from a source to the microphone: delay, reflections, a loudspeaker that distorts. */
import { convolve } from "./convolve.mjs";
import { fromDb } from "./levels.mjs";
import { gaussian } from "./random.mjs";

/**
 * A room's impulse response: a direct path, then noise that decays exponentially; energy 1.
 *
 * @param {{ rate: number, seed: number, delayMs: number, rt60Ms: number, directDb?: number }} room
 *   delay before the direct path, time to decay by 60 dB, level of the direct path above the sum of reflections
 * @returns {Float64Array}
 */
export function impulseResponse({ rate, seed, delayMs, rt60Ms, directDb = 0 }) {
  const start = Math.round((delayMs * rate) / 1000);
  const tail = Math.round((rt60Ms * rate) / 1000);
  const draw = gaussian(seed);
  const reflections = Float64Array.from({ length: tail }, (_, i) => draw() * 10 ** ((-3 * i) / tail));
  const energy = Math.sqrt(reflections.reduce((sum, x) => sum + x * x, 0)) || 1;
  const response = new Float64Array(start + tail + 1);
  response[start] = fromDb(directDb);
  reflections.forEach((x, i) => (response[start + 1 + i] = x / energy));
  const total = Math.sqrt(1 + response[start] ** 2);
  return response.map((x) => x / total);
}

/**
 * What the microphone hears of the far end.
 *
 * @param {Float64Array} render what is sent to the loudspeaker
 * @param {{ rate: number, seed: number, delayMs: number, rt60Ms: number, directDb?: number, lossDb: number, drive?: number }} path
 *   lossDb: echo return loss (level of the render above the echo); drive: 0 a linear loudspeaker, 4 a poor one
 * @returns {Float64Array}
 */
export function echo(render, path) {
  const { drive = 0 } = path;
  const played = drive === 0 ? render : render.map((x) => Math.tanh(drive * x) / drive);
  return convolve(played, impulseResponse(path)).map((x) => x * fromDb(-path.lossDb));
}

/**
 * A talker at a distance in a room.
 *
 * @param {Float64Array} speech
 * @param {{ rate: number, seed: number, rt60Ms: number, directDb: number }} room
 * @returns {Float64Array}
 */
export function inRoom(speech, room) {
  return convolve(speech, impulseResponse({ ...room, delayMs: 3 }));
}
