/**
 * Owns what the microphone and the loudspeaker of one device are like: the same scene for all, but each device has its own microphone gain,
 * playback level, hiss and place in the room. Everything follows from the device's number.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { atLevel, fromDb, mix, scaled } from "../signals/levels.mjs";
import { white } from "../signals/noise.mjs";
import { gaussian } from "../signals/random.mjs";
import { writeWav } from "../signals/wav.mjs";

/** Standard deviation of the microphones' gains and of the hiss's level, in dB. */
const GAIN_DB = 3;
const HISS_DB = 4;
const HISS_DBFS = -64;

/**
 * Writes capture.wav, render.wav, near.wav and segments.txt of a device.
 *
 * @param {import("../signals/stage.mjs").Scene} scene
 * @param {number} device
 * @param {string} folder
 */
export function writeDeviceInputs({ rate, capture, render, near, spans }, device, folder) {
  const draw = gaussian(7919 * device + 1);
  const gain = fromDb(GAIN_DB * draw());
  const hiss = atLevel(white(capture[0].length, 104_729 * device + 2), HISS_DBFS + HISS_DB * draw());
  mkdirSync(folder, { recursive: true });
  writeWav(
    join(folder, "capture.wav"),
    rate,
    capture.map((channel) => mix(scaled(channel, gain), hiss)),
  );
  writeWav(join(folder, "render.wav"), rate, render);
  if (near !== undefined) writeWav(join(folder, "near.wav"), rate, [scaled(near, gain)]);
  writeFileSync(join(folder, "segments.txt"), segmentLines(spans));
}

function segmentLines(spans) {
  const segments = Object.entries(spans).flatMap(([label, list]) => list.map(([from, to]) => ({ label, from, to })));
  return segments
    .toSorted((a, b) => a.from - b.from)
    .map(({ from, to, label }) => `${from.toFixed(3)}\t${to.toFixed(3)}\t${label}\n`)
    .join("");
}
