/** Holds the parts of a hunt: files taken apart and put together, repeatable changes, shrinking to what is needed, causes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { functionsIn } from "../../src/pipeline/catching/changes.js";
import { seededRandom } from "../../src/support/random.js";
import { crashDifference } from "../../src/usecases/catching/compare-flavors.js";
import { mutate } from "../../src/usecases/catching/mutate.js";
import { piecesOf } from "../../src/usecases/catching/pieces.js";
import { shrink } from "../../src/usecases/catching/shrink.js";
import { readWav } from "../../src/usecases/outputs/wav.js";

/** 16 bit, two channels, 8 kHz. */
function wav(frames: number): Buffer {
  const bytes = Buffer.alloc(44 + 4 * frames);
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(36 + 4 * frames, 4);
  bytes.write("WAVEfmt ", 8, "latin1");
  for (const [at, value] of [
    [16, 16],
    [24, 8000],
    [28, 32_000],
    [40, 4 * frames],
  ] as const)
    bytes.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 2],
    [32, 4],
    [34, 16],
  ] as const)
    bytes.writeUInt16LE(value, at);
  bytes.write("data", 36, "latin1");
  for (let index = 0; index < 2 * frames; index++) bytes.writeInt16LE((index * 37) % 1000, 44 + 2 * index);
  return bytes;
}

/** Line 17, and two more. */
async function needs(bytes: Buffer): Promise<boolean> {
  return bytes.includes("line 17\n") && bytes.toString("utf8").split("\n").length >= 4;
}

function crashed(how: string, ...stack: string[]) {
  return { status: "crashed", how, stack } as const;
}

describe("piecesOf", () => {
  it("tells sound, text and bytes apart, and puts any of them together again", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (array) => {
        const whole = piecesOf(Buffer.from(array));
        expect(whole.build(whole.pieces)).toEqual(Buffer.from(array));
      }),
    );
    expect([wav(10), Buffer.from("1 2\n3\n"), Buffer.from([0, 255, 7])].map((bytes) => piecesOf(bytes).kind)).toEqual([
      "sound",
      "text",
      "bytes",
    ]);
  });

  it("takes raw samples for sound by the file's name, and leaves them whole samples", () => {
    const whole = piecesOf(Buffer.alloc(101), "signal.pcm");
    expect([whole.kind, whole.pieces.length, whole.build(whole.pieces.slice(1)).length]).toEqual(["sound", 50, 98]);
    expect(piecesOf(Buffer.alloc(101), "signal.bin").kind).toBe("bytes");
  });

  it("keeps a sound readable when frames are left out", () => {
    const whole = piecesOf(wav(100));
    const sound = readWav(whole.build(whole.pieces.slice(10, 30)));
    expect(sound).toMatchObject({ rate: 8000, channels: 2 });
    expect(sound?.samples).toHaveLength(40);
  });
});

describe("mutate", () => {
  it("changes alike by the same seed, says what it did, and leaves a sound a sound", () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 60; seed++) {
      const [one, other] = [mutate(wav(50), seededRandom(seed)), mutate(wav(50), seededRandom(seed))];
      expect(one.bytes).toEqual(other.bytes);
      expect(readWav(one.bytes)).toBeDefined();
      for (const how of one.how) seen.add(how.split(" in ")[0] ?? "");
    }
    expect([...seen].toSorted()).toEqual(
      ["ended", "full scale", "left out", "louder ×8", "noise", "offset", "quieter ÷64", "silence", "twice", "upside down"].toSorted(),
    );
  });
});

describe("shrink", () => {
  it("comes down to the lines that are needed, with the rest made plain", async () => {
    const lines = Array.from({ length: 64 }, (_, index) => `line ${index}\n`);
    const { bytes, tries } = await shrink(Buffer.from(lines.join("")), needs, 500);
    expect(
      bytes
        .toString("utf8")
        .split("\n")
        .filter((line) => line !== ""),
    ).toHaveLength(3);
    expect(bytes.toString("utf8")).toContain("line 17\n");
    expect(bytes.toString("utf8").match(/line 0\n/g)).toHaveLength(2);
    expect(tries).toBeLessThan(100);
  });

  it("tries no more often than it may, and gives the file as it was when nothing smaller shows it", async () => {
    let tried = 0;
    const never = async () => ++tried < 0;
    const { bytes } = await shrink(wav(1000), never, 25);
    expect(bytes).toEqual(wav(1000));
    expect(tried).toBe(25);
  });
});

describe("causes", () => {
  const ok = { status: "ok", line: {}, digests: [] } as const;

  it("are one for crashes that differ in addresses and lines, and none where both refuse the input", () => {
    const [one, other] = ["a.cc:12 0x7f01", "a.cc:15 0x7f99"].map((frame) => crashDifference(ok, crashed("signal SIGSEGV", frame)));
    expect(one?.key).toBe(other?.key);
    expect(crashDifference(ok, crashed("signal SIGSEGV", "b.cc:1"))?.key).not.toBe(one?.key);
    expect(crashDifference(crashed("signal SIGSEGV", "a.cc:12 0x1"), ok)?.key).not.toBe(one?.key);
    expect(crashDifference(crashed("exit code 3 (no)"), crashed("exit code 3 (no)"))).toBeUndefined();
    expect(crashDifference(crashed("exit code 3"), crashed("signal SIGABRT"))).toMatchObject({
      what: "latest: signal SIGABRT (the other: exit code 3)",
    });
  });

  it("names the functions that a diff's heads tell", () => {
    const diff =
      "@@ -3 +3 @@ float Level(const Frame& frame) {\n-a\n+b\n@@ -9 +9,2 @@ void Engine::Process(int n) {\n+c\n@@ -1 +1 @@\n+d\n";
    expect(functionsIn(diff)).toEqual(["Engine::Process", "Level"]);
  });
});
