/** Owns the common shape of a scene: who talks when, and in which spans what can be measured. */
import { atLevel, mix } from "./levels.mjs";
import { talker } from "./speech.mjs";

/**
 * @typedef {[number, number]} Span seconds, from and to
 * @typedef {{ far?: Span[], near?: Span[], double?: Span[], noise?: Span[] }} Spans
 *   far: the far end alone is heard, all speech is echo; near: the near end talks; double: both talk; noise: nobody talks
 * @typedef {{ from: number, to: number, what: string }} Event seconds; what: `delay:MS` is told to the module, or `no-render` arrives
 * @typedef {{
 *   rate: number, capture: Float64Array[], render: Float64Array[], spans: Spans,
 *   near?: Float64Array, events?: Event[], float?: boolean
 * }} Scene
 *   channels of equal length, and the spans to measure in; the near end alone as the microphone hears it; what happens on the
 *   way to the module; written as float samples where 16 bits do not hold them
 */

/** Far end first, then the near end, then both, then nobody: 10 s. */
export const CALL = {
  seconds: 10,
  far: /** @type {Span[]} */ ([
    [0.4, 4.4],
    [7.2, 8.6],
  ]),
  near: /** @type {Span[]} */ ([[4.8, 8.6]]),
  /** Measured once the echo canceller has had two seconds and the noise estimate has settled. */
  spans: /** @type {Spans} */ ({ far: [[2.4, 4.4]], near: [[5, 7]], double: [[7.4, 8.6]], noise: [[9, 10]] }),
};

/** Only the near end talks, twice, with a pause and an end in which only the surroundings are heard: 9 s. */
export const MONOLOGUE = {
  seconds: 9,
  near: /** @type {Span[]} */ ([
    [0.5, 3.6],
    [4.6, 7.4],
  ]),
  spans: /** @type {Spans} */ ({
    near: [
      [1.5, 3.6],
      [4.7, 7.4],
    ],
    noise: [[7.8, 9]],
  }),
};

/** A track of one talker: `voice("anna", -24, spans)` for a given rate and length. */
export function voices(rate, seconds) {
  const length = Math.round(rate * seconds);
  return { length, voice: (name, level, spans) => talker(name, { rate, length, level, spans }) };
}

/** Silence of the same length, for a loudspeaker that plays nothing. */
export function silenceLike(signal) {
  return new Float64Array(signal.length);
}

/** A scene of one microphone and one loudspeaker. */
export function oneToOne(rate, render, capture, near, spans = CALL.spans) {
  return { rate, capture: [capture], render: [render], near, spans };
}

/** A scene in which nothing is played. */
export function oneSided(rate, capture, near, spans = MONOLOGUE.spans) {
  return { rate, capture: [capture], render: [silenceLike(capture)], near, spans };
}

/** Adds noise at a level to a signal. */
export function withNoise(signal, noise, dbfs) {
  return mix(signal, atLevel(noise, dbfs));
}
