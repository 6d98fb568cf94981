/** Owns what the commands of `unfork seed` share: key files, seed files. */
import { readFile } from "node:fs/promises";

import { readSeed, type OpenedSeed } from "../../../experiment/assignment/read-seed.js";
import type { KeyRole } from "../../../model/seed.js";
import { UnforkError, fileError } from "../../../support/errors.js";

export const ROLES: readonly KeyRole[] = ["signer", "halt"];

/** Takes a repeated option's values together. */
export function collect(value: string, earlier: readonly string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

/** A key's path, and its role where the file does not tell it: `signer.json`, `halt=key.pem`. */
export function keyPath(text: string): { readonly path: string; readonly role: KeyRole | undefined } {
  const role = ROLES.find((one) => text.startsWith(`${one}=`));
  return { path: role === undefined ? text : text.slice(role.length + 1), role };
}

export async function readBytes(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error: unknown) => Promise.reject(fileError("read", path, error)));
}

/** A seed of the right shape; nothing is trusted yet. Throws `input-missing`, `input-invalid`. */
export async function readSeedFile(path: string): Promise<OpenedSeed> {
  const seed = readSeed(await readBytes(path));
  if (typeof seed === "string") throw new UnforkError("input-invalid", `${path}: ${seed}`);
  return seed;
}

/** A moment as seeds have it. Throws `usage`. */
export function moment(text: string, option: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new UnforkError("usage", `${option}: ${text} is no time such as 2026-11-30T12:00:00Z`);
  return time;
}
