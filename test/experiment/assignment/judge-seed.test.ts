import { describe, expect, it } from "vitest";

import { judgeSeed, type SeedTrust } from "../../../src/experiment/assignment/judge-seed.js";
import { publicPart } from "../../../src/experiment/assignment/keys.js";
import { nextHalt, seedText, signBase, signHalt } from "../../../src/experiment/assignment/sign-seed.js";
import { sealEnvelope } from "../../../src/experiment/assignment/dsse.js";
import { type AcceptedSeed, BASE_TYPE, type Envelope, HALT_TYPE, type SeedDocument } from "../../../src/model/seed.js";
import { HALT, NEXT_SIGNER, NOW, SIGNER, STRANGER, base, haltOf, haltedSeed, seedOf, testKey, trust, useCase } from "./sample-seed.js";

/** The reason of a rejection, or what an acceptance is called. */
function verdict(text: string | Uint8Array, previous?: AcceptedSeed, changes: Partial<SeedTrust> = {}): string {
  const judgement = judgeSeed(text, trust(previous, changes));
  return judgement.status === "rejected" ? judgement.reason : judgement.status;
}

function accepted(text: string, previous?: AcceptedSeed): AcceptedSeed {
  const judgement = judgeSeed(text, trust(previous));
  if (judgement.status === "rejected") throw new Error(judgement.message);
  return judgement.accepted;
}

/** A seed whose base has this text, signed whatever it is. */
function withPayload(payload: string): string {
  return seedText({ base: sealEnvelope(BASE_TYPE, payload, [SIGNER]) });
}

const HALTED_HALF = haltedSeed({ version: 10, caps: { "laptop-call": { cap: 100_000 } } });

describe("a seed", () => {
  it("is taken when a built-in key signed it, and is the same a second time", () => {
    const seed = seedOf();
    expect(verdict(seed)).toBe("accepted");
    expect(verdict(seed, accepted(seed))).toBe("same");
  });

  it("is not taken unsigned, by a stranger, by a key that may only halt, or of another project", () => {
    expect(verdict(seedOf({}, [STRANGER]))).toBe("unsigned");
    const halted = signBase(base(), [SIGNER]);
    const byHalt = sealEnvelope(BASE_TYPE, Buffer.from(halted.payload, "base64").toString(), [HALT]);
    expect(verdict(seedText({ base: byHalt }), accepted(seedOf({ version: 1 })))).toBe("unsigned");
    expect(verdict(JSON.stringify({ base: { ...halted, signatures: [] } }))).toBe("malformed");
    expect(verdict(seedOf({ project: "other" }))).toBe("other-project");
  });

  it("is not taken altered, in its payload, its type or its signature", () => {
    const { base: signed } = JSON.parse(seedOf()) as SeedDocument;
    const payload = Buffer.from(Buffer.from(signed.payload, "base64").toString().replace("250000", "350000")).toString("base64");
    expect(verdict(seedText({ base: { ...signed, payload } }))).toBe("altered");
    const other = sealEnvelope(HALT_TYPE, Buffer.from(signed.payload, "base64").toString(), [SIGNER]);
    expect(verdict(seedText({ base: { ...other, payloadType: BASE_TYPE } }))).toBe("altered");
    expect(verdict(seedText({ base: other }))).toBe("malformed");
  });

  it("is not taken in an older version, and not in the same version with another content", () => {
    const before = accepted(seedOf());
    expect(verdict(seedOf({ version: 6 }), before)).toBe("rolled-back");
    expect(verdict(seedOf({ useCases: {} }), before)).toBe("conflicting");
    expect(verdict(seedOf({ version: 8 }), before)).toBe("accepted");
  });

  it("is not taken when it has expired, by ten minutes; a clock before its issue does not count", () => {
    const end = Date.parse("2026-12-28T12:00:00.000Z");
    expect(verdict(seedOf(), undefined, { now: end + 600_000 })).toBe("accepted");
    expect(verdict(seedOf(), undefined, { now: end + 600_001 })).toBe("expired");
    expect(verdict(seedOf(), undefined, { now: 0 })).toBe("accepted");
  });

  it("is not taken in a shape that two readers could understand differently", () => {
    const text = Buffer.from(signBase(base(), [SIGNER]).payload, "base64").toString();
    expect(verdict(withPayload(text))).toBe("accepted");
    expect(verdict(withPayload(text.replace('"version":7', '"version":7,"version":8')))).toBe("malformed");
    expect(verdict(withPayload(text.replace('"version":7', '"version":7.0')))).toBe("malformed");
    expect(verdict(withPayload(text.replace('"version":7', '"version":7,"more":1')))).toBe("malformed");
    expect(verdict(withPayload(text.replace('"to":250000', '"to":500001')))).toBe("malformed");
    expect(verdict(Buffer.from(seedOf(), "utf16le"))).toBe("malformed");
    expect(verdict(" ".repeat(1_048_577))).toBe("malformed");
  });
});

