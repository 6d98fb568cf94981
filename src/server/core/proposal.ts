/** Owns what should be signed next: the base that the experiments' ramps come to. */
import type { BasePayload, TrustedKey } from "../../model/seed.js";
import { publicPart } from "../../experiment/assignment/keys.js";
import { type BaseFrame, type Raise, nextBase, raisesNow } from "../../experiment/ramp/base-payload.js";
import { isActive } from "../../experiment/ramp/entry.js";
import type { Database } from "../../store/state/database.js";
import { listKeys } from "../../store/state/keys.js";
import { newestVersion } from "../../store/state/seeds.js";
import { UnforkError } from "../../support/errors.js";
import { canonicalJson } from "../../support/hash.js";
import type { Core } from "./core.js";
import { type StoredEntry, storedEntries } from "./entries.js";
import { loadSeed } from "./load-seed.js";
import type { ServedSeed } from "./publisher.js";

/** How long a proposed base holds: a device that is offline for longer uses its program's own flavor. */
export const VALID_DAYS = 21;

/** A base is signed anew when less of its time is left than this part. */
const RENEW_BELOW = 1 / 3;

export interface Proposal {
  /** The payload to sign, with its version. */
  readonly payload: BasePayload;
  /** What the signature would raise. */
  readonly raises: readonly Raise[];
  /** Why it should be signed; `null` where what is served says the same and holds long enough. */
  readonly needed: "raises" | "changes" | "expires" | "first" | null;
  /** Version of the base that is served, `null` for none. */
  readonly base: number | null;
}

/** The proposal as of now. Throws `state-invalid` when there is nothing to propose. */
export async function proposeBase(core: Core): Promise<Proposal> {
  const current = await loadSeed(core);
  const entries = await storedEntries(core.db, core.project);
  const now = core.now();
  const payload = nextBase(await frameOf(core, entries, current, now), entries, now.toISOString());
  const raises = raisesNow(entries, now.toISOString());
  return { payload, raises, needed: neededFor(payload, raises, current, now), base: current?.base.version ?? null };
}

function neededFor(payload: BasePayload, raises: readonly Raise[], current: ServedSeed | undefined, now: Date): Proposal["needed"] {
  if (raises.length > 0) return "raises";
  if (current === undefined) return "first";
  const whole = Date.parse(current.base.expires) - Date.parse(current.base.issued);
  if (Date.parse(current.base.expires) - now.getTime() < whole * RENEW_BELOW) return "expires";
  const same = canonicalJson([payload.useCases, payload.flavors]) === canonicalJson([current.base.useCases, current.base.flavors]);
  return same ? null : "changes";
}

async function frameOf(core: Core, entries: readonly StoredEntry[], current: ServedSeed | undefined, now: Date): Promise<BaseFrame> {
  return {
    project: core.project,
    version: (await newestVersion(core.db, core.project)) + 1,
    issued: now.toISOString(),
    expires: new Date(now.getTime() + VALID_DAYS * 86_400_000).toISOString(),
    flavors: flavorsOf(entries, current),
    keys: await keysOf(core.db, core, current),
    revoked: current?.base.revoked ?? [],
  };
}

/** The releases of both flavors: those that the active experiments compare, of which there is one pair at a time. */
function flavorsOf(entries: readonly StoredEntry[], current: ServedSeed | undefined): BasePayload["flavors"] {
  const active = entries.filter(isActive);
  const named = active.flatMap(({ experiment: { from, to } }) => [from, to]);
  const releases = { legacy: releaseOf("legacy", named, current), latest: releaseOf("latest", named, current) };
  if (releases.legacy !== undefined && releases.latest !== undefined) {
    return { legacy: { release: releases.legacy }, latest: { release: releases.latest } };
  }
  throw new UnforkError("state-invalid", "no experiment was started yet, so that there is no seed to propose", {
    hint: "unfork rollout start ID",
  });
}

function releaseOf(
  flavor: "legacy" | "latest",
  named: readonly { readonly flavor: string; readonly release: string }[],
  current: ServedSeed | undefined,
): string | undefined {
  const releases = [...new Set(named.filter((one) => one.flavor === flavor).map(({ release }) => release))];
  if (releases.length > 1) {
    throw new UnforkError("state-invalid", `active experiments name several releases of ${flavor}: ${releases.join(", ")}`, {
      hint: "finish or roll back those of the older one: a program has one release of each flavor",
    });
  }
  // An A/A experiment names one flavor only.
  return releases[0] ?? current?.base.flavors[flavor].release ?? named[0]?.release;
}

/** Those in force, the local signers and this server's own, without which its halts would not be accepted. */
async function keysOf(db: Database, core: Core, current: ServedSeed | undefined): Promise<TrustedKey[]> {
  const stored = await listKeys(db, core.project);
  const revoked = new Set(stored.filter(({ revokedAt }) => revokedAt !== null).map(({ id }) => id));
  const local = stored.filter(({ origin }) => origin === "local");
  const all = [...(current?.base.keys ?? []), ...local, publicPart(core.haltKey)].filter(({ id }) => !revoked.has(id));
  const byId = new Map(all.map((key) => [key.id, publicPart(key)]));
  return [...byId.values()];
}
