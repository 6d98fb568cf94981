/** Owns the names that upstream's commits took out of some files: what a patch kept by its lines may still call. */
import type { ByteString } from "../../git/bytes.js";
import { byText } from "../../support/order.js";
import { linesOf } from "../line-audit/audit-lines.js";
import { parseDiff } from "../text/parse-diff.js";

/** Names in lines that the diffs remove from these files and that no line which they add anywhere has; sorted. */
export function goneIdentifiers(diffs: readonly ByteString[], paths: readonly ByteString[]): string[] {
  const lines = diffs.flatMap((diff) => linesOf(parseDiff(Buffer.from(diff, "latin1"), "upstream's commit")));
  const added = new Set(lines.flatMap(({ sign, line }) => (sign === "+" ? namesIn(line) : [])));
  const removed = lines.flatMap(({ sign, line, file }) => (sign === "-" && paths.includes(file) ? namesIn(line) : []));
  return [...new Set(removed)].filter((name) => !added.has(name)).toSorted(byText);
}

/** The same from whole contents, where no commit of upstream is known: names that were in these files and are in none of them now; sorted. */
export function goneBetween(files: readonly { readonly before: ByteString; readonly after: ByteString }[]): string[] {
  const now = allNames(files.map(({ after }) => after));
  return [...allNames(files.map(({ before }) => before))].filter((name) => !now.has(name)).toSorted(byText);
}

function allNames(texts: readonly ByteString[]): Set<string> {
  return new Set(texts.flatMap((text) => text.split("\n")).flatMap(namesIn));
}

/** Identifiers of at least three letters, outside of line comments. */
function namesIn(line: ByteString): string[] {
  return line.replace(/\/\/.*$/, "").match(/[A-Za-z_]\w{2,}/g) ?? [];
}
