/** Owns a server's proposal as a signer sees it: fetched, read by the signer's own schema, compared with what is served, signed. */
import { checkEnvelope } from "../../../experiment/assignment/dsse.js";
import { readSigningKey, readTrustedKey } from "../../../experiment/assignment/key-file.js";
import type { SigningKey } from "../../../experiment/assignment/keys.js";
import { openDocument, signBase } from "../../../experiment/assignment/sign-seed.js";
import { type BaseReview, exceeds, reviewBase } from "../../../experiment/ramp/review-base.js";
import { type BasePayload, type SeedDocument, basePayloadSchema, seedDocumentSchema } from "../../../model/seed.js";
import type { ReviewView } from "../../../report/experiment/review.js";
import { wallClockMs } from "../../../support/clock.js";
import { UnforkError } from "../../../support/errors.js";
import type { Connection } from "../../connection.js";
import { type Amendments, amended, amends } from "./amend.js";

interface SignerOptions extends Amendments {
  readonly key: string;
  readonly trust?: readonly string[];
  readonly upTo?: number;
}

export interface Reviewed {
  readonly payload: BasePayload;
  readonly key: SigningKey;
  readonly view: ReviewView;
  /** Why it may not be signed without a person. */
  readonly beyond: readonly string[];
}

interface Proposal {
  readonly payload: unknown;
  readonly raises: ReviewView["raises"];
  readonly needed: string | null;
}

/** What waits for a signature, or undefined. Throws `input-invalid` for a proposal that is none. */
export async function fetchProposal(server: Connection, options: SignerOptions): Promise<Reviewed | undefined> {
  const key = await readSigningKey(options.key, "signer");
  if (key.role !== "signer") throw new UnforkError("usage", `${options.key} may only halt: a base needs a signer's key`);
  const { payload, raises, needed } = await server.get<Proposal>("/api/v1/seeds/proposal");
  if (needed === null && !amends(options)) return undefined;
  const parsed = basePayloadSchema.safeParse(payload);
  if (!parsed.success) throw new UnforkError("input-invalid", `what ${server.url} proposes is no base of a seed`);
  const base = await amended(parsed.data, options);
  const served = await knownSeed(server, key, options.trust ?? []);
  const review = reviewOf(served, base);
  const beyond = options.upTo === undefined ? [] : exceeds(review, options.upTo, wallClockMs());
  return { payload: base, key, view: { ...review, raises, first: served === undefined }, beyond };
}

function reviewOf(served: SeedDocument | undefined, payload: BasePayload): BaseReview {
  if (served === undefined) return reviewBase(undefined, payload);
  const { base, halt } = openDocument(served);
  if (base.payload.project !== payload.project)
    throw new UnforkError("input-invalid", `the proposal is of the project ${payload.project}, what is served of ${base.payload.project}`);
  return reviewBase(base.payload, payload, halt?.payload.caps);
}

/** The seed that is served, if one of the signer's keys has signed its base: what another says was served before counts for nothing. */
async function knownSeed(server: Connection, key: SigningKey, trust: readonly string[]): Promise<SeedDocument | undefined> {
  const response = await server.raw("GET", "/v1/seed");
  if (response.status === 404) return undefined;
  const document = seedDocumentSchema.safeParse(await response.json().catch(() => undefined)).data;
  if (document === undefined) return undefined;
  const keys = [key, ...(await Promise.all(trust.map((file) => readTrustedKey(file, "signer"))))];
  return checkEnvelope(document.base, keys) === "good" ? document : undefined;
}

/** Signs and brings it back. */
export async function upload(server: Connection, { payload, key }: Reviewed): Promise<{ readonly version: number }> {
  return server.post("/api/v1/seeds", { base: signBase(payload, [key]) });
}
