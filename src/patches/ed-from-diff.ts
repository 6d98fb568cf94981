/** Owns the making of an ed script from the difference of two files. */
import type { Edit } from "../model/feature.js";
import type { Hunk } from "../git/diff.js";
import type { EdScript } from "./ed-script.js";

/** The script that turns the old file into the new one. */
export function edScriptOf(hunks: readonly Hunk[]): EdScript {
  return { edits: hunks.toReversed().map(editOf), unterminated: hunks.at(-1)?.unterminated ?? false };
}

function editOf(hunk: Hunk): Edit {
  const last = hunk.oldStart + hunk.oldCount - 1;
  if (hunk.oldCount === 0) return { op: "append", from: hunk.oldStart, to: hunk.oldStart, lines: [...hunk.lines] };
  if (hunk.newCount === 0) return { op: "delete", from: hunk.oldStart, to: last, lines: [] };
  return { op: "change", from: hunk.oldStart, to: last, lines: [...hunk.lines] };
}
