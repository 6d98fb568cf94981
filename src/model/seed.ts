/** Owns the seed that devices fetch: which flavor a unit gets per use case, signed, and what a halt takes away from it. */
import { z } from "zod";

/** Units fall into so many buckets; arms are ranges of them. */
export const BUCKETS = 1_000_000;

/** A halt's version lies at most so far above that of its base: who may only halt cannot use up the versions. */
export const HALT_VERSIONS = 1_000_000;

export const BASE_TYPE = "application/vnd.unfork.seed.v1+json";
export const HALT_TYPE = "application/vnd.unfork.halt.v1+json";

/** Longest seed document in bytes that a client reads. */
export const MAX_SEED_BYTES = 1_048_576;

const base64 = (what: string) =>
  z.string().regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, `must be ${what} in base64`);

/** The first 32 hexadecimal digits of the SHA-256 of the raw public key. */
export const keyIdSchema = z.string().regex(/^[0-9a-f]{32}$/, "must be a key's id: 32 hexadecimal digits");

/** DSSE: an Ed25519 signature over `DSSEv1 LEN type LEN payload` (secure-systems-lab/dsse, protocol.md). */
export const envelopeSchema = z.strictObject({
  payloadType: z.string().min(1).max(128),
  payload: base64("a payload"),
  signatures: z
    .array(z.strictObject({ keyid: keyIdSchema, sig: base64("a signature").length(88, "must be 64 bytes in base64") }))
    .min(1)
    .max(16),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** What devices fetch. */
export const seedDocumentSchema = z.strictObject({ base: envelopeSchema, halt: envelopeSchema.optional() });
export type SeedDocument = z.infer<typeof seedDocumentSchema>;

export const flavorSchema = z.enum(["legacy", "latest"]);
export type SeedFlavor = z.infer<typeof flavorSchema>;

export const armSchema = z.enum(["treatment", "control"]);
export type Arm = z.infer<typeof armSchema>;

export const unitSchema = z.enum(["device", "user", "call", "cluster"]);
export type UnitKind = z.infer<typeof unitSchema>;

/** A `signer` signs bases and halts, a `halt` key halts only. */
export const keyRoleSchema = z.enum(["signer", "halt"]);
export type KeyRole = z.infer<typeof keyRoleSchema>;

export const trustedKeySchema = z.strictObject({
  id: keyIdSchema,
  role: keyRoleSchema,
  /** 32 raw bytes of Ed25519. */
  publicKey: base64("a public key").length(44, "must be 32 bytes in base64"),
});
export type TrustedKey = z.infer<typeof trustedKeySchema>;

const versionSchema = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const bucketBoundSchema = z.number().int().min(0).max(BUCKETS);
const momentSchema = z.iso.datetime({ offset: false, precision: 3 }).describe("UTC with milliseconds, as in 2026-11-30T12:00:00.000Z");

export const useCaseNameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, "must be a name like laptop-call");

/** Half-open: buckets from `from` up to `to`, without it. */
export const armRangeSchema = z.strictObject({ arm: armSchema, flavor: flavorSchema, from: bucketBoundSchema, to: bucketBoundSchema });
export type ArmRange = z.infer<typeof armRangeSchema>;

export const seedUseCaseSchema = z.strictObject({
  experiment: z.string().min(1).max(128),
  phase: z.number().int().min(0).max(1_000_000),
  unit: unitSchema,
  /** 16 bytes, the key of the hash; stays the same over all phases of an experiment. */
  salt: z.string().regex(/^[0-9a-f]{32}$/, "must be 32 hexadecimal digits"),
  /** For buckets outside the arms. */
  default: flavorSchema,
  arms: z
    .array(armRangeSchema)
    .max(8)
    .refine((arms) => arms.every(({ from, to }) => from <= to), "an arm ends before it begins")
    .refine(areDisjoint, "arms share buckets"),
});
export type SeedUseCase = z.infer<typeof seedUseCaseSchema>;

const releaseSchema = z.strictObject({ release: z.string().min(1).max(128) });

/** The payload of `base`. Within this payload type no key is ever added: clients refuse what they do not know. */
export const basePayloadSchema = z
  .strictObject({
    project: useCaseNameSchema,
    version: versionSchema,
    issued: momentSchema,
    expires: momentSchema,
    flavors: z.strictObject({ legacy: releaseSchema, latest: releaseSchema }),
    /** The trust set from this version on, beside the keys that are built into the program. */
    keys: z.array(trustedKeySchema).max(64),
    revoked: z.array(keyIdSchema).max(256),
    useCases: z.record(useCaseNameSchema, seedUseCaseSchema),
  })
  .refine(({ issued, expires }) => issued < expires, "expires before it is issued")
  .refine(({ keys, revoked }) => keys.every(({ id }) => !revoked.includes(id)), "a key is both trusted and revoked")
  .refine(({ keys }) => new Set(keys.map(({ id }) => id)).size === keys.length, "a key is named twice");
export type BasePayload = z.infer<typeof basePayloadSchema>;

export const capSchema = z.strictObject({ cap: bucketBoundSchema, reason: z.string().max(1024).optional() });
export type Cap = z.infer<typeof capSchema>;

/** The payload of `halt`: per use case how many buckets each treatment arm keeps. */
export const haltPayloadSchema = z.strictObject({
  project: useCaseNameSchema,
  version: versionSchema,
  baseVersion: versionSchema,
  /** SHA-256 of the base's payload bytes. */
  baseDigest: z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits"),
  issued: momentSchema,
  caps: z.record(useCaseNameSchema, capSchema),
});
export type HaltPayload = z.infer<typeof haltPayloadSchema>;

/** What a client remembers of the last seed that it accepted; the next is judged by it. */
export const acceptedSeedSchema = z.strictObject({
  project: useCaseNameSchema,
  /** Of the halt, else of the base. */
  version: versionSchema,
  baseVersion: versionSchema,
  baseDigest: z.string(),
  haltDigest: z.string().nullable(),
  /** Of that halt, by use case. */
  caps: z.record(z.string(), bucketBoundSchema),
  keys: z.array(trustedKeySchema),
  /** Of all seeds so far: what is revoked stays revoked. */
  revoked: z.array(keyIdSchema),
});
export type AcceptedSeed = z.infer<typeof acceptedSeedSchema>;

function areDisjoint(arms: readonly { readonly from: number; readonly to: number }[]): boolean {
  const sorted = arms.filter(({ from, to }) => from < to).toSorted((a, b) => a.from - b.from);
  return sorted.every(({ from }, index) => index === 0 || (sorted[index - 1]?.to ?? 0) <= from);
}
