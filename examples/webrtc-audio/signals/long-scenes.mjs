/** Owns the scenes that only show after minutes. */
import { mix } from "./levels.mjs";
import { pink } from "./noise.mjs";
import { resample } from "./resample.mjs";
import { echo } from "./room.mjs";
import { oneToOne, voices, withNoise } from "./stage.mjs";

/** @typedef {import("./stage.mjs").Scene} Scene */

/** Ten minutes on two clocks, 60 ppm apart: the echo wanders by 36 ms. Measured in the last minute. @returns {Scene} */
export function tenMinutesOfDrift() {
  const rate = 16000;
  const { length, voice } = voices(rate, 600);
  const turns = Array.from({ length: 20 }, (_, k) => [30 * k + 1, 30 * k + 23]);
  const render = voice("emma", -20, turns);
  const heard = echo(render, { rate, seed: 7101, delayMs: 40, rt60Ms: 100, directDb: 5, lossDb: 8 });
  const drifted = new Float64Array(length);
  drifted.set(resample(heard, 1.00006).subarray(0, length));
  return oneToOne(rate, render, withNoise(drifted, pink(length, 7102), -62), undefined, {
    far: [
      [541, 563],
      [571, 593],
    ],
    noise: [[596, 600]],
  });
}

/** A call of half a minute, two minutes in which nobody says a word, and the call goes on: is the echo still known? @returns {Scene} */
export function twoMinutesOfSilence() {
  const rate = 8000;
  const { length, voice } = voices(rate, 180);
  const render = voice("david", -18, [
    [1, 12],
    [150, 170],
  ]);
  const heard = echo(render, { rate, seed: 7201, delayMs: 70, rt60Ms: 120, directDb: 4, lossDb: 6 });
  const talker = voice("clara", -24, [
    [14, 26],
    [172, 178],
  ]);
  const spans = { far: [[150, 153]], near: [[172.2, 178]], noise: [[120, 149]] };
  return oneToOne(rate, render, withNoise(mix(talker, heard), pink(length, 7202), -66), talker, spans);
}
