/** Owns the claims about outputs that may differ a little. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Tolerance } from "../../src/model/tolerance.js";
import { bytesDifference } from "../../src/usecases/outputs/bytes.js";
import { compareOutput } from "../../src/usecases/outputs/compare-output.js";
import { isNear, numbersDifference, ulpsApart } from "../../src/usecases/outputs/numbers.js";
import { readWav } from "../../src/usecases/outputs/wav.js";
import { temporaryFolder } from "../helpers/temp.js";

const root = temporaryFolder();

async function compare(legacy: string | Uint8Array, latest: string | Uint8Array, tolerance: Tolerance) {
  for (const [flavor, bytes] of [["legacy", legacy] as const, ["latest", latest] as const]) {
    mkdirSync(join(root, flavor), { recursive: true });
    writeFileSync(join(root, flavor, "out"), bytes);
  }
  return await compareOutput(
    { file: "out", legacy: join(root, "legacy"), latest: join(root, "latest"), root, timeoutSeconds: 5 },
    tolerance,
  );
}

/** 16-bit PCM. */
function wav(samples: readonly number[], { channels = 1, rate = 48000 } = {}): Buffer {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples.length * 2, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * channels * 2, 28);
  head.writeUInt16LE(channels * 2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples.length * 2, 40);
  const body = Buffer.alloc(samples.length * 2);
  for (const [index, sample] of samples.entries()) body.writeInt16LE(sample, index * 2);
  return Buffer.concat([head, body]);
}

const TONE = Array.from({ length: 4800 }, (_, index) => Math.round(10000 * Math.sin(index / 7)));

/** The difference but for bytes 2 and 3. */
function butForTwo(legacy: string, latest: string) {
  return bytesDifference(Buffer.from(legacy), Buffer.from(latest), [{ from: 2, to: 4 }]);
}

function by(script: string): Tolerance {
  return { kind: "command", run: ["sh", "-c", script, "sh", "{legacy}", "{latest}"] };
}

describe("exact bytes", () => {
  it("are equal, or differ first in a place that is named", async () => {
    expect(await compare("abc", "abc", { kind: "exact" })).toEqual({ file: "out", status: "equal", detail: "" });
    expect(await compare("abcd", "abxd", { kind: "exact" })).toMatchObject({ status: "beyond", detail: "first in byte 2: 63 64 → 78 64" });
    expect(await compare("abc", "abcd", { kind: "exact" })).toMatchObject({ detail: "first in byte 3: 3 bytes → 4 bytes" });
  });

  it("may differ in ranges that do not count, and there alone", () => {
    expect(butForTwo("abXXef", "abYYef")).toBeUndefined();
    expect(butForTwo("abXXef", "abYYeg")).toMatchObject({ where: "byte 5" });
    expect(butForTwo("aaXXef", "abXXef")).toMatchObject({ where: "byte 1" });
  });
});

describe("numbers in a text", () => {
  it("may lie as far apart as said, and the words around them must be the same", () => {
    const tolerance: Tolerance = { kind: "numbers", absolute: 0.01 };
    expect(numbersDifference("gain 1.500 dB\nok", "gain 1.505 dB\nok", tolerance)).toBeUndefined();
    expect(numbersDifference("gain 1.5 dB\nok", "gain 1.6 dB\nok", tolerance)).toEqual({ where: "line 1", what: "number 1: 1.5 → 1.6" });
    expect(numbersDifference("a 1\nb", "a 1\nc", tolerance)).toEqual({ where: "line 2", what: "'b' → 'c'" });
    expect(numbersDifference("a\nb", "a", tolerance)).toEqual({ where: "line 2", what: "latest ends before it" });
    expect(numbersDifference("a", "a\nb", tolerance)).toEqual({ where: "line 2", what: "legacy ends before it" });
  });

  it("that are none are near themselves alone", () => {
    const wide = { kind: "numbers" as const, absolute: 1e300, relative: 1e300, ulp: Number.MAX_SAFE_INTEGER };
    expect(isNear(Number.NaN, Number.NaN, wide)).toBe(true);
    expect(isNear(1, Number.NaN, wide)).toBe(false);
    expect(isNear(Infinity, -Infinity, wide)).toBe(false);
  });

  it("are counted apart in doubles: the next one is one away, on either side of zero, too", () => {
    expect(ulpsApart(1, 1 + Number.EPSILON)).toBe(1n);
    expect(ulpsApart(5e-324, -5e-324)).toBe(2n);
    expect(ulpsApart(0, -0)).toBe(0n);
    fc.assert(fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => ulpsApart(a, b) === ulpsApart(b, a)));
  });
});

