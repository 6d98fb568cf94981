/** Owns the place of an export on disk: a folder that is there whole, or not at all. */
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { UnforkError, systemCodeOf } from "../../../support/errors.js";
import { replaceFolder } from "../../../support/fs.js";
import { exportFiles } from "./export-files.js";
import type { ExportFormat, ExportInput } from "./export-input.js";

/**
 * Writes an export into `folder`, which must be empty or not there (with `replace` it may hold anything, and loses it).
 * Gives the files' names, in the order of the patches.
 */
export async function writeExport(
  folder: string,
  format: ExportFormat,
  input: ExportInput,
  options: { readonly replace?: boolean } = {},
): Promise<string[]> {
  const files = exportFiles(format, input);
  if (options.replace !== true) await wantFree(folder);
  await replaceFolder(folder, async (fresh) => {
    for (const { name, content } of files) await writeFile(join(fresh, name), content);
  });
  return files.map(({ name }) => name);
}

/** Throws `input-invalid` for a folder that holds something. */
export async function wantFree(folder: string): Promise<void> {
  if (!(await isUsed(folder))) return;
  throw new UnforkError("input-invalid", `${folder} is not empty`, {
    hint: "name a new folder; nothing was written",
    context: { path: folder },
  });
}

async function isUsed(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch (error) {
    return systemCodeOf(error) !== "ENOENT";
  }
}
