/** Owns the scenes that stand for who talks, and how loud. */
import { mix } from "./levels.mjs";
import { brown, pink } from "./noise.mjs";
import { inRoom } from "./room.mjs";
import { MONOLOGUE, oneSided, voices, withNoise } from "./stage.mjs";

/** @typedef {import("./stage.mjs").Scene} Scene */

const { seconds, near } = MONOLOGUE;

/** A high voice: half of its overtones lie above what a telephone takes. @returns {Scene} */
export function childVoice() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const talker = inRoom(voice("casey", -26, near), { rate, seed: 5101, rt60Ms: 300, directDb: 2 });
  return oneSided(rate, withNoise(talker, pink(length, 5102), -50), talker);
}

/** A voice whose fundamental lies where high-pass filters begin, over the rumble of a building. @returns {Scene} */
export function lowVoice() {
  const rate = 48000;
  const { length, voice } = voices(rate, seconds);
  const talker = voice("otto", -26, near);
  return oneSided(rate, withNoise(talker, brown(length, rate, 5201), -50), talker);
}

/** Breath without a voice: to a suppressor of noise it looks like noise. @returns {Scene} */
export function whisper() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const talker = voice("wanda", -34, near);
  return oneSided(rate, withNoise(talker, pink(length, 5301), -60), talker);
}

/** Three people at a table, the last far from the microphone; the gain control should bring all to one level. @returns {Scene} */
export function tableOfTalkers() {
  const rate = 48000;
  const { length, voice } = voices(rate, seconds);
  const turns = /** @type {const} */ ([
    ["emma", -22, [[0.4, 2.8]], 6],
    ["david", -30, [[3, 5.4]], 0],
    ["greta", -38, [[5.6, 8.2]], -4],
  ]);
  const heard = turns.map(([name, level, when, directDb], index) =>
    inRoom(voice(name, level, when), { rate, seed: 5401 + index, rt60Ms: 350, directDb }),
  );
  const talkers = mix(...heard);
  const spans = { near: [[5.7, 8.1]], noise: [[8.5, 9]] };
  return oneSided(rate, withNoise(talkers, pink(length, 5411), -66), talkers, spans);
}

/** Shouting into the microphone, and a murmur right after: what is measured is the murmur. @returns {Scene} */
export function shoutThenMurmur() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const talker = mix(voice("frank", -10, [[0.4, 3.4]]), voice("frank", -40, [[3.8, 8.2]]));
  const spans = { near: [[4, 8.2]], noise: [[8.5, 9]] };
  return oneSided(rate, withNoise(talker, pink(length, 5501), -70), talker, spans);
}
