/** Owns the reading and the change of the manifest, and the removal of what it does not list. */
import { open, readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { EMPTY_MANIFEST, type TelemetryManifest, telemetryManifestSchema } from "../../../model/telemetry-manifest.js";
import { UnforkError, fileError, systemCodeOf } from "../../../support/errors.js";
import { listFiles, syncFolder, writeFileAtomic } from "../../../support/fs.js";

const NAME = "manifest.json";

/** The manifest; an empty one where none is. Throws `state-invalid` for one that is not ours. */
export async function readManifest(dir: string): Promise<TelemetryManifest> {
  const path = join(dir, NAME);
  try {
    return telemetryManifestSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    if (systemCodeOf(cause) === "ENOENT") return EMPTY_MANIFEST;
    if (systemCodeOf(cause) !== undefined) throw fileError("read", path, cause);
    throw new UnforkError("state-invalid", `${path} is not a manifest of telemetry`, { hint: "take the folder from a backup", cause });
  }
}

/** Puts the manifest in place, so that it outlives a power cut; what it lists must be synced already. Throws `disk`. */
export async function writeManifest(dir: string, manifest: TelemetryManifest): Promise<void> {
  await writeFileAtomic(join(dir, NAME), `${JSON.stringify(manifest)}\n`);
  await syncFolder(dir);
}

/** Syncs a file that another program wrote, and the folders that lead to it. */
export async function syncFile(dir: string, file: string): Promise<void> {
  const handle = await open(join(dir, file), "r+");
  await handle.sync().finally(() => handle.close());
  const parts = file.split("/").slice(0, -1);
  for (let depth = parts.length; depth >= 0; depth--) await syncFolder(join(dir, ...parts.slice(0, depth)));
}

/** Removes files of steps that were cut short: nothing may write meanwhile. */
export async function removeUnlisted(dir: string, manifest: TelemetryManifest): Promise<void> {
  const listed = new Set([...manifest.eventFiles, ...manifest.dayFiles].map(({ file }) => file));
  for (const room of ["events", "days"]) {
    const files = (await readdir(join(dir, room)).catch(() => [])).length === 0 ? [] : await listFiles(join(dir, room));
    await Promise.all(files.filter((file) => !listed.has(`${room}/${file}`)).map((file) => rm(join(dir, room, file), { force: true })));
  }
  await rm(join(dir, "spill"), { recursive: true, force: true });
}
