/** Owns the common shape of a scene: who talks when, and in which spans what can be measured. */
import { atLevel, mix } from "./levels.mjs";
import { talker } from "./speech.mjs";

/**
 * @typedef {[number, number]} Span seconds, from and to
 * @typedef {{ far?: Span[], near?: Span[], noise?: Span[] }} Spans
 *   far: the far end alone is heard, all speech is echo; near: the near end talks; noise: nobody talks
 * @typedef {{ rate: number, capture: Float64Array[], render: Float64Array[], spans: Spans }} Scene
 *   channels of equal length, and the spans to measure in
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
  spans: /** @type {Spans} */ ({ far: [[2.4, 4.4]], near: [[5, 7]], noise: [[9, 10]] }),
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

/** Adds noise at a level to a signal. */
export function withNoise(signal, noise, dbfs) {
  return mix(signal, atLevel(noise, dbfs));
}
