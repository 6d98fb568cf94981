/** Owns the digest of a small local folder: what a stage's result depends on. */
import { join } from "node:path";

import { exists, listFiles } from "./fs.js";
import { sha256, sha256File } from "./hash.js";

/** SHA-256 over path and content of every file below `folder`; "absent" when there is none. For hand-written inputs, not for big trees. */
export async function folderDigest(folder: string): Promise<string> {
  if (!(await exists(folder))) return "absent";
  const lines: string[] = [];
  for (const path of await listFiles(folder)) lines.push(`${await sha256File(join(folder, path))} ${path}`);
  return sha256(lines.join("\n"));
}
