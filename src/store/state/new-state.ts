/**
 * Owns the folder that a new state starts from. PostgreSQL's initdb takes seconds and leaves the same each time, so it runs when this
 * package is built (scripts/pack-state.mjs), and a new state is a copy of what it left.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";

import { systemCodeOf } from "../../support/errors.js";
import { replaceFolder } from "../../support/fs.js";
import { packageRoot } from "../../support/version.js";

/** Beside the compiled code, also for code that runs uncompiled. */
export const NEW_STATE = join(packageRoot(), "dist/store/state/new-state.br");

/**
 * Compressed by Brotli: the length of the index in 4 bytes, little-endian; the index in JSON; the contents, one behind the other.
 * Several files may have the same content.
 */
interface Index {
  /** Relative paths, each behind the one around it. */
  readonly folders: readonly string[];
  readonly files: readonly { readonly path: string; readonly content: number }[];
  /** Bytes of each content. */
  readonly sizes: readonly number[];
}

/**
 * Lays a new state into `target`, whole or not at all; gives false where this package was built without one. Only its user can read it.
 * Throws `disk`.
 */
export async function layNewState(target: string, packed = NEW_STATE): Promise<boolean> {
  const bytes = await readFile(packed).catch((error: unknown) => {
    if (systemCodeOf(error) === "ENOENT") return undefined;
    throw error;
  });
  if (bytes === undefined) return false;
  const unpacked = await promisify(brotliDecompress)(bytes);
  await replaceFolder(target, async (folder) => lay(unpacked, folder));
  return true;
}

function lay(unpacked: Buffer, target: string): void {
  const start = 4 + unpacked.readUInt32LE(0);
  const { folders, files, sizes } = JSON.parse(unpacked.toString("utf8", 4, start)) as Index;
  let end = start;
  const contents = sizes.map((size) => unpacked.subarray(end, (end += size)));
  for (const path of folders) mkdirSync(join(target, path), { mode: 0o700 });
  for (const { path, content } of files) writeFileSync(join(target, path), contents[content] ?? "", { mode: 0o600 });
}
