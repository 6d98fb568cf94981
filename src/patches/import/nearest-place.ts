/** Owns the nearest reason why a hunk has no place: the change is there already, or the first line that is another one. */
import { applyFileDiff } from "../text/apply-file.js";
import type { DiffHunk } from "../text/file-diff.js";
import { printable } from "../text/patch-lines.js";
import { reverseDiffs } from "../text/reverse-diff.js";
import type { FileRefusal } from "./apply-patch.js";

/** A sentence without its full stop, or undefined where there is nothing near. */
export function nearestReason({ diff, hunk, content }: FileRefusal): string | undefined {
  if (content === null) return undefined;
  const [back] = reverseDiffs([diff]);
  if (back !== undefined && diff.binary === null && applyFileDiff(content, back).status === "applied")
    return "the file has this change already";
  const failing = hunk === null ? undefined : diff.hunks[hunk];
  return failing === undefined ? undefined : nearestPlace(content.toString("latin1").split("\n"), failing);
}

/** The place where most old lines stand, and the first of them that is another. */
function nearestPlace(lines: readonly string[], { lines: hunkLines }: DiffHunk): string | undefined {
  const old = hunkLines.filter((line) => !line.startsWith("+")).map((line) => line.slice(1));
  let [best, bestCount] = [-1, 0];
  for (let at = 0; at + old.length <= lines.length; at++) {
    const count = old.filter((line, index) => line.trim() !== "" && lines[at + index] === line).length;
    if (count > bestCount) [best, bestCount] = [at, count];
  }
  if (best < 0) return old.length === 0 ? undefined : "none of its old lines is in the file";
  const wrong = old.findIndex((line, index) => lines[best + index] !== line);
  if (wrong < 0) return `its old lines are at line ${best + 1}, where an earlier hunk wrote`;
  const found = printable((lines[best + wrong] ?? "").trim());
  return `nearest is line ${best + 1}, where line ${best + wrong + 1} is '${found}' and the patch wants '${printable((old[wrong] ?? "").trim())}'`;
}
