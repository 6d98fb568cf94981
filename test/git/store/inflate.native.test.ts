/** Streams come out as zlib has them, and whatever zlib refuses is refused. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { constants, deflateSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";

import { type Inflate, inflateByNode, inflateModule } from "../../../src/git/store/inflate.js";
import { seededRandom } from "../../../src/support/random.js";
import { temporaryFolder } from "../../helpers/temp.js";

const STRATEGIES = [constants.Z_DEFAULT_STRATEGY, constants.Z_FILTERED, constants.Z_HUFFMAN_ONLY, constants.Z_RLE, constants.Z_FIXED];

let inflate: Inflate;

beforeAll(() => {
  const file = join(temporaryFolder(), "inflate.wasm");
  const args = ["assembly/inflate/index.ts", "--config", "assembly/asconfig.json", "--use", "abort=", "-o", file];
  execFileSync(join("node_modules", ".bin", "asc"), args, { stdio: "pipe" });
  const module = inflateModule(file);
  if (module === undefined) throw new Error("the module does not load");
  inflate = module;
});

const random = seededRandom(11);
const upTo = (most: number) => Math.floor(random() * most);

function content(kind: number, size: number): Buffer {
  if (kind === 0) return Buffer.from(Uint8Array.from({ length: size }, () => upTo(256)));
  if (kind === 1) return Buffer.alloc(size, "abc");
  if (kind === 2) return Buffer.from(Array.from({ length: Math.ceil(size / 8) }, () => `word${upTo(50)} `).join(""));
  return Buffer.concat([content(0, size >> 1), Buffer.alloc(size >> 1)]);
}

function sample(round: number): { whole: Buffer; stream: Buffer } {
  const whole = content(round % 4, round % 40 === 0 ? upTo(300_000) : upTo(3000));
  const strategy = STRATEGIES[upTo(STRATEGIES.length)] ?? 0;
  return { whole, stream: deflateSync(whole, { level: round % 10, strategy, memLevel: 1 + (round % 9) }) };
}

describe("a stream", () => {
  it("comes out as it went in, at every level and strategy, whatever stands behind it", () => {
    for (let round = 0; round < 1000; round++) {
      const { whole, stream } = sample(round);
      const behind = content(0, round % 7);
      expect(inflate(Buffer.concat([stream, behind]), whole.length)?.equals(whole)).toBe(true);
    }
  });

  it("of another size than said is refused", () => {
    for (let round = 0; round < 200; round++) {
      const { whole, stream } = sample(round);
      expect(inflate(stream, whole.length + 1)).toBeUndefined();
      if (whole.length > 0) expect(inflate(stream, whole.length - 1)).toBeUndefined();
    }
  });

  it("that is damaged, or cut short, is refused where Node's refuses it", () => {
    for (let round = 0; round < 1500; round++) {
      const { whole, stream } = sample(round);
      const damaged = Buffer.from(stream);
      const at = upTo(damaged.length);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (round % 8));
      expect(inflate(damaged, whole.length)?.toString("latin1")).toBe(inflateByNode(damaged, whole.length)?.toString("latin1"));
      expect(inflate(stream.subarray(0, upTo(stream.length)), whole.length)).toBeUndefined();
    }
  });
});
