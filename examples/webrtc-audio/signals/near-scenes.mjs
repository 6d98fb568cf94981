/** Owns the scenes without echo: what is around the talker, and how he is heard. */
import { bandPass, highPass, lowPass } from "./filters.mjs";
import { atLevel, hardClip, mix, scaled, fromDb } from "./levels.mjs";
import { cymbal, music } from "./music.mjs";
import { keyboard, pink, white, wind } from "./noise.mjs";
import { inRoom } from "./room.mjs";
import { MONOLOGUE, oneSided, voices, withNoise } from "./stage.mjs";

/** @typedef {import("./stage.mjs").Scene} Scene */

const { seconds, near } = MONOLOGUE;

/** @returns {Scene} */
export function headsetWind() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const outdoors = mix(atLevel(wind(length, rate, 301), -30), atLevel(pink(length, 302), -68));
  const talker = voice("emma", -22, near);
  return oneSided(rate, mix(talker, outdoors), talker);
}

/** @returns {Scene} */
export function music48k() {
  const rate = 48000;
  const length = rate * seconds;
  const played = atLevel(highPass(music(length, rate, 501), rate, 40), -22);
  return oneSided(rate, withNoise(played, pink(length, 502), -75), played, { near: [[1, 9]] });
}

/** Shakers and hi-hats: nearly all they have lies above 14 kHz. @returns {Scene} */
export function percussion48k() {
  const rate = 48000;
  const length = rate * seconds;
  const treble = highPass(highPass(cymbal(length, rate, 511), rate, 15000), rate, 15000);
  const played = atLevel(treble, -34);
  return oneSided(rate, withNoise(played, pink(length, 512), -75), played, { near: [[1, 9]] });
}

/** @returns {Scene} */
export function quietFarSpeech() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const talker = inRoom(voice("clara", -44, near), { rate, seed: 601, rt60Ms: 450, directDb: -3 });
  return oneSided(rate, withNoise(talker, pink(length, 602), -66), talker);
}

/** @returns {Scene} */
export function clippedMicrophone() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const talker = voice("david", -14, near);
  const loud = withNoise(talker, pink(length, 701), -50);
  return oneSided(rate, hardClip(loud, 12, -0.5), talker);
}

/** @returns {Scene} */
export function keyboardTyping() {
  const rate = 48000;
  const { length, voice } = voices(rate, seconds);
  const keys = scaled(keyboard(length, rate, 901), fromDb(-16));
  const talker = voice("ben", -26, near);
  return oneSided(rate, withNoise(mix(talker, keys), pink(length, 902), -64), talker);
}

/** @returns {Scene} */
export function cafeBabble() {
  const rate = 16000;
  const { length, voice } = voices(rate, seconds);
  const all = [[0, seconds]];
  const crowd = ["ben", "clara", "david", "emma", "frank", "greta", "hugo"].map((name) => voice(name, -30, all));
  const room = inRoom(mix(...crowd), { rate, seed: 1401, rt60Ms: 600, directDb: -9 });
  const babble = mix(atLevel(room, -34), atLevel(pink(length, 1402), -48));
  const talker = voice("anna", -22, near);
  return oneSided(rate, mix(talker, babble), talker);
}

/** Nobody talks: the hiss of a quiet room, with one chair moved. @returns {Scene} */
export function silentRoom() {
  const rate = 32000;
  const length = rate * seconds;
  const hiss = atLevel(white(length, 1301), -72);
  const chair = new Float64Array(length);
  const creak = atLevel(bandPass(white(rate / 2, 1302), rate, 600, 4), -42);
  chair.set(
    creak.map((x, i) => x * Math.sin((Math.PI * i) / creak.length)),
    2 * rate,
  );
  const capture = mix(hiss, lowPass(chair, rate, 4000));
  return oneSided(rate, capture, undefined, { noise: [[5, 9]] });
}
