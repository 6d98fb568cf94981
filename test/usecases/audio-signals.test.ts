/** Owns the claims about the building blocks of the audio example's signals. */
import { describe, expect, test } from "vitest";

const SIGNALS = new URL("../../examples/webrtc-audio/signals/", import.meta.url);

type Signal = Float64Array;
const { convolve } = (await import(new URL("convolve.mjs", SIGNALS).href)) as { convolve: (samples: Signal, response: Signal) => Signal };
const { resample } = (await import(new URL("resample.mjs", SIGNALS).href)) as { resample: (samples: Signal, ratio: number) => Signal };
const { gaussian, uniform } = (await import(new URL("random.mjs", SIGNALS).href)) as Record<
  "gaussian" | "uniform",
  (seed: number) => () => number
>;
const levels = (await import(new URL("levels.mjs", SIGNALS).href)) as {
  atLevel: (samples: Signal, dbfs: number) => Signal;
  speechAtLevel: (samples: Signal, rate: number, dbfs: number) => Signal;
  hardClip: (samples: Signal, gainDb: number, ceilingDbfs: number) => Signal;
};
const { echo, impulseResponse } = (await import(new URL("room.mjs", SIGNALS).href)) as {
  echo: (render: Signal, path: Record<string, number>) => Signal;
  impulseResponse: (room: Record<string, number>) => Signal;
};

function randomSignal(length: number, seed: number): Signal {
  const draw = gaussian(seed);
  return Float64Array.from({ length }, () => draw());
}

function levelOf(samples: Signal): number {
  return 10 * Math.log10(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
}

function sine(rate: number, hertz: number, seconds: number): Signal {
  return Float64Array.from({ length: rate * seconds }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate));
}

describe("random numbers", () => {
  test("are the same for one seed and others for another", () => {
    expect(randomSignal(50, 7)).toEqual(randomSignal(50, 7));
    expect(randomSignal(50, 7)).not.toEqual(randomSignal(50, 8));
  });

  test("have the mean and spread they are said to have", () => {
    const draws = randomSignal(50_000, 3);
    expect(draws.reduce((a, b) => a + b, 0) / draws.length).toBeCloseTo(0, 1);
    expect(levelOf(draws)).toBeCloseTo(0, 0);
    const next = uniform(5);
    const all = Array.from({ length: 10_000 }, next);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...all)).toBeLessThan(1);
  });
});

test("fast convolution equals the sum it stands for", () => {
  const samples = randomSignal(300, 1);
  const response = randomSignal(47, 2);
  const direct = samples.map((_, i) => response.reduce((sum, h, k) => sum + h * (samples[i - k] ?? 0), 0));
  const fast = convolve(samples, response);
  expect(fast.length).toBe(300);
  expect(Math.max(...fast.map((x, i) => Math.abs(x - (direct[i] ?? 0))))).toBeLessThan(1e-10);
});

describe("a change of sample rate", () => {
  test.each([48000 / 22050, 16000 / 22050, 8000 / 22050, 1.00015])("by %f keeps a tone's frequency, phase and level", (ratio) => {
    const given = resample(sine(22050, 440, 0.5), ratio);
    const wanted = Float64Array.from({ length: given.length }, (_, i) => Math.sin((2 * Math.PI * 440 * i) / (22050 * ratio)));
    const error = given.map((x, i) => x - (wanted[i] ?? 0)).slice(200, -200);
    expect(levelOf(error)).toBeLessThan(-55);
  });

  test("takes out what the new rate cannot carry", () => {
    expect(levelOf(resample(sine(22050, 9000, 0.5), 8000 / 22050).slice(200, -200))).toBeLessThan(-45);
  });
});

describe("levels", () => {
  test("are set to the decibel asked for", () => {
    expect(levelOf(levels.atLevel(randomSignal(4000, 4), -23))).toBeCloseTo(-23, 6);
  });

  test("of speech do not count its pauses", () => {
    const half = new Float64Array(32000);
    half.set(randomSignal(16000, 6));
    const speech = levels.speechAtLevel(half, 16000, -20);
    expect(levelOf(speech.slice(0, 16000))).toBeCloseTo(-20, 6);
  });

  test("that are too high are cut off at the ceiling", () => {
    const clipped = levels.hardClip(sine(16000, 100, 0.1), 12, -6);
    expect(Math.max(...clipped)).toBeCloseTo(10 ** (-6 / 20), 12);
  });
});

describe("the echo path", () => {
  const path = { rate: 16000, seed: 9, delayMs: 40, rt60Ms: 100, directDb: 3, lossDb: 10 };

  test("begins after its delay and has energy 1", () => {
    const response = impulseResponse(path);
    expect(response.findIndex((x) => x !== 0)).toBe(640);
    expect(response.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 9);
  });

  test("takes off the loss it is said to have", () => {
    const render = randomSignal(32000, 10);
    expect(levelOf(echo(render, path).slice(4000)) - levelOf(render)).toBeCloseTo(-10, 0);
  });
});
