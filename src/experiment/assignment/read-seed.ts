/** Owns the reading of a seed: from bytes to payloads that have the right shape. Nothing is trusted yet. */
import {
  BASE_TYPE,
  type BasePayload,
  type Envelope,
  HALT_TYPE,
  type HaltPayload,
  MAX_SEED_BYTES,
  type SeedDocument,
  basePayloadSchema,
  haltPayloadSchema,
  seedDocumentSchema,
} from "../../model/seed.js";
import { sha256 } from "../../support/hash.js";
import { keyIdOf } from "./keys.js";
import { parseStrictJson } from "./strict-json.js";

/** A payload with its envelope, and the SHA-256 of its bytes. */
export interface Opened<T> {
  readonly envelope: Envelope;
  readonly payload: T;
  readonly digest: string;
}

export interface OpenedSeed {
  readonly document: SeedDocument;
  readonly base: Opened<BasePayload>;
  readonly halt: Opened<HaltPayload> | undefined;
}

/** The seed, or in words what its shape lacks. */
export function readSeed(bytes: Uint8Array | string): OpenedSeed | string {
  const data = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
  if (data.length > MAX_SEED_BYTES) return `the seed has ${data.length} bytes, and at most ${MAX_SEED_BYTES} are read`;
  const parsed = seedDocumentSchema.safeParse(parseStrictJson(data));
  if (!parsed.success) return "the seed is not a document of a base and, perhaps, a halt";
  const base = openBase(parsed.data.base);
  if (typeof base === "string") return base;
  const halt = parsed.data.halt === undefined ? undefined : openHalt(parsed.data.halt);
  return typeof halt === "string" ? halt : { document: parsed.data, base, halt };
}

/** A base's payload, or in words what its shape lacks. */
export function openBase(envelope: Envelope): Opened<BasePayload> | string {
  const opened = open(envelope, BASE_TYPE, "base");
  if (typeof opened === "string") return opened;
  const parsed = basePayloadSchema.safeParse(opened.value);
  if (!parsed.success) return `the base is not as it must be: ${firstIssue(parsed.error.issues)}`;
  if (parsed.data.keys.some(({ id, publicKey }) => keyIdOf(publicKey) !== id)) return "the base has a key whose id is not its own";
  return { envelope, payload: parsed.data, digest: opened.digest };
}

/** A halt's payload, or in words what its shape lacks. */
export function openHalt(envelope: Envelope): Opened<HaltPayload> | string {
  const opened = open(envelope, HALT_TYPE, "halt");
  if (typeof opened === "string") return opened;
  const parsed = haltPayloadSchema.safeParse(opened.value);
  if (!parsed.success) return `the halt is not as it must be: ${firstIssue(parsed.error.issues)}`;
  return { envelope, payload: parsed.data, digest: opened.digest };
}

function open(envelope: Envelope, type: string, what: string): { readonly value: unknown; readonly digest: string } | string {
  if (envelope.payloadType !== type) return `the ${what} has the payload type ${envelope.payloadType}, not ${type}`;
  const bytes = Buffer.from(envelope.payload, "base64");
  if (bytes.toString("base64") !== envelope.payload) return `the ${what}'s payload is not in base64's one way to write it`;
  return { value: parseStrictJson(bytes), digest: sha256(bytes) };
}

function firstIssue(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  const [issue] = issues;
  return issue === undefined ? "unknown" : `${issue.path.map(String).join(".")}: ${issue.message}`;
}
