/** Owns patches as `hg export` writes them: comment lines, the message, the diff. */
import { parsePerson } from "./mail/address.js";
import { decodeBytes } from "./mail/charset.js";
import { isoDate } from "./mail/dates.js";
import type { PatchPlace } from "./mail/read-mail.js";
import { patchStart, splitMessage, trailersOf, trimmedText } from "./message.js";
import { type ParseOptions, parseDiff } from "./parse-diff.js";
import type { TextPatch } from "./text-patch.js";

export const HG_HEAD = "# HG changeset patch";

export function readHgExport(lines: readonly string[], place: PatchPlace, options: ParseOptions = {}): TextPatch {
  const begin = patchStart(lines);
  const end = lines.findIndex((line) => !line.startsWith("# "));
  const head = lines.slice(0, end === -1 ? lines.length : end);
  const text = trimmedText(decodeBytes(lines.slice(head.length, begin).join("\n")).split("\n"));
  const { subject, body } = splitMessage(text);
  const value = (key: string) => head.find((line) => line.startsWith(`# ${key} `))?.slice(key.length + 3);
  return {
    name: place.name,
    subject,
    body,
    author: parsePerson(decodeBytes(value("User") ?? "")),
    date: dateOf(value("Date") ?? ""),
    trailers: trailersOf(body),
    headers: new Map(),
    diffs: parseDiff(
      lines
        .slice(begin)
        .map((row) => `${row}\n`)
        .join(""),
      { file: place.file, line: place.line + begin },
      options,
    ),
    source: { file: place.file, line: place.line },
    noOp: false,
  };
}

/** Seconds since 1970, then the seconds west of Greenwich. */
function dateOf(value: string): string | null {
  const found = /^(\d+) (-?\d+)\s*$/.exec(value);
  return found === null ? null : isoDate(Number(found[1]), Math.round(Number(found[2]) / -60));
}
