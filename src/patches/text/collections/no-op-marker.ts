/** Owns Mozilla's markers: a file named by an upstream commit that is to change nothing, with the reason as its text. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { fileError } from "../../../support/errors.js";
import { decodeBytes } from "../mail/charset.js";
import { splitMessage, trimmedText } from "../message.js";
import type { TextPatch } from "../text-patch.js";
import { NO_OP_MARKER } from "./detect-collection.js";

/** The header `Upstream-Commit` of the value holds the commit. */
export async function readMarker(folder: string, name: string): Promise<TextPatch> {
  const file = join(folder, name);
  const content = await readFile(file).catch((error: unknown) => {
    throw fileError("read", file, error);
  });
  const message = splitMessage(trimmedText(decodeBytes(content.toString("latin1")).split("\n")));
  const headers = new Map([["Upstream-Commit", [NO_OP_MARKER.exec(name)?.[1] ?? ""]]]);
  return { name, ...message, author: null, date: null, trailers: new Map(), headers, diffs: [], source: { file, line: 1 }, noOp: true };
}
