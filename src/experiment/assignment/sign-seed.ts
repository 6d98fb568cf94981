/** Owns the making of seeds: bases by signers, halts by who may only lower. */
import {
  BASE_TYPE,
  BUCKETS,
  type BasePayload,
  type Cap,
  type Envelope,
  HALT_TYPE,
  HALT_VERSIONS,
  type HaltPayload,
  type SeedDocument,
  basePayloadSchema,
  haltPayloadSchema,
} from "../../model/seed.js";
import { UnforkError } from "../../support/errors.js";
import { explainIssues } from "../../support/explain-issues.js";
import { canonicalJson, sha256 } from "../../support/hash.js";
import { sealEnvelope } from "./dsse.js";
import type { SigningKey } from "./keys.js";
import { type Opened, openBase, openHalt } from "./read-seed.js";

/** Signs a base with each key; clients that trust one of them take it. Throws `input-invalid` for what no client would take. */
export function signBase(payload: BasePayload, keys: readonly SigningKey[]): Envelope {
  const parsed = basePayloadSchema.safeParse(payload);
  if (!parsed.success) throw invalid("the base", explainIssues(parsed.error.issues, payload, basePayloadSchema));
  const wrong = keys.find(({ id, role }) => role !== "signer" || payload.revoked.includes(id));
  if (wrong !== undefined) throw invalid("the base", [`the key ${wrong.id} is revoked, or may only halt`]);
  if (keys.length === 0) throw invalid("the base", ["no key signs it"]);
  return sealEnvelope(BASE_TYPE, canonicalJson(parsed.data), keys);
}

/** Signs a halt. A key of either role does. Throws `input-invalid` for what no client would take. */
export function signHalt(payload: HaltPayload, keys: readonly SigningKey[]): Envelope {
  const parsed = haltPayloadSchema.safeParse(payload);
  if (!parsed.success) throw invalid("the halt", explainIssues(parsed.error.issues, payload, haltPayloadSchema));
  const { version, baseVersion } = payload;
  if (version <= baseVersion || version > baseVersion + HALT_VERSIONS)
    throw invalid("the halt", [`version: ${version} must be above its base's ${baseVersion}, by ${HALT_VERSIONS} at most`]);
  if (keys.length === 0) throw invalid("the halt", ["no key signs it"]);
  return sealEnvelope(HALT_TYPE, canonicalJson(parsed.data), keys);
}

/**
 * The halt that follows a document's own: a higher version, and per named use case the lower of the cap that is in force and the one that is
 * asked for. Nothing is ever raised.
 *
 * @param issued ISO 8601, UTC with milliseconds
 */
export function nextHalt(document: SeedDocument, caps: Readonly<Record<string, Cap>>, issued: string): HaltPayload {
  const { base, halt } = openDocument(document);
  const unknown = Object.keys(caps).find((name) => base.payload.useCases[name] === undefined);
  if (unknown !== undefined) throw invalid("the halt", [`caps.${unknown}: is no use case of the base`]);
  const before = halt?.payload.caps ?? {};
  const lowered = Object.entries(caps).map(([name, asked]) => [name, lower(before[name], asked)] as const);
  return {
    project: base.payload.project,
    version: (halt?.payload.version ?? base.payload.version) + 1,
    baseVersion: base.payload.version,
    baseDigest: base.digest,
    issued,
    caps: { ...before, ...Object.fromEntries(lowered) },
  };
}

function lower(before: Cap | undefined, asked: Cap): Cap {
  return before === undefined || asked.cap < before.cap ? asked : before;
}

/** The payloads of a document of one's own; signatures are not looked at. Throws `input-invalid`. */
export function openDocument(document: SeedDocument): {
  readonly base: Opened<BasePayload>;
  readonly halt: Opened<HaltPayload> | undefined;
} {
  const base = openBase(document.base);
  if (typeof base === "string") throw new UnforkError("input-invalid", base);
  const halt = document.halt === undefined ? undefined : openHalt(document.halt);
  if (typeof halt === "string") throw new UnforkError("input-invalid", halt);
  return { base, halt };
}

/** A document as it is stored and served: one text for one content, so that its digest can be its ETag. */
export function seedText(document: SeedDocument): string {
  return `${canonicalJson(document)}\n`;
}

/** The strong ETag of a document's text. */
export function seedEtag(text: string): string {
  return `"${sha256(text).slice(0, 32)}"`;
}

/** How many buckets of a use case get the treatment of this document, of `BUCKETS`. */
export function exposedBuckets(document: SeedDocument, useCase: string): number {
  const { base, halt } = openDocument(document);
  const cap = halt?.payload.caps[useCase]?.cap ?? BUCKETS;
  const arms = base.payload.useCases[useCase]?.arms ?? [];
  return arms.reduce((sum, { arm, from, to }) => sum + (arm === "treatment" ? Math.min(to - from, cap) : 0), 0);
}

function invalid(what: string, problems: readonly string[]): UnforkError {
  return new UnforkError("input-invalid", `${what} cannot be signed: ${problems.join("; ")}`);
}
