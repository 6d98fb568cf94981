/** Owns content hashes. */
import { createHash, hash as hashOf } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

import { fileError } from "./errors.js";
import { byText } from "./order.js";

/** SHA-256 as 64 hexadecimal digits. */
export function sha256(data: string | Uint8Array): string {
  return hashOf("sha256", data, "hex");
}

/** SHA-1 as 40 hexadecimal digits, for names that need no more. */
export function sha1(data: string | Uint8Array): string {
  return hashOf("sha1", data, "hex");
}

/** SHA-256 of a file, read as a stream. Throws `input-missing` or `disk`. */
export async function sha256File(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    throw fileError("read", path, error);
  }
  return hash.digest("hex");
}

/** JSON with sorted keys, so that equal values give equal bytes. */
export function canonicalJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, sortKeys, indent);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => byText(a, b)));
}
