/** Owns what was generated last time: kept beside the shim, compressed, so that edits can be told and merged. */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

import { UnforkError, fileError, systemCodeOf } from "../../support/errors.js";

/** Below the shim's folder. */
export const LAST_FOLDER = ".generated";

export function lastPath(path: string): string {
  return `${LAST_FOLDER}/${path}.gz`;
}

/** Equal texts give equal bytes on every system. */
export function lastBytes(text: string): Buffer {
  const bytes = gzipSync(text, { level: 9 });
  // The byte that names the system (RFC 1952, 2.3): 255 is "unknown".
  bytes[9] = 255;
  return bytes;
}

/** Undefined where there is none. Throws `state-invalid` for one that is damaged. */
export async function readLast(folder: string, path: string): Promise<string | undefined> {
  const file = join(folder, lastPath(path));
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return undefined;
    throw fileError("read", file, error);
  }
  try {
    return gunzipSync(bytes).toString("utf8");
  } catch (error) {
    throw new UnforkError("state-invalid", `${file} is damaged: what was generated before cannot be read`, {
      hint: "take it from version control again",
      context: { file },
      cause: error,
    });
  }
}

/** Paths of the files that were generated. */
export async function lastPaths(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(join(folder, LAST_FOLDER), { recursive: true, encoding: "utf8" });
    return entries.filter((path) => path.endsWith(".gz")).map((path) => path.slice(0, -".gz".length).replaceAll("\\", "/"));
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return [];
    throw fileError("read", join(folder, LAST_FOLDER), error);
  }
}
