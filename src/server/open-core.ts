/** Owns the core over an open state: the project, its halt key, the signers that are trusted. */
import { join } from "node:path";

import { readSigningKey, readTrustedKey, writeKeyFile } from "../experiment/assignment/key-file.js";
import { type SigningKey, generateKey } from "../experiment/assignment/keys.js";
import type { Database } from "../store/state/database.js";
import { addProject, listProjects } from "../store/state/experiments.js";
import { UnforkError } from "../support/errors.js";
import { exists } from "../support/fs.js";
import { type Core, LOCAL } from "./core/core.js";
import { createPublisher } from "./core/publisher.js";
import { trustKey } from "./core/trust.js";

export interface CoreOptions {
  readonly dir: string;
  readonly project?: string;
  readonly haltKeyFile?: string;
  readonly signerFiles: readonly string[];
  readonly clock: () => number;
}

/** Opens it. Throws `input-missing` or `input-invalid` for a key, `usage` where it is not clear which project is meant. */
export async function openCore(db: Database, options: CoreOptions): Promise<Core> {
  const now = () => new Date(options.clock());
  const project = await projectOf(db, options.project);
  await addProject(db, project, now());
  const core = { db, project, now, publisher: createPublisher(), haltKey: await haltKeyOf(options) };
  for (const file of options.signerFiles) await trustKey(core, await readTrustedKey(file), LOCAL);
  return core;
}

/** The one that is named, or the only one that the state has. Throws `usage`. */
export async function projectOf(db: Database, named: string | undefined): Promise<string> {
  if (named !== undefined) return named;
  const known = await listProjects(db);
  const [only] = known;
  if (only === undefined) return "default";
  if (known.length === 1) return only;
  throw new UnforkError("usage", `the state has several projects: ${known.join(", ")}`, { hint: "name one with --project" });
}

/** From its file; without one, a new key that stays in the server's folder: it may only lower exposure. */
async function haltKeyOf({ dir, haltKeyFile }: CoreOptions): Promise<SigningKey> {
  const path = haltKeyFile ?? join(dir, "halt-key.json");
  if (haltKeyFile === undefined && !(await exists(path))) await writeKeyFile(path, generateKey("halt"));
  const key = await readSigningKey(path, "halt");
  if (key.role === "halt") return key;
  throw new UnforkError("input-invalid", `${path} is a signer's key: the server must not be able to raise exposure`, {
    hint: "make one with: unfork seed keygen --role halt --out FILE",
  });
}
