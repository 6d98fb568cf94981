/** Owns the test vectors of docs/experiments/vectors.json: what every client has to answer. Keys and times are fixed, so the file is the same each time. */
import { assign, prepareSeed } from "../../../src/experiment/assignment/assign.js";
import { bucketOf } from "../../../src/experiment/assignment/bucket.js";
import { preAuthEncoding, sealEnvelope, signAlso } from "../../../src/experiment/assignment/dsse.js";
import { publicPart } from "../../../src/experiment/assignment/keys.js";
import { pseudonymOf } from "../../../src/experiment/assignment/pseudonym.js";
import { openDocument, seedText, signBase } from "../../../src/experiment/assignment/sign-seed.js";
import { lastHash, sipHash, sipKeyOfHex } from "../../../src/experiment/assignment/sip-hash.js";
import { BASE_TYPE, type Envelope, HALT_TYPE, type SeedDocument, type SeedFlavor } from "../../../src/model/seed.js";
import { HALT, NEXT_SIGNER, NOW, SIGNER, STRANGER, base, haltOf, haltedSeed, seedOf } from "./sample-seed.js";

const SALT = "000102030405060708090a0b0c0d0e0f";
const SECRET = "ffeeddccbbaa99887766554433221100";
const UNITS = ["a", "device-1", "0123456789abcdef0123456789abcdef", "Gerät 7", "電話", "📞", "x".repeat(200)];
const END = Date.parse("2026-12-28T12:00:00.000Z");

/** Every seed that a case uses, by name. */
const documents = {
  seven: seedOf(),
  "seven with another text": seedOf({ useCases: {} }),
  six: seedOf({ version: 6 }),
  eight: seedOf({ version: 8 }),
  nine: seedOf({ version: 9 }),
  ten: seedOf({ version: 10 }),
  eleven: seedOf({ version: 11 }),
  "by a stranger": seedOf({ version: 8 }, [STRANGER]),
  "by a halt key": seedText({ base: resealed(seedOf({ version: 8 }), HALT) }),
  "without signatures": JSON.stringify({ base: { ...baseOf(seedOf()), signatures: [] } }),
  "of another project": seedOf({ project: "other" }),
  "with an altered payload": seedText({ base: edited(baseOf(seedOf()), "250000", "350000") }),
  "with an altered signature": seedText({ base: { ...baseOf(seedOf()), signatures: baseOf(seedOf({ version: 8 })).signatures } }),
  "signed as a halt": seedText({ base: { ...sealEnvelope(HALT_TYPE, textOf(baseOf(seedOf())), [SIGNER]), payloadType: BASE_TYPE } }),
  "of the halt's type": seedText({ base: sealEnvelope(HALT_TYPE, textOf(baseOf(seedOf())), [SIGNER]) }),
  "with a key twice": withEdit('"version":7', '"version":7,"version":8'),
  "with a fraction": withEdit('"version":7', '"version":7.0'),
  "with an unknown key": withEdit('"version":7', '"version":7,"more":1'),
  "with arms that share a bucket": withEdit('"to":250000', '"to":500001'),
  "with an arm beyond the buckets": withEdit('"to":750000', '"to":1000001'),
  "with an arm that ends before it begins": withEdit('"from":0,', '"from":250001,'),
  "with a day that is none": withEdit("2026-12-28", "2026-02-29"),
  "with version 0": withEdit('"version":7', '"version":0'),
  "with half a character": withEdit('"M120"', String.raw`"\ud800"`),
  "with a byte order mark": withEdit(/^/, "\uFEFF"),
  "with an unknown unit": withEdit('"unit":"device"', '"unit":"house"'),
  "with a key's wrong id": seedOf({ keys: [{ ...publicPart(NEXT_SIGNER), id: SIGNER.id }] }),
  "with more in the document": JSON.stringify({ ...(JSON.parse(seedOf()) as object), more: 1 }),
  "no seed": "<html></html>",
  "rotated: eight by the old and the new key": seedOf({ version: 8, keys: [NEXT_SIGNER, HALT].map(publicPart) }, [SIGNER, NEXT_SIGNER]),
  "rotated: nine by the new key, revoking the old one": seedOf(
    { version: 9, keys: [NEXT_SIGNER, HALT].map(publicPart), revoked: [SIGNER.id] },
    [NEXT_SIGNER],
  ),
  "rotated: ten by the new key": seedOf({ version: 10, keys: [publicPart(NEXT_SIGNER)] }, [NEXT_SIGNER]),
  "by a key that it revokes": seedText({
    base: sealEnvelope(BASE_TYPE, JSON.stringify(base({ keys: [], revoked: [SIGNER.id] })), [SIGNER]),
  }),
  "signed by a stranger, too": seedText({ base: signAlso(baseOf(seedOf()), [STRANGER]) }),
  "halt eight: none": haltedSeed(),
  "halt eight by a signer": haltedSeed({}, {}, SIGNER),
  "halt eight by a stranger": haltedSeed({}, {}, STRANGER),
  "halt ten: a tenth": haltedSeed({ version: 10, caps: { "laptop-call": { cap: 100_000 } } }),
  "halt ten: none": haltedSeed({ version: 10, caps: { "laptop-call": { cap: 0 } } }),
  "halt eight, issued behind the base's end": haltedSeed({ issued: "2026-12-28T12:10:00.001Z" }),
  "halt nine: none": haltedSeed({ version: 9, caps: { "laptop-call": { cap: 0 } } }),
  "halt eleven: none": haltedSeed({ version: 11, caps: { "laptop-call": { cap: 0 } } }),
  "halt eleven: more": haltedSeed({ version: 11, caps: { "laptop-call": { cap: 100_001 } } }),
  "halt eleven: nothing capped": haltedSeed({ version: 11, caps: {} }),
  "halt twelve of base nine": haltedSeed({ version: 12, caps: {} }, { version: 9 }),
  "halt of another base": seedText({ ...(JSON.parse(haltedSeed()) as SeedDocument), base: signBase(base({ version: 8 }), [SIGNER]) }),
  "altered halt": seedText(withHalt(edited(haltEnvelope(haltedSeed()), '"cap":0', '"cap":9'))),
  "halt with its base's version": seedText(
    withHalt(sealEnvelope(HALT_TYPE, JSON.stringify(haltOf(baseOf(seedOf()), { version: 7 })), [HALT])),
  ),
  "halt too far above its base": seedText(
    withHalt(sealEnvelope(HALT_TYPE, JSON.stringify(haltOf(baseOf(seedOf()), { version: 1_000_008 })), [HALT])),
  ),
} as const;

