/**
 * Owns what the patch commands remember, in one notes ref that a clone carries: how a port was asked for and what a person
 * decided (`ports/<name>.json`), and how conflicts were settled (`resolutions/…`).
 */
import { z } from "zod";

import { type StateFiles, openStateFiles } from "../../git/state-ref.js";
import type { ObjectPool } from "../../git/object-pool.js";
import { UnforkError } from "../../support/errors.js";
import { canonicalJson } from "../../support/hash.js";

export const STATE_REF = "refs/notes/unfork";

const portStateSchema = z.strictObject({
  /** Commits: `base..tip` onto `onto`. */
  base: z.string(),
  tip: z.string(),
  onto: z.string(),
  /** Where the ref stood before this port; null: it did not exist. */
  before: z.string().nullable(),
  /** Patches that a person left out, with the reason. */
  skipped: z.array(z.strictObject({ patch: z.string(), reason: z.string() })),
});
export type PortState = z.infer<typeof portStateSchema>;

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
  try {
    return portStateSchema.parse(JSON.parse(content.toString("utf8")));
  } catch (error) {
    throw new UnforkError("state-invalid", `${STATE_REF} holds a ${pathOf(name)} that is not one of ours`, {
      hint: "start the port again: unfork patch port",
      cause: error,
    });
  }
}
