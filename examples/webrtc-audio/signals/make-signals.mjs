/**
 * Owns making the signals of one use case: `node make-signals.mjs <use case> <folder>` writes capture.wav,
 * render.wav and segments.txt (a line `<from> <to> <label>` per span, in seconds). Everything is seeded:
 * the same version of espeak-ng gives the same bytes.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import * as echoScenes from "./echo-scenes.mjs";
import * as nearScenes from "./near-scenes.mjs";
import { writeWav } from "./wav.mjs";

/** @type {Record<string, () => import("./stage.mjs").Scene>} */
const SCENES = {
  "bluetooth-narrowband": echoScenes.bluetoothNarrowband,
  "cafe-babble": nearScenes.cafeBabble,
  "car-cabin": echoScenes.carCabin,
  "clipped-microphone": nearScenes.clippedMicrophone,
  "clock-drift": echoScenes.clockDrift,
  "echo-path-change": echoScenes.echoPathChange,
  "headset-wind": nearScenes.headsetWind,
  "keyboard-typing": nearScenes.keyboardTyping,
  "laptop-call": echoScenes.laptopCall,
  "long-delay": echoScenes.longDelay,
  "low-cost-mobile": echoScenes.lowCostMobile,
  "meeting-room-double-talk": echoScenes.meetingRoom,
  "music-48k": nearScenes.music48k,
  "percussion-48k": nearScenes.percussion48k,
  "quiet-far-speech": nearScenes.quietFarSpeech,
  "silent-room": nearScenes.silentRoom,
  "speakerphone-echo": echoScenes.speakerphone,
  "stereo-room": echoScenes.stereoRoom,
};

function segmentLines(spans) {
  const segments = Object.entries(spans).flatMap(([label, list]) => list.map(([from, to]) => ({ label, from, to })));
  const sorted = segments.toSorted((a, b) => a.from - b.from);
  return sorted
    .map(
      ({ label, from, to }) => `${from.toFixed(3)}	${to.toFixed(3)}	${label}
`,
    )
    .join("");
}

function main([id, folder]) {
  const scene = SCENES[id];
  if (scene === undefined || folder === undefined) {
    throw new Error(`usage: make-signals.mjs <use case> <folder>; use cases: ${Object.keys(SCENES).join(", ")}`);
  }
  const { rate, capture, render, spans } = scene();
  mkdirSync(folder, { recursive: true });
  writeWav(join(folder, "capture.wav"), rate, capture);
  writeWav(join(folder, "render.wav"), rate, render);
  writeFileSync(join(folder, "segments.txt"), segmentLines(spans));
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`make-signals: ${error.message}`);
  process.exitCode = 1;
}
