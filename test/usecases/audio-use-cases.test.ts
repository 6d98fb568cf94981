/** Owns the claims about the audio example's register and the signals made for it. */
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { loadConfig } from "../../src/config/load-config.js";
import { configuredUseCases } from "../../src/pipeline/configured-use-cases.js";
import { runOk } from "../../src/support/exec.js";
import { loadUseCases } from "../../src/usecases/load-use-cases.js";
import { fillPlaceholders } from "../../src/usecases/placeholders.js";

const ROOT = join(import.meta.dirname, "../../examples/webrtc-audio");
const useCases = await loadUseCases(join(ROOT, "use-cases"));
/** Those whose signals are made here: some of every kind, among them all that send something that the others do not. */
const MADE = new Set([
  "denormals",
  "desk-phone",
  "headset-wind",
  "hold-music",
  "low-cost-mobile",
  "missing-render-frames",
  "percussion-48k",
  "smart-speaker-array",
  "speakerphone-echo",
  "stereo-music-44k",
]);
const HAS_ESPEAK = spawnSync("espeak-ng", ["--version"]).status === 0;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unfork-signals-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Makes the inputs of a use case into a sub-folder; gives that. */
async function make(id: string, name: string): Promise<string> {
  const inputs = join(folder, name);
  for (const words of useCases.find((useCase) => useCase.id === id)?.prepare ?? []) {
    const [command = "", ...args] = fillPlaceholders(words, { inputs, root: ROOT });
    await runOk({ command, args });
  }
  return inputs;
}

/** The words from the inputs up to the outputs: what single and joint run must share. */
function inputFlags(words: readonly string[]): string[] {
  return words.slice(
    words.findIndex((word) => word === "--capture" || word === "--inputs"),
    words.findIndex((word) => word.startsWith("--out")),
  );
}

/** Those measured by a metric whose id fits. */
function measuredBy(metric: RegExp): string[] {
  return useCases.filter((useCase) => useCase.metrics.some((each) => metric.test(each.id))).map(({ id }) => id);
}

interface Wav {
  readonly rate: number;
  readonly channels: number;
  readonly samples: Float64Array;
}

async function readWav(path: string): Promise<Wav> {
  const bytes = await readFile(path);
  const data = bytes.subarray(44);
  const isFloat = bytes.readUInt16LE(20) === 3;
  const width = isFloat ? 4 : 2;
  return {
    channels: bytes.readUInt16LE(22),
    rate: bytes.readUInt32LE(24),
    samples: Float64Array.from({ length: data.length / width }, (_, index) =>
      isFloat ? data.readFloatLE(4 * index) : data.readInt16LE(2 * index) / 32768,
    ),
  };
}

/** Level of a span in dB relative to full scale, over all channels. */
function levelOf({ rate, channels, samples }: Wav, from: number, to: number): number {
  const span = samples.subarray(Math.round(from * rate) * channels, Math.round(to * rate) * channels);
  const power = span.reduce((sum, x) => sum + x ** 2, 0) / span.length;
  return 10 * Math.log10(power);
}

async function readSegments(inputs: string): Promise<{ from: number; to: number; label: string }[]> {
  const lines = (await readFile(join(inputs, "segments.txt"), "utf8")).trimEnd().split("\n");
  return lines.map((line) => {
    const [from, to, label = ""] = line.split("\t");
    return { from: Number(from), to: Number(to), label };
  });
}

describe("the register", () => {
  test("holds 54 use cases, of several teams, each judged on more than what is measured", () => {
    expect(useCases.length).toBe(54);
    expect(new Set(useCases.map((useCase) => useCase.owner)).size).toBeGreaterThanOrEqual(3);
    expect(new Set(useCases.map((useCase) => useCase.purpose)).size).toBe(54);
    expect(useCases.filter((useCase) => useCase.metrics.every((metric) => metric.measured))).toEqual([]);
  });

  test("makes the signals of each use case by its own id", () => {
    expect(useCases.map((useCase) => useCase.prepare.flat().includes(useCase.id))).toEqual(useCases.map(() => true));
  });

  test("names only its own use cases in the plain demo, and all in the full one", async () => {
    const quick = await loadConfig(join(ROOT, "unfork.config.ts"), ROOT);
    const full = await loadConfig(join(ROOT, "full.config.ts"), ROOT);
    expect(configuredUseCases(useCases, quick.config.useCases?.only, "unfork.config.ts").length).toBe(18);
    expect(configuredUseCases(useCases, full.config.useCases?.only, "full.config.ts").length).toBe(54);
  });

  test("measures intelligibility and colour only where the near end alone is at hand", () => {
    const given = new Set(useCases.filter(({ run }) => run.includes("--near") || run.includes("--inputs")).map(({ id }) => id));
    const measured = measuredBy(/stoi|spectralDistance/);
    expect(measured.filter((id) => !given.has(id))).toEqual([]);
    expect(measured.length).toBeGreaterThan(27);
  });

  test("measures echo where the echo canceller is on, and only there", () => {
    const measures = useCases.filter((useCase) => useCase.metrics.some((metric) => /erle|serGain/.test(metric.id)));
    const cancels = useCases.filter((useCase) => !useCase.run.includes("aec=off"));
    expect(measures.map((useCase) => useCase.id)).toEqual(cancels.map((useCase) => useCase.id));
    expect(measures.length).toBeGreaterThanOrEqual(6);
  });

  test("runs both flavors at once as it runs one", () => {
    const joint = useCases.filter((useCase) => useCase.both !== undefined);
    expect(joint.length).toBeGreaterThanOrEqual(3);
    expect(joint.map((useCase) => inputFlags(useCase.both?.run ?? []))).toEqual(joint.map((useCase) => inputFlags(useCase.run)));
  });
});