describe("sound", () => {
  it("half a decibel louder is 24.5 dB below itself, and the first frame beyond is named", async () => {
    const louder = TONE.map((sample) => Math.round(sample * 10 ** (0.5 / 20)));
    const { status, detail } = await compare(wav(TONE), wav(louder), { kind: "audio", snrDb: 30 });
    expect(status).toBe("beyond");
    expect(detail).toMatch(/^SNR 24\.5 dB, 30 wanted; first in frame \d+ \(0\.00\d s\), channel 1: 0\.\d+ → 0\.\d+$/);
    expect(await compare(wav(TONE), wav(louder), { kind: "audio", snrDb: 24 })).toMatchObject({ status: "within" });
  });

  it("with its channels swapped, of another length or rate, or no sound at all is told as such", async () => {
    const stereo = TONE.flatMap((sample, index) => [sample, Math.round(sample / 2) + (index % 3)]);
    const swapped = stereo.map((_, index) => stereo[index ^ 1] ?? 0);
    const audio: Tolerance = { kind: "audio", snrDb: 20 };
    expect(await compare(wav(stereo, { channels: 2 }), wav(swapped, { channels: 2 }), audio)).toMatchObject({ status: "beyond" });
    expect((await compare(wav(TONE), wav(TONE.slice(1)), audio)).detail).toBe("first in the end: 4800 frames → 4799");
    expect((await compare(wav(TONE), wav(TONE, { rate: 16000 }), audio)).detail).toBe("first in the head: 48000 Hz → 16000 Hz");
    expect(await compare(wav(TONE), "garbage", audio)).toMatchObject({
      status: "unreadable",
      detail: expect.stringContaining("latest's is no WAVE"),
    });
  });

  it("is read in full scale, whatever follows or precedes the samples", () => {
    const bytes = wav([16384, -32768]);
    const extra = Buffer.concat([
      bytes.subarray(0, 36),
      Buffer.from("LIST\u0003\0\0\0abc\0", "latin1"),
      bytes.subarray(36),
      Buffer.from("id3 "),
    ]);
    expect(readWav(extra)).toMatchObject({ rate: 48000, channels: 1 });
    expect([...(readWav(extra)?.samples ?? [])]).toEqual([0.5, -1]);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (noise) => readWav(Buffer.concat([bytes.subarray(0, 20), noise])) !== null));
  });
});

describe("a comparing command", () => {
  it("decides by its exit code, and its last line is the reason", async () => {
    expect(await compare("1", "2", by("echo near; exit 0"))).toEqual({ file: "out", status: "within", detail: "near" });
    expect(await compare("1", "2", by('echo "$(cat $1) is not $(cat $2)"; exit 1'))).toMatchObject({
      status: "beyond",
      detail: "1 is not 2",
    });
    expect(await compare("1", "2", by("exit 7"))).toMatchObject({ status: "unreadable", detail: "the comparing command ended with 7" });
  });

  it("that is not there is told with the output that names it", async () => {
    const missing: Tolerance = { kind: "command", run: ["no-such-command", "{legacy}"] };
    await expect(compare("1", "2", missing)).rejects.toMatchObject({ message: expect.stringContaining("no-such-command, which compares") });
  });
});
