/** Owns the writing of loose objects (gitformat-loose): zlib of "<type> <size>\0<content>", named by its SHA-1. */
import { createHash } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { deflate } from "node:zlib";

import { fileError } from "../support/errors.js";
import { exists } from "../support/fs.js";
import { randomId } from "../support/random.js";

const compress = promisify(deflate);

/** The id git gives to an object. */
export function objectId(type: string, content: Uint8Array): string {
  return createHash("sha1").update(header(type, content)).update(content).digest("hex");
}

/**
 * Stores an object under its id in a repository's folder of objects; a reader sees it whole or not at all. As git does by default, loose objects
 * are not synced one by one: what a power cut takes is made again, since every object follows from the inputs.
 */
export async function writeLooseObject(objectsFolder: string, type: string, content: Uint8Array): Promise<string> {
  const id = objectId(type, content);
  const folder = join(objectsFolder, id.slice(0, 2));
  const path = join(folder, id.slice(2));
  if (await exists(path)) return id;
  const temporary = join(folder, `tmp_obj_${randomId()}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(temporary, await compress(Buffer.concat([header(type, content), content]), { level: 1 }), { mode: 0o444 });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileError("write", path, error);
  }
  return id;
}

function header(type: string, content: Uint8Array): Buffer {
  return Buffer.from(`${type} ${content.length}\0`, "latin1");
}
