/** Owns the check of a signature by sqv, which Debian's apt brings instead of gpgv from trixie on. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { fileError } from "../support/errors.js";
import { run } from "../support/exec.js";
import type { SignedText } from "./cleartext.js";

/** Why sqv does not accept the text with this keyring, or undefined when it does. Throws `tool-missing`. */
export async function sqvRefusal({ text, signature }: SignedText, keyring: string): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "unfork-sqv-")).catch((error: unknown) =>
    Promise.reject(fileError("write", tmpdir(), error)),
  );
  try {
    const [signatureFile, textFile] = [join(folder, "signature"), join(folder, "text")];
    await writeFile(signatureFile, signature);
    await writeFile(textFile, text);
    const result = await run({ command: "sqv", args: ["--keyring", keyring, signatureFile, textFile] });
    if (result.code === 0) return undefined;
    return result.stderr.trim().split("\n")[0] ?? "sqv refuses it";
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
