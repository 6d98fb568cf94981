import { describe, expect, it } from "vitest";

import { lastHash, sipHash, sipKey } from "../../../src/experiment/assignment/sip-hash.js";

const KEY = sipKey(Uint8Array.from({ length: 16 }, (_, index) => index));

/** The hash of 00 01 02 … of so many bytes, as a number's 16 hexadecimal digits. */
function hashOfFirst(count: number): string {
  sipHash(
    KEY,
    Uint8Array.from({ length: count }, (_, index) => index),
  );
  return [lastHash.high, lastHash.low].map((half) => half.toString(16).padStart(8, "0")).join("");
}

/** SipHash-2-4 by BigInt, as the paper's text has it. */
function plainSipHash(key: Uint8Array, message: Uint8Array): bigint {
  const mask = (1n << 64n) - 1n;
  const rotate = (value: bigint, by: bigint) => ((value << by) | (value >> (64n - by))) & mask;
  const [k0, k1] = [0, 8].map((at) => Buffer.from(key).readBigUInt64LE(at)) as [bigint, bigint];
  const v = [k0 ^ 0x736f6d6570736575n, k1 ^ 0x646f72616e646f6dn, k0 ^ 0x6c7967656e657261n, k1 ^ 0x7465646279746573n] as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  function round(): void {
    v[0] = (v[0] + v[1]) & mask;
    v[1] = rotate(v[1], 13n) ^ v[0];
    v[0] = rotate(v[0], 32n);
    v[2] = (v[2] + v[3]) & mask;
    v[3] = rotate(v[3], 16n) ^ v[2];
    v[0] = (v[0] + v[3]) & mask;
    v[3] = rotate(v[3], 21n) ^ v[0];
    v[2] = (v[2] + v[1]) & mask;
    v[1] = rotate(v[1], 17n) ^ v[2];
    v[2] = rotate(v[2], 32n);
  }
  const padded = Buffer.alloc((Math.floor(message.length / 8) + 1) * 8);
  padded.set(message);
  padded[padded.length - 1] = message.length & 0xff;
  for (let at = 0; at < padded.length; at += 8) {
    const word = padded.readBigUInt64LE(at);
    v[3] ^= word;
    round();
    round();
    v[0] ^= word;
  }
  v[2] ^= 0xffn;
  for (let count = 0; count < 4; count += 1) round();
  return v[0] ^ v[1] ^ v[2] ^ v[3];
}

describe("SipHash-2-4", () => {
  it("gives the value of the paper's appendix for the key 00…0f and the message 00…0e", () => {
    expect(hashOfFirst(15)).toBe("a129ca6149be45e5");
  });

  it("gives the first vectors of the authors' own program", () => {
    expect([0, 1, 2, 3, 8].map(hashOfFirst)).toEqual([
      "726fdb47dd0e0e31",
      "74f839c593dc67fd",
      "0d6c8009d9a94f5a",
      "85676696d7fb7e2d",
      "93f5f5799a932462",
    ]);
  });

  it("agrees with the paper's text for every length to 300 and bytes above 7f", () => {
    let state = 12345;
    function next(): number {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return state >>> 24;
    }
    for (let length = 0; length <= 300; length += 1) {
      const key = Uint8Array.from({ length: 16 }, next);
      const message = Uint8Array.from({ length }, next);
      sipHash(sipKey(key), message);
      expect((BigInt(lastHash.high) << 32n) | BigInt(lastHash.low)).toBe(plainSipHash(key, message));
    }
  });
});
