/** Owns what an installation has and never tells: its id, by which it is assigned, and its secret, which its pseudonyms are made with. */
import { link, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

import { UnforkError, fileError, systemCodeOf } from "../../support/errors.js";
import { readTextIfThere, writeFileAtomic } from "../../support/fs.js";
import { randomId, secretBytes } from "../../support/random.js";

const digits = z.string().regex(/^[0-9a-f]{32}$/);
const installationSchema = z.strictObject({ id: digits, secret: digits });
export type Installation = z.infer<typeof installationSchema>;

/** A new one, for a process that keeps nothing. */
export function newInstallation(): Installation {
  return { id: secretBytes(16).toString("hex"), secret: secretBytes(16).toString("hex") };
}

/** The one of the folder; made at the first call, whichever process comes first. Throws `disk`, and `state-invalid` for a damaged file. */
export async function installationIn(folder: string): Promise<Installation> {
  const path = join(folder, "installation.json");
  const text = (await readTextIfThere(path)) ?? (await make(path));
  const parsed = installationSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new UnforkError("state-invalid", `${path} is damaged`, { hint: "remove it; the installation then counts as a new one" });
}

async function make(path: string): Promise<string> {
  const temporary = `${path}.${randomId()}`;
  const text = `${JSON.stringify(newInstallation())}\n`;
  await writeFileAtomic(temporary, text, 0o600);
  try {
    await link(temporary, path);
    return text;
  } catch (error) {
    if (systemCodeOf(error) !== "EEXIST") throw fileError("write", path, error);
    return (await readTextIfThere(path)) ?? "";
  } finally {
    await rm(temporary, { force: true });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
