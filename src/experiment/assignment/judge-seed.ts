/** Owns whether a client takes a seed: signatures, versions that only grow, halts that only lower, expiry. */
import { type AcceptedSeed, BUCKETS, type BasePayload, HALT_VERSIONS, type HaltPayload, type TrustedKey } from "../../model/seed.js";
import { checkEnvelope } from "./dsse.js";
import { type Opened, type OpenedSeed, readSeed } from "./read-seed.js";

/** How much later than `expires` a seed still counts, in ms: clocks differ. */
export const EXPIRY_SKEW_MS = 600_000;

/** What a client knows before it looks at a seed. */
export interface SeedTrust {
  readonly project: string;
  /** Built into the program; trusted until a seed revokes them. */
  readonly keys: readonly TrustedKey[];
  /** Of the last accepted seed. */
  readonly previous: AcceptedSeed | undefined;
  /** Now, in ms since 1970. */
  readonly now: number;
}

export type RejectionReason =
  | "malformed"
  | "other-project"
  | "unsigned"
  | "altered"
  | "expired"
  | "rolled-back"
  | "conflicting"
  | "halt-unsigned"
  | "halt-altered"
  | "halt-of-another-base"
  | "halt-version"
  | "halt-raises";

export interface Rejection {
  readonly status: "rejected";
  readonly reason: RejectionReason;
  readonly message: string;
}

export interface Acceptance {
  /** `same`: the content that was accepted last. */
  readonly status: "accepted" | "same";
  readonly seed: OpenedSeed;
  readonly base: BasePayload;
  readonly halt: HaltPayload | undefined;
  /** What to remember. */
  readonly accepted: AcceptedSeed;
}

export type Judgement = Acceptance | Rejection;

/** Reads and judges. Pure: the same bytes, trust and time give the same answer. */
export function judgeSeed(bytes: Uint8Array | string, trust: SeedTrust): Judgement {
  const seed = readSeed(bytes);
  return typeof seed === "string" ? reject("malformed", seed) : judgeOpened(seed, trust);
}

function judgeOpened(seed: OpenedSeed, trust: SeedTrust): Judgement {
  const { base, halt } = seed;
  const revoked = [...new Set([...(trust.previous?.revoked ?? []), ...base.payload.revoked])];
  const later = trustedKeys(trust.keys, base.payload.keys, revoked);
  return (
    wrongBase(base, trust, revoked) ??
    (halt === undefined ? undefined : wrongHalt(halt, base, later, trust.project)) ??
    wrongStep(seed, trust.previous) ??
    expired(seed, trust.now) ??
    accept(seed, trust, revoked)
  );
}

/** Whether the seed's time is over. A clock that is behind the seed's own times is wrong: those count then. */
export function isExpired(base: BasePayload, halt: HaltPayload | undefined, now: number): boolean {
  const issued = Math.max(Date.parse(base.issued), halt === undefined ? 0 : Date.parse(halt.issued));
  return Math.max(now, issued) > Date.parse(base.expires) + EXPIRY_SKEW_MS;
}

function wrongBase(base: Opened<BasePayload>, trust: SeedTrust, revoked: readonly string[]): Rejection | undefined {
  if (base.payload.project !== trust.project)
    return reject("other-project", `the base is of the project ${base.payload.project}, not of ${trust.project}`);
  const signers = trustedKeys(trust.keys, trust.previous?.keys ?? [], revoked).filter(({ role }) => role === "signer");
  return unsigned(checkEnvelope(base.envelope, signers), "the base", ["unsigned", "altered"]);
}

function wrongHalt(
  halt: Opened<HaltPayload>,
  base: Opened<BasePayload>,
  keys: readonly TrustedKey[],
  project: string,
): Rejection | undefined {
  const found = unsigned(checkEnvelope(halt.envelope, keys), "the halt", ["halt-unsigned", "halt-altered"]);
  if (found !== undefined) return found;
  const { version, baseVersion, baseDigest } = halt.payload;
  if (halt.payload.project !== project || baseVersion !== base.payload.version || baseDigest !== base.digest)
    return reject("halt-of-another-base", `the halt is of version ${baseVersion} of ${halt.payload.project}, or of another text of it`);
  if (version > baseVersion && version <= baseVersion + HALT_VERSIONS) return undefined;
  return reject("halt-version", `the halt's version ${version} does not follow its base's ${baseVersion} by 1 to ${HALT_VERSIONS}`);
}

function unsigned(
  found: "good" | "bad" | "none",
  what: string,
  [none, bad]: readonly [RejectionReason, RejectionReason],
): Rejection | undefined {
  if (found === "good") return undefined;
  if (found === "none") return reject(none, `${what} is not signed by a key that is trusted for it`);
  return reject(bad, `${what} has a signature of a trusted key that does not belong to its text`);
}

/** What may follow what: a new base above all that was accepted, or another halt of the same base that lowers. */
function wrongStep({ base, halt }: OpenedSeed, previous: AcceptedSeed | undefined): Rejection | undefined {
  if (previous === undefined) return undefined;
  const version = halt?.payload.version ?? base.payload.version;
  if (version < previous.version) return reject("rolled-back", `version ${version} is older than ${previous.version}, which was accepted`);
  if (base.digest !== previous.baseDigest) {
    if (base.payload.version > previous.version) return undefined;
    if (base.payload.version < previous.baseVersion || version > previous.version)
      return reject("rolled-back", `the base ${base.payload.version} is not newer than ${previous.version}, which was accepted`);
    return reject("conflicting", `version ${version} has another content than the one that was accepted`);
  }
  if (version === previous.version && (halt?.digest ?? null) !== previous.haltDigest)
    return reject("conflicting", `version ${version} has another halt than the one that was accepted`);
  const raised = halt === undefined ? undefined : raisedUseCase(halt.payload, previous);
  return raised === undefined ? undefined : reject("halt-raises", `the halt leaves more of ${raised} than the one that was accepted`);
}

function raisedUseCase(halt: HaltPayload, previous: AcceptedSeed): string | undefined {
  return Object.keys(previous.caps).find((name) => (halt.caps[name]?.cap ?? BUCKETS) > (previous.caps[name] ?? 0));
}

function expired({ base, halt }: OpenedSeed, now: number): Rejection | undefined {
  return isExpired(base.payload, halt?.payload, now)
    ? reject("expired", `version ${base.payload.version} expired at ${base.payload.expires}`)
    : undefined;
}

function accept(seed: OpenedSeed, trust: SeedTrust, revoked: readonly string[]): Acceptance {
  const base = seed.base.payload;
  const halt = seed.halt?.payload;
  const same = trust.previous?.baseDigest === seed.base.digest && trust.previous.haltDigest === (seed.halt?.digest ?? null);
  const accepted = {
    project: base.project,
    version: halt?.version ?? base.version,
    baseVersion: base.version,
    baseDigest: seed.base.digest,
    haltDigest: seed.halt?.digest ?? null,
    caps: Object.fromEntries(Object.entries(halt?.caps ?? {}).map(([name, { cap }]) => [name, cap])),
    keys: base.keys,
    revoked: [...revoked],
  };
  return { status: same ? "same" : "accepted", seed, base, halt, accepted };
}

/** Built-in keys and those of a seed, less what is revoked. */
function trustedKeys(builtIn: readonly TrustedKey[], named: readonly TrustedKey[], revoked: readonly string[]): TrustedKey[] {
  return [...builtIn, ...named].filter(({ id }) => !revoked.includes(id));
}

function reject(reason: RejectionReason, message: string): Rejection {
  return { status: "rejected", reason, message };
}
