/** Owns the claims about the evidence behind a verdict: sounds as curves, and files as links. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

import type { UseCaseResult } from "../../src/model/use-case.js";
import { gatherEvidence } from "../../src/usecases/evidence/gather-evidence.js";
import { bandCentres, soundCurves } from "../../src/usecases/evidence/sound-curves.js";
import { temporaryFolder } from "../helpers/temp.js";

const RATE = 16000;

function tone(hertz: number, amplitude: number, seconds: number): Float64Array {
  return Float64Array.from({ length: RATE * seconds }, (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / RATE));
}

/** 16-bit PCM, one channel. */
function wavOf(samples: Float64Array): Buffer {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + 2 * samples.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  [16, 0x10001, RATE, 2 * RATE, 0x100002].forEach((value, index) => head.writeUInt32LE(value, 16 + 4 * index));
  head.write("data", 36, "latin1");
  head.writeUInt32LE(2 * samples.length, 40);
  return Buffer.concat([head, Buffer.from(Int16Array.from(samples, (x) => Math.round(x * 32767)).buffer)]);
}

test("a tone has its level over the time, and in its own third octave alone", () => {
  const { levels, bands } = soundCurves({ rate: RATE, channels: 1, samples: tone(1000, 0.5, 2) });
  expect(new Set(levels.map((level) => Math.round(level)))).toEqual(new Set([-9]));
  const centres = bandCentres(RATE);
  expect(centres.at(-1)).toBe(6350);
  expect(bands[centres.indexOf(1000)]).toBeCloseTo(-9, 0);
  expect(Math.max(...bands.filter((_, index) => Math.abs(index - centres.indexOf(1000)) > 1))).toBeLessThan(-60);
});

test("channels count alike, and silence has a floor", () => {
  const one = tone(1000, 0.5, 1);
  const samples = Float64Array.from({ length: 2 * one.length }, (_, i) => (i % 2 === 0 ? (one[i / 2] ?? 0) : 0));
  expect(soundCurves({ rate: RATE, channels: 2, samples }).levels[60]).toBeCloseTo(-12, 0);
  expect(soundCurves({ rate: RATE, channels: 1, samples: new Float64Array(100) }).bands[0]).toBe(-120);
});

test("what is no number leaves no gap in a curve", () => {
  const samples = tone(1000, 0.5, 1);
  samples[8000] = Number.NaN;
  samples[8001] = Number.POSITIVE_INFINITY;
  samples[8002] = 1e200;
  const { levels, bands } = soundCurves({ rate: RATE, channels: 1, samples });
  expect([...levels, ...bands].filter((value) => !Number.isFinite(value) || Math.abs(value) > 120)).toEqual([]);
});

function resultOf(id: string): UseCaseResult {
  const outputs = ["legacy", "latest"].map((flavor) => ({ flavor, file: "out one.wav", sha256: "ab" }));
  const told = { id, name: id, owner: "a team", purpose: "a test", verdict: "no worse" as const, detail: "", stack: [] };
  return { ...told, metrics: [], compared: [], outputs, commands: [] };
}

test("files are linked from the report's folder; sounds of both flavors become curves, others do not", async () => {
  const folder = temporaryFolder();
  const out = join(folder, "use-cases");
  const sounds = { alike: [2, 2], "of-two-lengths": [2, 1] } as const;
  for (const [id, [legacy, latest]] of Object.entries(sounds)) {
    for (const [flavor, seconds] of Object.entries({ legacy, latest })) {
      await mkdir(join(out, id, flavor), { recursive: true });
      await writeFile(join(out, id, flavor, "out one.wav"), wavOf(tone(500, flavor === "legacy" ? 0.5 : 0.25, seconds)));
    }
  }
  const ids = [...Object.keys(sounds), "gone"];
  const evidence = await gatherEvidence(ids.map(resultOf), out, join(folder, "report"));
  expect(evidence.map(({ id, sounds: found }) => [id, found.length])).toEqual([
    ["alike", 1],
    ["of-two-lengths", 0],
    ["gone", 0],
  ]);
  expect(evidence[0]?.files[1]).toEqual({ flavor: "latest", file: "out one.wav", href: "../use-cases/alike/latest/out%20one.wav" });
  const [sound] = evidence[0]?.sounds ?? [];
  expect(sound?.seconds).toBe(2);
  expect((sound?.latest.levels[60] ?? 0) - (sound?.legacy.levels[60] ?? 0)).toBeCloseTo(-6, 0);
});