type Name = keyof typeof documents;
type Step = readonly [seed: Name, answer: string, now?: number];

/** Seeds in the order in which one client sees them; it remembers what it accepted. */
const cases: Readonly<Record<string, readonly Step[]>> = {
  "takes a signed seed, and the same again": [
    ["seven", "accepted"],
    ["seven", "same"],
    ["signed by a stranger, too", "same"],
    ["eight", "accepted"],
  ],
  "takes none without a trusted signature": [
    ["without signatures", "malformed"],
    ["by a stranger", "unsigned"],
    ["seven", "accepted"],
    ["by a halt key", "unsigned"],
    ["by a stranger", "unsigned"],
  ],
  "takes none of another project": [["of another project", "other-project"]],
  "takes none that was altered": [
    ["with an altered payload", "altered"],
    ["with an altered signature", "altered"],
    ["signed as a halt", "altered"],
    ["of the halt's type", "malformed"],
  ],
  "takes none that can be read in two ways": (
    [
      "with a key twice",
      "with a fraction",
      "with an unknown key",
      "with arms that share a bucket",
      "with an arm beyond the buckets",
      "with an arm that ends before it begins",
      "with a day that is none",
      "with version 0",
      "with half a character",
      "with a byte order mark",
      "with an unknown unit",
      "with a key's wrong id",
      "with more in the document",
      "no seed",
    ] as const
  ).map((name) => [name, "malformed"]),
  "takes none that is replayed": [
    ["seven", "accepted"],
    ["six", "rolled-back"],
    ["seven with another text", "conflicting"],
    ["seven", "same"],
  ],
  "takes none that has expired": [
    ["seven", "accepted", END + 600_000],
    ["seven", "expired", END + 600_001],
    ["seven", "same", 0],
    ["halt eight, issued behind the base's end", "expired", 0],
  ],
  "hands keys on, and revokes them for good": [
    ["seven", "accepted"],
    ["rotated: eight by the old and the new key", "accepted"],
    ["rotated: nine by the new key, revoking the old one", "accepted"],
    ["ten", "unsigned"],
    ["rotated: ten by the new key", "accepted"],
    ["eleven", "unsigned"],
  ],
  "trusts no key that nobody handed on": [["rotated: nine by the new key, revoking the old one", "unsigned"]],
  "takes none by a key that it revokes": [["by a key that it revokes", "unsigned"]],
  "takes a halt by a halt key, or a signer": [["halt eight: none", "accepted"]],
  "takes a halt by a signer": [["halt eight by a signer", "accepted"]],
  "takes no halt by others, altered, of another base, or with a wrong version": [
    ["halt eight by a stranger", "halt-unsigned"],
    ["altered halt", "halt-altered"],
    ["halt of another base", "halt-of-another-base"],
    ["halt with its base's version", "halt-version"],
    ["halt too far above its base", "halt-version"],
  ],
  "takes no halt that raises, and none that is stripped": [
    ["seven", "accepted"],
    ["halt ten: a tenth", "accepted"],
    ["halt eleven: more", "halt-raises"],
    ["halt eleven: nothing capped", "halt-raises"],
    ["halt ten: none", "conflicting"],
    ["halt nine: none", "rolled-back"],
    ["seven", "rolled-back"],
    ["halt eleven: none", "accepted"],
  ],
  "undoes a halt by a base above it only": [
    ["halt ten: a tenth", "accepted"],
    ["nine", "rolled-back"],
    ["halt twelve of base nine", "rolled-back"],
    ["ten", "conflicting"],
    ["eleven", "accepted"],
  ],
};

