/** Owns the reading of loose objects (gitformat-loose). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";

import type { ObjectType } from "../objects.js";
import type { StoredObject } from "./pack-file.js";

/** Undefined where there is none, or it cannot be read. `folder`: a folder of objects. */
export function readLoose(folder: string, id: string): StoredObject | undefined {
  try {
    return parsed(inflateSync(readFileSync(join(folder, id.slice(0, 2), id.slice(2)))));
  } catch {
    return undefined;
  }
}

/** `<type> <size>\0<content>`. */
function parsed(bytes: Buffer): StoredObject | undefined {
  const end = bytes.indexOf(0);
  const [, type, size] = /^(blob|tree|commit|tag) (\d+)$/.exec(bytes.toString("latin1", 0, Math.max(0, end))) ?? [];
  const content = bytes.subarray(end + 1);
  return type === undefined || content.length !== Number(size) ? undefined : { type: type as ObjectType, content };
}
