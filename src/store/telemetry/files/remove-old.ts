/** Owns the removal of events that are too old to be sent again: their device-days stay, and with them every analysis. */
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { readManifest, writeManifest } from "./manifest.js";

/** Takes files of events out whose day lies before `day` (`2026-11-30`); gives how many. Throws `disk`. */
export async function removeEventsBefore(dir: string, day: string): Promise<number> {
  const manifest = await readManifest(dir);
  const old = manifest.eventFiles.filter((file) => file.day < day);
  if (old.length === 0) return 0;
  const eventFiles = manifest.eventFiles.filter((file) => file.day >= day);
  await writeManifest(dir, { ...manifest, version: manifest.version + 1, eventFiles });
  for (const { file } of old) await rm(join(dir, file), { force: true });
  return old.length;
}
