/** Owns the way back of differences: what `git apply -R` would apply. */
import type { DiffHunk, FileDiff } from "./file-diff.js";

/** The differences that undo these, the last one first. */
export function reverseDiffs(diffs: readonly FileDiff[]): FileDiff[] {
  return diffs.map(reverseDiff).toReversed();
}

/** As with git, the way back of a copy is a copy, which is refused where the source is still there. */
function reverseDiff(diff: FileDiff): FileDiff {
  const { binary } = diff;
  return {
    ...diff,
    oldPath: diff.newPath,
    newPath: diff.oldPath,
    oldMode: diff.newMode,
    newMode: diff.oldMode,
    oldId: diff.newId,
    newId: diff.oldId,
    hunks: diff.hunks.map(reverseHunk),
    binary: binary === null ? null : { forward: binary.reverse, reverse: binary.forward },
  };
}

function reverseHunk(hunk: DiffHunk): DiffHunk {
  return {
    ...hunk,
    oldStart: hunk.newStart,
    oldCount: hunk.newCount,
    newStart: hunk.oldStart,
    newCount: hunk.oldCount,
    lines: hunk.lines.map(reverseLine),
    oldUnterminated: hunk.newUnterminated,
    newUnterminated: hunk.oldUnterminated,
  };
}

function reverseLine(line: string): string {
  if (line.startsWith(" ")) return line;
  return (line.startsWith("-") ? "+" : "-") + line.slice(1);
}
