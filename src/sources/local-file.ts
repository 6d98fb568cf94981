/** Owns reading an archive that lies on this machine. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";

import { fileError } from "../support/errors.js";
import type { ByteStream } from "./extract.js";

/** Opens a file as a stream. Throws `input-missing` or `disk`. */
export async function openFile(path: string): Promise<ByteStream> {
  try {
    const { size } = await stat(path);
    return { size, chunks: chunksOf(path) };
  } catch (error) {
    throw fileError("read", path, error);
  }
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) yield chunk as Buffer;
  } catch (error) {
    throw fileError("read", path, error);
  }
}
