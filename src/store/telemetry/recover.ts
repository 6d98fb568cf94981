/** Owns the opening of a folder that may have been left in the middle of anything. */
import type { TelemetryManifest } from "../../model/telemetry-manifest.js";
import { makeFolder } from "../../support/fs.js";
import { readManifest, removeUnlisted } from "./files/manifest.js";
import { listSegments, logFolder, recoverSegment, removeSegment } from "./log/segments.js";

/** What was found. */
export interface RecoveredFolder {
  readonly manifest: TelemetryManifest;
  /** Number of the next segment. */
  readonly next: number;
  readonly logBytes: number;
  readonly cutBytes: number;
}

/** Removes what steps left that were cut short, and cuts the log back to what is whole. Throws `disk`, `state-invalid`. */
export async function recoverFolder(dir: string): Promise<RecoveredFolder> {
  await makeFolder(logFolder(dir));
  const manifest = await readManifest(dir);
  await removeUnlisted(dir, manifest);
  let logBytes = 0;
  let cutBytes = 0;
  const numbers = await listSegments(dir);
  for (const number of numbers) {
    if (number <= manifest.consumed) await removeSegment(dir, number);
    else {
      const { bytes, cut } = await recoverSegment(dir, number);
      logBytes += bytes;
      cutBytes += cut;
    }
  }
  return { manifest, next: Math.max(manifest.consumed, numbers.at(-1) ?? 0) + 1, logBytes, cutBytes };
}
