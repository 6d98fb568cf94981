/**
 * Owns what the patch commands remember, in one notes ref that a clone carries: how a port was asked for, what came out and what
 * a person decided (`ports/<name>.json`), and how conflicts were settled (`resolutions/…`).
 */
import type { ObjectPool } from "../../git/object-pool.js";
import { type StateFiles, openStateFiles } from "../../git/state-ref.js";
import { UnforkError } from "../../support/errors.js";
import { canonicalJson } from "../../support/hash.js";

export const STATE_REF = "refs/notes/unfork";

export interface PortState {
  /** Commits: `base..tip` onto `onto`. */
  readonly base: string;
  readonly tip: string;
  readonly onto: string;
  /** Where the ref stood before this port; null: it did not exist. */
  readonly before: string | null;
  /** Patches that a person left out, with the reason. */
  readonly skipped: readonly SkippedPatch[];
  /** Patches that upstream has already are left out; null: they are not looked for. */
  readonly upstreamed: UpstreamedState | null;
  /** Some patches are in conflict. */
  readonly waiting: boolean;
}

export interface UpstreamedState {
  /** Upstream's head beyond `onto`, where one was named. */
  readonly head: string | null;
}

export interface SkippedPatch {
  readonly patch: string;
  readonly reason: string;
}

export interface PatchState {
  readonly files: StateFiles;
  readonly port: (name: string) => Promise<PortState | undefined>;
  readonly setPort: (name: string, port: PortState | null) => Promise<void>;
}

export async function openPatchState(pool: ObjectPool): Promise<PatchState> {
  const files = await openStateFiles(pool, STATE_REF);
  return {
    files,
    port: async (name) => parsePort(name, await files.read(pathOf(name))),
    setPort: (name, port) => files.set(pathOf(name), port === null ? null : `${canonicalJson(port, 2)}\n`),
  };
}

function pathOf(name: string): string {
  return `ports/${name}.json`;
}

function parsePort(name: string, content: Buffer | undefined): PortState | undefined {
  if (content === undefined) return undefined;
  const value = parseJson(content);
  if (isPortState(value)) return value;
  throw new UnforkError("state-invalid", `${STATE_REF} holds a ${pathOf(name)} that is not one of ours`, {
    hint: "use another --name, or remove that file from the ref",
  });
}

function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** By hand, since every port reads this and a schema's library takes longer to load than most ports. */
function isPortState(value: unknown): value is PortState {
  if (typeof value !== "object" || value === null) return false;
  const { base, tip, onto, before, skipped, upstreamed, waiting } = value as Record<string, unknown>;
  const commits = [base, tip, onto, ...(before === null ? [] : [before])];
  return (
    commits.every(isId) && Array.isArray(skipped) && skipped.every(isSkipped) && isUpstreamed(upstreamed) && typeof waiting === "boolean"
  );
}

function isId(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{40}$/.test(value);
}

function isUpstreamed(value: unknown): value is UpstreamedState | null {
  if (typeof value !== "object" || value === null) return value === null;
  const { head } = value as Record<string, unknown>;
  return head === null || isId(head);
}

function isSkipped(value: unknown): value is SkippedPatch {
  const { patch, reason } = (value ?? {}) as Record<string, unknown>;
  return typeof patch === "string" && typeof reason === "string";
}