/** The whole file. */
export function vectors(): unknown {
  return {
    about: "What every client of unfork's seeds has to answer; made by test/experiment/assignment/vectors.ts, explained in assignment.md.",
    sipHash: {
      key: SALT,
      cases: [0, 1, 7, 8, 9, 15, 16, 63].map((length) => ({ message: counted(length), hash: hashOf(counted(length)) })),
    },
    buckets: [SALT, SECRET].flatMap((salt) => UNITS.map((unit) => ({ salt, unit, bucket: bucketOf(sipKeyOfHex(salt), unit) }))),
    pseudonyms: UNITS.map((unit) => ({ secret: SECRET, salt: SALT, unit, pseudonym: pseudonymOf(SECRET, SALT, unit) })),
    envelope: {
      type: "http://example.com/HelloWorld",
      payload: "hello world",
      signed: preAuthEncoding("http://example.com/HelloWorld", Buffer.from("hello world")).toString(),
    },
    trust: { project: "webrtc", keys: [publicPart(SIGNER)], now: NOW },
    documents,
    cases: Object.entries(cases).map(([name, steps]) => ({
      name,
      steps: steps.map(([document, answer, now = NOW]) => ({ document, now, answer })),
    })),
    assignments: (["seven", "halt ten: a tenth", "halt eight: none"] as const).flatMap(assignmentsOf),
  };
}

function assignmentsOf(document: Name): unknown[] {
  const { base: opened, halt } = openDocument(JSON.parse(documents[document]) as SeedDocument);
  const prepared = prepareSeed(opened.payload, halt?.payload);
  const ask = (name: string, device: string | undefined, fallback: SeedFlavor) => {
    const { flavor, arm, reason, bucket = null, seed } = assign(prepared, name, device === undefined ? {} : { device }, fallback);
    return { document, useCase: name, device: device ?? null, fallback, answer: { flavor, arm, reason, bucket, seed } };
  };
  const devices = Array.from({ length: 12 }, (_, index) => ask("laptop-call", `device-${index}`, "latest"));
  return [...devices, ask("laptop-call", undefined, "latest"), ask("other", "device-1", "latest"), ask("other", "device-1", "legacy")];
}

function counted(length: number): string {
  return Buffer.from(Array.from({ length }, (_, index) => index)).toString("hex");
}

function hashOf(message: string): string {
  sipHash(sipKeyOfHex(SALT), Buffer.from(message, "hex"));
  return [lastHash.high, lastHash.low].map((half) => half.toString(16).padStart(8, "0")).join("");
}

function baseOf(text: string): Envelope {
  return (JSON.parse(text) as SeedDocument).base;
}

function haltEnvelope(text: string): Envelope {
  const { halt } = JSON.parse(text) as SeedDocument;
  if (halt === undefined) throw new Error("no halt");
  return halt;
}

function withHalt(halt: Envelope): SeedDocument {
  return { base: baseOf(haltedSeed()), halt };
}

function textOf(envelope: Envelope): string {
  return Buffer.from(envelope.payload, "base64").toString();
}

/** Another payload under the old signatures. */
function edited(envelope: Envelope, from: string, to: string): Envelope {
  return { ...envelope, payload: Buffer.from(textOf(envelope).replace(from, to)).toString("base64") };
}

/** Another payload, signed. */
function withEdit(from: string | RegExp, to: string): string {
  return seedText({ base: sealEnvelope(BASE_TYPE, textOf(baseOf(seedOf())).replace(from, to), [SIGNER]) });
}

function resealed(text: string, key: typeof HALT): Envelope {
  return sealEnvelope(BASE_TYPE, textOf(baseOf(text)), [key]);
}
