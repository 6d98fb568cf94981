/** Owns what an installation has and never tells: its id, by which it is assigned, and its secret, which its pseudonyms are made with. */
import { link, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

import { messageOf, systemCodeOf } from "../../support/errors.js";
import { readTextIfThere, writeFileAtomic } from "../../support/fs.js";
import { randomId, secretBytes } from "../../support/random.js";

const digits = z.string().regex(/^[0-9a-f]{32}$/);
const installationSchema = z.strictObject({ id: digits, secret: digits });
export type Installation = z.infer<typeof installationSchema>;

/** A new one, for a process that keeps nothing. */
export function newInstallation(): Installation {
  return { id: secretBytes(16).toString("hex"), secret: secretBytes(16).toString("hex") };
}

/**
 * The one of the folder; made at the first call, whichever process comes first. A damaged file, or a folder that cannot be written, is told: the
 * installation then counts as a new one.
 */
export async function installationIn(folder: string, tell: (message: string) => void): Promise<Installation> {
  const path = join(folder, "installation.json");
  try {
    const found = parse((await readTextIfThere(path)) ?? (await make(path)));
    if (found !== undefined) return found;
    tell(`${path} is damaged: the installation counts as a new one`);
    await rm(path, { force: true });
    return parse(await make(path)) ?? newInstallation();
  } catch (error) {
    tell(`${path} cannot be kept: ${messageOf(error)}`);
    return newInstallation();
  }
}

async function make(path: string): Promise<string> {
  const temporary = `${path}.${randomId()}`;
  const text = `${JSON.stringify(newInstallation())}\n`;
  await writeFileAtomic(temporary, text, 0o600);
  try {
    await link(temporary, path);
    return text;
  } catch (error) {
    if (systemCodeOf(error) === "EEXIST") return (await readTextIfThere(path)) ?? "";
    // Some file systems know no hard links; two processes that start at once may then differ in their first run.
    await rename(temporary, path);
    return text;
  } finally {
    await rm(temporary, { force: true });
  }
}

function parse(text: string): Installation | undefined {
  try {
    return installationSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
