/** Owns the lines of a file or of the standard input, each character standing for one byte, with their ends. */
import { createReadStream } from "node:fs";

import { fileError } from "../support/errors.js";

/** `path` `-` is the standard input. Lines end in `\n`, but for the last one. Throws `input-missing`. */
export async function* byteLines(path: string): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of pieces(path)) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield `${line}\n`;
  }
  if (rest !== "") yield rest;
}

async function* pieces(path: string): AsyncGenerator<string> {
  const stream = path === "-" ? process.stdin : createReadStream(path);
  stream.setEncoding("latin1");
  try {
    yield* stream as AsyncIterable<string>;
  } catch (error) {
    throw fileError("read", path, error);
  }
}
