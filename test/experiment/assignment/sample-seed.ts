/** Owns seeds and keys that tests of assignment share. */
import { type SigningKey, keyOfSeed, publicPart } from "../../../src/experiment/assignment/keys.js";
import { seedText, signBase, signHalt } from "../../../src/experiment/assignment/sign-seed.js";
import { openBase } from "../../../src/experiment/assignment/read-seed.js";
import type { SeedTrust } from "../../../src/experiment/assignment/judge-seed.js";
import type { AcceptedSeed, BasePayload, Envelope, HaltPayload, SeedUseCase } from "../../../src/model/seed.js";

/** A key from one repeated byte. */
export function testKey(byte: number, role: SigningKey["role"]): SigningKey {
  return keyOfSeed(new Uint8Array(32).fill(byte), role);
}

export const SIGNER = testKey(1, "signer");
export const HALT = testKey(2, "halt");
export const STRANGER = testKey(3, "signer");
export const NEXT_SIGNER = testKey(4, "signer");

export const ISSUED = "2026-11-30T12:00:00.000Z";
export const NOW = Date.parse("2026-12-01T12:00:00.000Z");

export function useCase(changes: Partial<SeedUseCase> = {}): SeedUseCase {
  return {
    experiment: "laptop-call-m150",
    phase: 3,
    unit: "device",
    salt: "000102030405060708090a0b0c0d0e0f",
    default: "legacy",
    arms: [
      { arm: "treatment", flavor: "latest", from: 0, to: 250_000 },
      { arm: "control", flavor: "legacy", from: 500_000, to: 750_000 },
    ],
    ...changes,
  };
}

export function base(changes: Partial<BasePayload> = {}): BasePayload {
  return {
    project: "webrtc",
    version: 7,
    issued: ISSUED,
    expires: "2026-12-28T12:00:00.000Z",
    flavors: { legacy: { release: "M120" }, latest: { release: "M150" } },
    keys: [SIGNER, HALT].map(publicPart),
    revoked: [],
    useCases: { "laptop-call": useCase() },
    ...changes,
  };
}

export function haltOf(signed: Envelope, changes: Partial<HaltPayload> = {}): HaltPayload {
  const opened = openBase(signed);
  if (typeof opened === "string") throw new Error(opened);
  const { project, version } = opened.payload;
  const caps = { "laptop-call": { cap: 0, reason: "crashes doubled" } };
  return { project, version: version + 1, baseVersion: version, baseDigest: opened.digest, issued: ISSUED, caps, ...changes };
}

/** The text of a seed whose base is signed by `SIGNER`. */
export function seedOf(changes: Partial<BasePayload> = {}, keys = [SIGNER]): string {
  return seedText({ base: signBase(base(changes), keys) });
}

/** The text of a seed with a halt, signed by `HALT`. */
export function haltedSeed(halt: Partial<HaltPayload> = {}, changes: Partial<BasePayload> = {}, key = HALT): string {
  const signed = signBase(base(changes), [SIGNER]);
  return seedText({ base: signed, halt: signHalt(haltOf(signed, halt), [key]) });
}

export function trust(previous?: AcceptedSeed, changes: Partial<SeedTrust> = {}): SeedTrust {
  return { project: "webrtc", keys: [publicPart(SIGNER)], previous, now: NOW, ...changes };
}
