/** Owns key files: private ones that only their owner reads, and their public parts. */
import { open, stat } from "node:fs/promises";

import type { KeyRole, TrustedKey } from "../../model/seed.js";
import { UnforkError, fileError, systemCodeOf } from "../../support/errors.js";
import { makeFolder, readText } from "../../support/fs.js";
import { dirname } from "node:path";
import { type SigningKey, parseSigningKey, parseTrustedKey } from "./keys.js";

/** Writes a private key to a new file of mode 0600. A file that is there is never overwritten: throws `usage`. */
export async function writeKeyFile(path: string, key: SigningKey): Promise<void> {
  await makeFolder(dirname(path));
  try {
    const handle = await open(path, "wx", 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(key, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemCodeOf(error) !== "EEXIST") throw fileError("write", path, error);
    throw new UnforkError("usage", `${path} is there already, and a key is never overwritten`, { hint: "name another file with --out" });
  }
}

/** Reads a private key: unfork's JSON or PEM (PKCS#8). Throws `input-missing`, `input-invalid`; also where others can read the file. */
export async function readSigningKey(path: string, role?: KeyRole): Promise<SigningKey> {
  const text = await readText(path);
  const { mode } = await stat(path);
  if (process.platform !== "win32" && (mode & 0o077) !== 0)
    throw new UnforkError("input-invalid", `${path} can be read by others than its owner`, { hint: `chmod 600 ${path}` });
  return parseSigningKey(text, path, role);
}

/** Reads what others may know of a key, from a file of any kind. Throws `input-missing`, `input-invalid`. */
export async function readTrustedKey(path: string, role?: KeyRole): Promise<TrustedKey> {
  return parseTrustedKey(await readText(path), path, role);
}