test("a use case without a scene is refused with the scenes there are", async () => {
  const made = runOk({ command: "node", args: [join(ROOT, "signals/make-signals.mjs"), "moon-landing", folder] });
  await expect(made).rejects.toMatchObject({
    code: "tool-failed",
    message: expect.stringContaining("use cases: barge-in, bluetooth-narrowband") as string,
  });
});

test("a missing espeak-ng is told with the command that installs it", async () => {
  const made = runOk({
    command: process.execPath,
    args: [join(ROOT, "signals/make-signals.mjs"), "laptop-call", folder],
    env: { PATH: "/nowhere" },
  });
  await expect(made).rejects.toMatchObject({ message: expect.stringContaining("run `apt install espeak-ng`") as string });
});

describe.skipIf(!HAS_ESPEAK)("the signals (need espeak-ng)", () => {
  test.each(useCases.filter(({ id }) => MADE.has(id)).map((useCase) => [useCase.id, useCase] as const))(
    "of %s fit together and say what they should",
    async (id, useCase) => {
      const inputs = await make(id, id);
      const capture = await readWav(join(inputs, "capture.wav"));
      const render = await readWav(join(inputs, "render.wav"));
      const segments = await readSegments(inputs);
      const seconds = capture.samples.length / capture.channels / capture.rate;

      expect([8000, 16000, 32000, 44100, 48000]).toContain(capture.rate);
      expect([render.rate, render.samples.length / render.channels]).toEqual([capture.rate, seconds * capture.rate]);
      expect(seconds).toBeGreaterThanOrEqual(8);
      expect(segments.length).toBeGreaterThan(0);
      expect(segments.filter(({ from, to }) => from < 0 || to <= from || to > seconds)).toEqual([]);
      const measurable = {
        far: /erle|serGain/,
        near: /nearGain|serGain|snrGain|latency|speechLevel|spectralDistance/,
        noise: /noiseReduction|snrGain/,
      };
      const labels = new Set(segments.map((segment) => segment.label));
      const missing = Object.entries(measurable).filter(
        ([label, metric]) => !labels.has(label) && useCase.metrics.some((each) => metric.test(each.id)),
      );
      expect(missing).toEqual([]);
      const silent = segments.filter(({ label, from, to }) => label === "far" && levelOf(render, from, to) < -40);
      expect(silent).toEqual([]);
      const loudFarEnd = segments.filter(({ label, from, to }) => label === "noise" && levelOf(render, from, to) > -90);
      expect(loudFarEnd).toEqual([]);
    },
  );

  test("are the same bytes each time", async () => {
    const [first, second] = [await make("speakerphone-echo", "first"), await make("speakerphone-echo", "second")];
    for (const file of ["capture.wav", "render.wav", "segments.txt"]) {
      expect((await readFile(join(first, file))).equals(await readFile(join(second, file)))).toBe(true);
    }
  });

  test("of the speakerphone have an echo that is louder than the near end", async () => {
    const inputs = await make("speakerphone-echo", "loudness");
    const capture = await readWav(join(inputs, "capture.wav"));
    const segments = await readSegments(inputs);
    const level = (wanted: string) => {
      const span = segments.find(({ label }) => label === wanted);
      return levelOf(capture, span?.from ?? 0, span?.to ?? 1);
    };
    expect(level("far")).toBeGreaterThan(level("near"));
    expect(level("near")).toBeGreaterThan(level("noise") + 15);
  });
});
