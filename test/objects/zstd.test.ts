/** That Zstandard is unpacked to what was packed, and nothing else, also where Node has none. */
import { randomBytes } from "node:crypto";

import { describe, expect, it } from "vitest";

import { unpackHere, unpackZstd } from "../../src/objects/zstd.js";
import { run } from "../../src/support/exec.js";

/** Several blocks of 128 KiB, some of which cannot be made smaller. */
const PLAIN = Buffer.concat([Buffer.alloc(700_000, "one text, again and again; "), randomBytes(300_000), Buffer.alloc(500_000)]);

async function packed(...flags: string[]): Promise<Buffer> {
  const { stdout } = await run({ command: "zstd", args: ["-qc", ...flags], cwd: "/", input: PLAIN });
  return stdout;
}

describe.each([
  ["Node's way or the package's", unpackZstd],
  ["the package's", unpackHere],
])("zstd, %s", (_, unpack) => {
  it.each(["-1", "-3", "-19"])("unpacks what `zstd %s` packed", async (level) => {
    const unpacked = unpack(await packed(level), { maxOutputLength: PLAIN.length });
    expect(unpacked.equals(PLAIN)).toBe(true);
  });

  it("refuses more bytes than were announced", async () => {
    const data = await packed();
    expect(lengthOf(() => unpack(data, { maxOutputLength: PLAIN.length - 1 }))).toBe(REFUSED);
  });

  it("refuses data that ends early, and data of another format", async () => {
    const data = await packed();
    expect(lengthOf(() => unpack(data.subarray(0, data.length - 9), { maxOutputLength: PLAIN.length }))).toBe(REFUSED);
    expect(lengthOf(() => unpack(Buffer.from("no such thing"), { maxOutputLength: 100 }))).toBe(REFUSED);
  });

  it("gives never more than was announced, whatever bytes are damaged", async () => {
    const data = await packed("--no-check");
    for (let at = 0; at < 400; at++) {
      const damaged = Buffer.from(data);
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;
      expect(lengthOf(() => unpack(damaged, { maxOutputLength: PLAIN.length }))).toBeLessThanOrEqual(PLAIN.length);
    }
  });
});

const REFUSED = -1;

/** {@link REFUSED} where it throws. */
function lengthOf(unpack: () => Buffer): number {
  try {
    return unpack().length;
  } catch {
    return REFUSED;
  }
}
