/** Owns the removal of a folder whose inner folders somebody made read-only. */
import { chmodSync, lstatSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Gives the folders of this user back their rights, then removes all. What cannot go stays; never throws. */
export function removeStubborn(folder: string): void {
  try {
    openUp(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });
  } catch {
    return;
  }
}

/** Symbolic links are not followed. */
function openUp(path: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory() !== true) return;
  if ((stat.mode & 0o700) !== 0o700) chmodSync(path, 0o700);
  for (const name of readdirSync(path)) openUp(join(path, name));
}
