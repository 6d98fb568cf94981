/**
 * Owns making the signals of one use case: `node make-signals.mjs <use case> <folder>` writes capture.wav, render.wav,
 * near.wav (the near end alone, where it talks), segments.txt and events.txt (a line `<from> <to> <label>` per span, in
 * seconds). Everything is seeded: the same version of espeak-ng gives the same bytes.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { sceneNamed } from "./scenes.mjs";
import { writeFloatWav, writeWav } from "./wav.mjs";

function segmentLines(spans) {
  const segments = Object.entries(spans).flatMap(([label, list]) => list.map(([from, to]) => ({ label, from, to })));
  return lines(segments.toSorted((a, b) => a.from - b.from));
}

function lines(segments) {
  return segments.map(({ label, from, to }) => `${from.toFixed(3)}\t${to.toFixed(3)}\t${label}\n`).join("");
}

function main([id, folder]) {
  if (id === undefined || folder === undefined) throw new Error("usage: make-signals.mjs <use case> <folder>");
  const { rate, capture, render, near, spans, events, float = false } = sceneNamed(id)();
  const write = float ? writeFloatWav : writeWav;
  mkdirSync(folder, { recursive: true });
  write(join(folder, "capture.wav"), rate, capture);
  write(join(folder, "render.wav"), rate, render);
  if (near !== undefined) write(join(folder, "near.wav"), rate, [near]);
  writeFileSync(join(folder, "segments.txt"), segmentLines(spans));
  if (events !== undefined)
    writeFileSync(join(folder, "events.txt"), lines(events.map(({ from, to, what }) => ({ from, to, label: what }))));
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`make-signals: ${error.message}`);
  process.exitCode = 1;
}
