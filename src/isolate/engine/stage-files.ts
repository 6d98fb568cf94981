/** Owns what lies in the staging folder of an update: files of the tree under their index, isolation's own under their name. */
import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { fileError } from "../../support/errors.js";
import type { StagedFile } from "./apply-update.js";
import type { Tree } from "./tree-files.js";

/** The files of the tree that the parts wrote. */
export function stagedFiles(staging: string, { files }: Tree): StagedFile[] {
  return readdirSync(staging).map((name) => [name, files[Number(name)]?.path as string]);
}

/** Puts files of isolation's own there, where they are not in the output as they are now. Throws `disk`. */
export async function stageOwn(
  target: string,
  staging: string,
  own: readonly { readonly path: string; readonly bytes: Buffer }[],
): Promise<StagedFile[]> {
  const staged: StagedFile[] = [];
  for (const { path, bytes } of own) {
    const there = await readFile(join(target, path)).catch(() => undefined);
    if (there?.equals(bytes) === true) continue;
    try {
      await writeFile(join(staging, path), bytes);
    } catch (error) {
      throw fileError("write", join(staging, path), error);
    }
    staged.push([path, path]);
  }
  return staged;
}
