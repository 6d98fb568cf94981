/** Owns the noises of places and machines. Each has mean 0; set its level with `atLevel`. */
import { bandPass, highPass, lowPass } from "./filters.mjs";
import { atLevel, fromDb, mix } from "./levels.mjs";
import { brown, pink, white } from "./noise.mjs";
import { uniform } from "./random.mjs";

/** A street: a far rumble, and a car every few seconds that swells and is gone. */
export function street(length, rate, seed) {
  const next = uniform(seed);
  const passing = new Float64Array(length);
  const tyres = lowPass(highPass(pink(length, seed + 1), rate, 200), rate, 1800);
  for (let at = 0.5; at * rate < length; at += 1.8 + 1.5 * next()) {
    const width = 0.5 + 0.5 * next();
    for (let i = 0; i < length; i++) passing[i] += tyres[i] / (1 + ((i / rate - at) / width) ** 4);
  }
  return mix(atLevel(lowPass(brown(length, rate, seed + 2), rate, 300), -6), atLevel(passing, -3), atLevel(pink(length, seed + 3), -18));
}

/** A carriage: rumble, the air conditioning, and two bogies over a joint of the rails every 1.1 s. */
export function train(length, rate, seed) {
  const joints = new Float64Array(length);
  for (let at = 0.3; at < length / rate; at += 1.1) {
    for (const [after, db] of [
      [0, 0],
      [0.11, -3],
      [0.42, -2],
      [0.53, -5],
    ])
      thud(joints, Math.round((at + after) * rate), rate, fromDb(db), seed + Math.round(at * 10));
  }
  const rumble = lowPass(brown(length, rate, seed + 1), rate, 180);
  return mix(atLevel(rumble, -4), atLevel(bandPass(joints, rate, 220, 1), -5), atLevel(lowPass(pink(length, seed + 2), rate, 3000), -12));
}

function thud(into, from, rate, loud, seed) {
  const draw = white(Math.round(0.12 * rate), seed);
  for (let i = 0; i < draw.length && from + i < into.length; i++) into[from + i] += draw[i] * loud * Math.exp(-i / (0.025 * rate));
}

/** Rain on a window: a hiss of many drops, and single ones close by. */
export function rain(length, rate, seed) {
  const next = uniform(seed);
  const drops = new Float64Array(length);
  for (let at = 0; at < length; at += rate * 0.002 * (0.2 + 2 * next())) drops[Math.floor(at)] = (next() < 0.02 ? 9 : 1) * (next() - 0.5);
  return mix(atLevel(bandPass(drops, rate, 4500, 0.6), -2), atLevel(highPass(pink(length, seed + 1), rate, 900), -6));
}

/** A fan: hum of its blades with overtones, flutter, and air. */
export function fan(length, rate, seed) {
  const flutter = atLevel(lowPass(white(length, seed), rate, 6), -14);
  const blades = tones(length, rate, 118, [1, 0.5, 0.3, 0.2, 0.1]).map((x, i) => x * (1 + flutter[i]));
  return mix(atLevel(blades, -7), atLevel(lowPass(pink(length, seed + 1), rate, 2500), -3));
}

/** A vacuum cleaner: the whine of a fast motor over broad noise. */
export function vacuumCleaner(length, rate, seed) {
  const motor = tones(length, rate, 410, [1, 0.2, 0.6, 0.1, 0.3, 0.1, 0.2]);
  return mix(atLevel(motor, -8), atLevel(bandPass(white(length, seed), rate, 1200, 0.35), -2));
}

/** The mains in a cable: the frequency and its overtones, strong ones up to high where a rectifier buzzes. */
export function mainsHum(length, rate, hertz, { buzz }) {
  const overtones = Array.from({ length: buzz ? 40 : 7 }, (_, k) => (buzz ? 1 / (1 + k / 4) : [1, 0.35, 0.5, 0.1, 0.25, 0.05, 0.1][k]));
  return tones(length, rate, hertz, overtones);
}

/** A sum of sines at whole multiples of a frequency, as far as the rate holds them. */
function tones(length, rate, hertz, weights) {
  const sum = new Float64Array(length);
  weights.forEach((weight, index) => {
    const step = (2 * Math.PI * hertz * (index + 1)) / rate;
    if (step > 0.9 * Math.PI) return;
    for (let i = 0; i < length; i++) sum[i] += weight * Math.sin(step * i + index * index);
  });
  return sum;
}
