/** Owns what a folder of laid out files says of itself: for which conflicts they are, and how each was laid out. */
import { readFile, readdir, rename, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { UnforkError, fileError, systemCodeOf } from "../support/errors.js";
import { exists, readTextIfThere } from "../support/fs.js";
import { sha256 } from "../support/hash.js";
import type { ConflictKey } from "./feature.js";

/** The three sides by names a person knows, and the release the merge is for. */
export interface Sides {
  readonly release: string;
  readonly ours: string;
  readonly base: string;
  readonly theirs: string;
}

export interface ConflictFolder {
  readonly root: string;
  readonly feature: string;
  readonly sides: Sides;
}

export const STATE_FILE = ".unfork-conflict.json";

/** Why files lie there though nothing is open: somebody wants to edit them again, or what was merged does not pass its tests. */
const againSchema = z.enum(["edit", "verify"]);
export type Again = z.infer<typeof againSchema>;

const stateSchema = z.strictObject({
  release: z.string(),
  again: againSchema.nullable().default(null),
  conflicts: z.array(
    z.strictObject({
      path: z.string(),
      base: z.string(),
      ours: z.string(),
      theirs: z.string(),
      /** SHA-256 of the file as it was laid out, or null when none was (binary content). */
      laid: z.string().nullable(),
    }),
  ),
});
export type State = z.infer<typeof stateSchema>;

/** What lies there though nothing is open, or undefined. */
export async function laidAgain(
  folder: ConflictFolder,
): Promise<{ readonly again: Again; readonly keys: readonly ConflictKey[] } | undefined> {
  const known = await readState(targetOf(folder));
  return known === undefined || known.again === null ? undefined : { again: known.again, keys: known.conflicts };
}

/** Takes away what lies below `root` only to be edited again; what a person edited there is moved aside. */
export async function dropLaidAgain(root: string): Promise<void> {
  for (const feature of await namesIn(root)) {
    for (const release of await namesIn(join(root, feature))) {
      const target = join(root, feature, release);
      const known = await readState(target);
      if (known === undefined || known.again === null) continue;
      if (await wasEdited(target, known)) await moveAside(target);
      else await rm(target, { recursive: true, force: true });
    }
    await rmdir(join(root, feature)).catch(() => undefined);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

export async function wasEdited(target: string, state: State): Promise<boolean> {
  const texts = await Promise.all(state.conflicts.map(({ path }) => readIfThere(join(target, path))));
  return state.conflicts.some(({ laid }, index) => laid !== (texts[index] === undefined ? null : sha256(texts[index])));
}

/** What a person edited is never written over. */
export async function moveAside(target: string): Promise<void> {
  let number = 1;
  while (await exists(`${target}.earlier-${number}`)) number++;
  await rename(target, `${target}.earlier-${number}`).catch((error: unknown) => Promise.reject(fileError("move aside", target, error)));
}

export async function readState(target: string): Promise<State | undefined> {
  const file = join(target, STATE_FILE);
  const text = await readTextIfThere(file);
  if (text === undefined) return undefined;
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new UnforkError("state-invalid", `${file} is not one of ours`, { hint: "move this folder away and start again", cause: error });
  }
}

export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return undefined;
    throw fileError("read", path, error);
  }
}

export function targetOf(folder: ConflictFolder): string {
  return join(folder.root, folder.feature, folder.sides.release);
}
