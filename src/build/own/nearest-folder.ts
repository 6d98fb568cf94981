/** Owns the hint for a path that leads nowhere: its first part that does not exist, and what is there instead. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { nearest } from "../../support/nearest.js";

/** A sentence like "modules/audio_procesing does not exist: did you mean modules/audio_processing?", or undefined when the fixed part exists. */
export async function nearestFolder(folder: string, path: string): Promise<string | undefined> {
  const walked: string[] = [];
  for (const part of path.split("/")) {
    if (part === "." || part === "") continue;
    if (/[*?[\]{}()!]/.test(part)) return undefined;
    const there: string[] = await readdir(join(folder, ...walked)).catch(() => []);
    if (!there.includes(part)) return sentence([...walked, part], walked, nearest(part, there.toSorted()));
    walked.push(part);
  }
  return undefined;
}

function sentence(wrong: readonly string[], parent: readonly string[], near: string | undefined): string {
  const there = near === undefined ? "" : `: did you mean ${[...parent, near].join("/")}?`;
  return `${wrong.join("/")} does not exist${there}`;
}