describe("keys", () => {
  const rotated = seedOf({ version: 8, keys: [NEXT_SIGNER, HALT].map(publicPart) }, [SIGNER, NEXT_SIGNER]);

  it("are handed on by a seed: the new key signs the next ones", () => {
    const after = accepted(rotated, accepted(seedOf()));
    expect(verdict(seedOf({ version: 9 }, [NEXT_SIGNER]), after)).toBe("accepted");
    expect(verdict(seedOf({ version: 9 }, [NEXT_SIGNER]))).toBe("unsigned");
  });

  it("are revoked for good, built-in ones too", () => {
    const after = accepted(rotated, accepted(seedOf()));
    const revoking = seedOf({ version: 9, keys: [publicPart(NEXT_SIGNER)], revoked: [SIGNER.id] }, [NEXT_SIGNER]);
    const last = accepted(revoking, after);
    expect(verdict(seedOf({ version: 10 }, [SIGNER]), last)).toBe("unsigned");
    const forgetting = accepted(seedOf({ version: 10, keys: [publicPart(NEXT_SIGNER)] }, [NEXT_SIGNER]), last);
    expect(verdict(seedOf({ version: 11 }, [SIGNER]), forgetting)).toBe("unsigned");
  });

  it("do not sign a seed that revokes them", () => {
    expect(() => seedOf({ keys: [], revoked: [SIGNER.id] })).toThrow("is revoked");
    const signed = sealEnvelope(BASE_TYPE, JSON.stringify(base({ keys: [], revoked: [SIGNER.id] })), [SIGNER]);
    expect(verdict(seedText({ base: signed }))).toBe("unsigned");
  });

  it("have the id that their bytes give them", () => {
    const keys = [{ ...publicPart(NEXT_SIGNER), id: SIGNER.id }];
    expect(verdict(seedOf({ keys }))).toBe("malformed");
  });
});

describe("a halt", () => {
  it("is taken by a halt key that its base names, and by a signer", () => {
    expect(verdict(haltedSeed())).toBe("accepted");
    expect(verdict(haltedSeed({}, {}, SIGNER))).toBe("accepted");
    expect(verdict(haltedSeed({}, {}, testKey(9, "halt")))).toBe("halt-unsigned");
    expect(verdict(haltedSeed({}, { keys: [publicPart(SIGNER)] }))).toBe("halt-unsigned");
  });

  it("is not taken altered, for another base, or with a version that does not follow the base's", () => {
    const document = JSON.parse(haltedSeed()) as { base: Envelope; halt: Envelope };
    const payload = Buffer.from(Buffer.from(document.halt.payload, "base64").toString().replace('"cap":0', '"cap":9')).toString("base64");
    expect(verdict(seedText({ ...document, halt: { ...document.halt, payload } }))).toBe("halt-altered");
    expect(verdict(seedText({ ...document, base: signBase(base({ version: 8 }), [SIGNER]) }))).toBe("halt-of-another-base");
    expect(verdict(seedText({ ...document, base: signBase(base({ revoked: [STRANGER.id] }), [SIGNER]) }))).toBe("halt-of-another-base");
    const halt = haltOf(document.base, { version: 7 + 1_000_001 });
    expect(() => signHalt(halt, [HALT])).toThrow("by 1000000 at most");
    expect(verdict(seedText({ ...document, halt: sealEnvelope(HALT_TYPE, JSON.stringify(halt), [HALT]) }))).toBe("halt-version");
  });

  it("only lowers: no cap rises, and none is left out", () => {
    const before = accepted(HALTED_HALF);
    expect(verdict(haltedSeed({ version: 11, caps: { "laptop-call": { cap: 0 } } }), before)).toBe("accepted");
    expect(verdict(haltedSeed({ version: 11, caps: { "laptop-call": { cap: 100_001 } } }), before)).toBe("halt-raises");
    expect(verdict(haltedSeed({ version: 11, caps: {} }), before)).toBe("halt-raises");
    expect(verdict(haltedSeed({ version: 10, caps: { "laptop-call": { cap: 0 } } }), before)).toBe("conflicting");
    expect(verdict(haltedSeed({ version: 9, caps: { "laptop-call": { cap: 0 } } }), before)).toBe("rolled-back");
  });

  it("cannot be stripped, and is undone only by a base above it", () => {
    const before = accepted(HALTED_HALF);
    expect(verdict(seedOf(), before)).toBe("rolled-back");
    expect(verdict(seedOf({ version: 9 }), before)).toBe("rolled-back");
    expect(verdict(haltedSeed({ version: 12, caps: {} }, { version: 9 }), before)).toBe("rolled-back");
    expect(verdict(seedOf({ version: 10 }), before)).toBe("conflicting");
    expect(verdict(seedOf({ version: 11 }), before)).toBe("accepted");
  });

  it("follows another by the next version and the lower of both caps", () => {
    const first = JSON.parse(HALTED_HALF) as SeedDocument;
    const second = nextHalt(first, { "laptop-call": { cap: 500_000 } }, new Date(NOW).toISOString());
    expect([second.version, second.caps]).toEqual([11, { "laptop-call": { cap: 100_000 } }]);
    expect(nextHalt(first, { "laptop-call": { cap: 0, reason: "harm" } }, new Date(NOW).toISOString()).caps).toEqual({
      "laptop-call": { cap: 0, reason: "harm" },
    });
    expect(() => nextHalt(first, { other: { cap: 0 } }, new Date(NOW).toISOString())).toThrow("no use case");
  });

  it("is not signed in a shape that no client takes", () => {
    expect(() => signBase(base({ useCases: { "laptop-call": useCase({ salt: "00" }) } }), [SIGNER])).toThrow("salt");
    expect(() => signBase(base(), [HALT])).toThrow("may only halt");
    expect(() => signBase(base(), [])).toThrow("no key");
  });
});
