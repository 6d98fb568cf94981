/** Owns the noises around a microphone. Each has mean 0; set its level with `atLevel`. */
import { bandPass, highPass, lowPass } from "./filters.mjs";
import { atLevel, fromDb, mix } from "./levels.mjs";
import { gaussian, uniform } from "./random.mjs";

/** @param {number} length samples @param {number} seed @returns {Float64Array} flat spectrum */
export function white(length, seed) {
  const draw = gaussian(seed);
  return Float64Array.from({ length }, () => draw());
}

/**
 * 3 dB less per octave, as fans and rooms: three one-pole filters after Paul Kellet.
 *
 * @param {number} length @param {number} seed @returns {Float64Array}
 */
export function pink(length, seed) {
  let [a, b, c] = [0, 0, 0];
  return white(length, seed).map((x) => {
    a = 0.99765 * a + x * 0.099046;
    b = 0.963 * b + x * 0.2965164;
    c = 0.57 * c + x * 1.0526913;
    return a + b + c + x * 0.1848;
  });
}

/** @param {number} length @param {number} rate @param {number} seed @returns {Float64Array} 6 dB less per octave above 20 Hz */
export function brown(length, rate, seed) {
  const leak = 1 - (2 * Math.PI * 20) / rate;
  let level = 0;
  return white(length, seed).map((x) => (level = level * leak + x));
}

/**
 * Wind at a microphone: low rumble in gusts of about a second, with flutter.
 *
 * @param {number} length @param {number} rate @param {number} seed @returns {Float64Array}
 */
export function wind(length, rate, seed) {
  const rumble = lowPass(brown(length, rate, seed), rate, 500);
  const gust = lowPass(white(length, seed + 1), rate, 1.3);
  const flutter = lowPass(white(length, seed + 2), rate, 12);
  const gusts = atLevel(gust, 0);
  const flutters = atLevel(flutter, -6);
  return rumble.map((x, i) => x * (0.15 + Math.max(0, gusts[i] + 0.4) ** 2) * Math.abs(1 + flutters[i]));
}

/**
 * A car's cabin at speed: engine harmonics that wander a little, rumble, and the hiss of tyres.
 *
 * @param {number} length @param {number} rate @param {number} seed @returns {Float64Array}
 */
export function car(length, rate, seed) {
  const engine = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const t = i / rate;
    const turn = 2 * Math.PI * (31 * t + 0.8 * Math.sin(2 * Math.PI * 0.13 * t));
    for (let k = 1; k <= 6; k++) engine[i] += Math.sin(k * turn + k * k) / k;
  }
  const rumble = lowPass(brown(length, rate, seed), rate, 250);
  const tyres = lowPass(highPass(pink(length, seed + 1), rate, 300), rate, 2500);
  return mix(atLevel(engine, -8), atLevel(rumble, -3), atLevel(tyres, -14));
}

/**
 * Typing: about seven keys a second, each a press and a softer release of a few milliseconds.
 *
 * @param {number} length @param {number} rate @param {number} seed @returns {Float64Array} peak about 1
 */
export function keyboard(length, rate, seed) {
  const next = uniform(seed);
  const strikes = new Float64Array(length);
  for (let at = 0.05 * rate; at < length; at += rate * (0.07 + 0.15 * next())) {
    const loud = 0.5 + 0.5 * next();
    strike(strikes, Math.round(at), rate, loud, Math.round(next() * 1e9));
    strike(strikes, Math.round(at + rate * (0.05 + 0.03 * next())), rate, loud * fromDb(-8), Math.round(next() * 1e9));
  }
  const body = bandPass(strikes, rate, 900, 1.2);
  const click = bandPass(strikes, rate, 3200, 0.8);
  const sum = mix(body, click);
  const peak = sum.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-9);
  return sum.map((x) => x / peak);
}

function strike(into, from, rate, loud, seed) {
  const draw = gaussian(seed);
  const decay = Math.exp(-1 / (0.003 * rate));
  let level = loud;
  for (let i = from; i < Math.min(into.length, from + Math.round(0.03 * rate)); i++) {
    into[i] += draw() * level;
    level *= decay;
  }
}
