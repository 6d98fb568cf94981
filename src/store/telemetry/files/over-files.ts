/** Owns the reading of files that a server may merge away meanwhile. */
import type { TelemetryManifest } from "../../../model/telemetry-manifest.js";
import { readManifest } from "./manifest.js";

const TRIES = 4;

/** Files that were merged away are found again under the manifest that came with it. */
export async function overFiles<T>(dir: string, read: (manifest: TelemetryManifest) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const manifest = await readManifest(dir);
    try {
      return await read(manifest);
    } catch (error) {
      if (attempt === TRIES || (await readManifest(dir)).version === manifest.version) throw error;
    }
  }
}
