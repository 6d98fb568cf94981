/** Owns speech: sentences read by espeak-ng with fixed parameters. */
import { spawnSync } from "node:child_process";

import { speechAtLevel } from "./levels.mjs";
import { resample } from "./resample.mjs";
import { decodeWav } from "./wav.mjs";

/** Voices that differ in sex, pitch, speed and accent. */
export const VOICES = {
  anna: { voice: "en-us+f3", pitch: 55, speed: 165 },
  ben: { voice: "en-gb+m3", pitch: 38, speed: 155 },
  clara: { voice: "en-gb-scotland+f2", pitch: 62, speed: 175 },
  david: { voice: "en-us+m1", pitch: 28, speed: 170 },
  emma: { voice: "en-gb-x-rp+f4", pitch: 48, speed: 150 },
  frank: { voice: "en-gb-x-gbclan+m4", pitch: 45, speed: 185 },
  greta: { voice: "de+f5", pitch: 58, speed: 160 },
  hugo: { voice: "en-us+m7", pitch: 33, speed: 145 },
  // A child, a very low voice, and one that only whispers.
  casey: { voice: "en-us+f5", pitch: 95, speed: 150 },
  otto: { voice: "en-gb+m6", pitch: 2, speed: 130 },
  wanda: { voice: "en-us+whisperf", pitch: 50, speed: 145 },
};

const TEXT = [
  "Good morning, can you hear me well?",
  "The numbers of the third quarter came in late last night.",
  "Please send the shipment to the warehouse by the river.",
  "She sells fresh bread and strawberry jam at the corner shop.",
  "We should move the meeting to half past four on Thursday.",
  "Which of these five boxes do you want to keep?",
  "He pushed the heavy wooden door and stepped outside.",
  "Zebras, jackals and foxes were quietly watching the valley.",
];

/**
 * One talker for a whole scene: speaking in the given spans, silent outside of them.
 *
 * @param {keyof VOICES} name
 * @param {{ rate: number, length: number, level: number, spans: [number, number][] }} scene
 *   length in samples, level of active speech in dBFS, spans in seconds
 * @returns {Float64Array}
 */
export function talker(name, { rate, length, level, spans }) {
  const needed = spans.reduce((sum, [from, to]) => sum + to - from, 0);
  const speech = speechAtLevel(read(name, rate, needed), rate, level);
  const track = new Float64Array(length);
  let used = 0;
  for (const [from, to] of spans) {
    const count = Math.round((to - from) * rate);
    track.set(faded(speech.slice(used, used + count), rate), Math.round(from * rate));
    used += count;
  }
  return track;
}

/** At least `seconds` of a voice reading, pauses shortened, at `rate`. */
function read(name, rate, seconds) {
  const first = Object.keys(VOICES).indexOf(name) * 3;
  const sentences = TEXT.map((_, index) => TEXT[(first + index) % TEXT.length]);
  const once = withoutLongPauses(resample22(speak(name, sentences.join(" ")), rate), rate);
  const all = new Float64Array(Math.ceil(seconds * rate));
  for (let from = 0; from < all.length; from += once.length) all.set(once.subarray(0, all.length - from), from);
  return all;
}

function speak(name, text) {
  const { voice, pitch, speed } = VOICES[name];
  const args = ["-v", voice, "-p", String(pitch), "-s", String(speed), "--stdout", text];
  const { status, stdout, stderr, error } = spawnSync("espeak-ng", args, { maxBuffer: 2 ** 26 });
  if (error?.code === "ENOENT") throw new Error("espeak-ng is not installed: run `apt install espeak-ng`");
  if (status !== 0 || stdout.length < 1000) throw new Error(`espeak-ng ${args.slice(0, 6).join(" ")} failed: ${stderr?.toString().trim()}`);
  return decodeWav(stdout);
}

function resample22({ rate, samples }, wanted) {
  return resample(samples, wanted / rate);
}

/** Cuts silences to 0.25 s, so that a span of speech is speech. */
function withoutLongPauses(samples, rate) {
  const most = Math.round(0.25 * rate);
  const kept = [];
  let quiet = 0;
  for (const x of samples) {
    quiet = Math.abs(x) < 0.003 ? quiet + 1 : 0;
    if (quiet <= most) kept.push(x);
  }
  return Float64Array.from(kept);
}

function faded(samples, rate) {
  const ramp = Math.round(0.01 * rate);
  return samples.map((x, i) => x * Math.min(1, i / ramp, (samples.length - 1 - i) / ramp));
}
