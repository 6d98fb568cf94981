/** Owns the places of a stack in the files that the bundle was made of: who reports a fault reports these. */
import { readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { ownFile } from "../support/own-files.js";

const PLACE = /(?:file:\/\/)?[^\s()]*\/bundle\/[^\s()/:]+\.js:\d+:\d+/g;

/** The stack with these places; one that is not found stays as it is. */
export function withOriginalPlaces(stack: string): string {
  return stack.replace(PLACE, (place) => originalPlace(place) ?? place);
}

function originalPlace(place: string): string | undefined {
  const [, url = "", line = "1", column = "1"] = /^(.*):(\d+):(\d+)$/.exec(place) ?? [];
  try {
    const file = url.startsWith("file:") ? fileURLToPath(url) : url;
    const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, "utf8")) as SourceMapPayload);
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
    if (!("originalSource" in entry)) return undefined;
    return `${relative(ownFile(".."), join(file, "..", entry.originalSource))}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  } catch {
    return undefined;
  }
}
