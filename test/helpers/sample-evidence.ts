/** Owns the evidence of the sample report: one use case with its files and a sound whose treble the latest flavor loses. */
import type { Evidence } from "../../src/model/evidence.js";

const HERTZ = [63, 125, 250, 500, 1000, 2000, 4000, 8000];

export function sampleEvidence(): Evidence[] {
  const files = ["legacy", "latest"].map((flavor) => ({ flavor, file: "out.wav", href: `../use-cases/headset-in-wind/${flavor}/out.wav` }));
  const levels = Array.from({ length: 120 }, (_, step) => -30 + 8 * Math.sin(step / 5));
  const bands = HERTZ.map((_, index) => -30 - 2 * index);
  const latest = { levels: levels.map((level) => level - 0.4), bands: bands.map((level, index) => (index < 7 ? level : level - 12.5)) };
  return [{ id: "headset-in-wind", files, sounds: [{ file: "out.wav", seconds: 10, hertz: HERTZ, legacy: { levels, bands }, latest }] }];
}
