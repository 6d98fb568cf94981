/** Owns the scenes in which one talker stands in the noise of a place or a machine. */
import { mix } from "./levels.mjs";
import { pink } from "./noise.mjs";
import { MONOLOGUE, oneSided, voices, withNoise } from "./stage.mjs";
import { fan, mainsHum, rain, street, train, vacuumCleaner } from "./surroundings.mjs";

/** @typedef {import("./stage.mjs").Scene} Scene */

const { seconds, near } = MONOLOGUE;

/** A voice and what is around it, each at its level. */
function inNoise(rate, name, level, surroundings, dbfs) {
  const { length, voice } = voices(rate, seconds);
  const talker = voice(name, level, near);
  return oneSided(rate, withNoise(talker, surroundings(length), dbfs), talker);
}

/** @returns {Scene} */
export function streetTraffic() {
  return inNoise(16000, "greta", -24, (length) => street(length, 16000, 4101), -38);
}

/** @returns {Scene} */
export function trainCarriage() {
  return inNoise(16000, "hugo", -24, (length) => train(length, 16000, 4201), -36);
}

/** @returns {Scene} */
export function rainOnWindow() {
  return inNoise(32000, "clara", -26, (length) => rain(length, 32000, 4301), -44);
}

/** @returns {Scene} */
export function officeFan() {
  return inNoise(8000, "ben", -26, (length) => fan(length, 8000, 4401), -40);
}

/** @returns {Scene} */
export function hum50() {
  const scene = inNoise(48000, "anna", -24, (length) => mainsHum(length, 48000, 50, { buzz: false }), -32);
  return withHiss(scene, 4501);
}

/** @returns {Scene} */
export function buzz60() {
  const scene = inNoise(8000, "frank", -24, (length) => mainsHum(length, 8000, 60, { buzz: true }), -40);
  return withHiss(scene, 4601);
}

/** Speech and noise are equally loud. @returns {Scene} */
export function vacuumInTheRoom() {
  return inNoise(16000, "emma", -24, (length) => vacuumCleaner(length, 16000, 4701), -26);
}

function withHiss(scene, seed) {
  const [capture] = scene.capture;
  return { ...scene, capture: [withNoise(mix(capture), pink(capture.length, seed), -70)] };
}
