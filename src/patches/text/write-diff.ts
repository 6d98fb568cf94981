/** Owns the writing of differences as `git diff --binary --full-index` writes them. */
import type { BinaryDiff, DiffHunk, FileDiff } from "./file-diff.js";
import { quoteName } from "./quoted-name.js";
import { binaryText } from "./write-binary.js";

/** The differences as one text that `git apply` takes; latin1, one character per byte. */
export function writeDiff(diffs: readonly FileDiff[]): string {
  return diffs.map(fileText).join("");
}

function fileText(diff: FileDiff): string {
  const [oldName, newName] = [`a/${diff.oldPath ?? diff.newPath ?? ""}`, `b/${diff.newPath ?? diff.oldPath ?? ""}`];
  return [
    `diff --git ${quoteName(oldName)} ${quoteName(newName)}\n`,
    modeLines(diff),
    moveLines(diff),
    indexLine(diff),
    bodyText(diff),
  ].join("");
}

function modeLines({ oldPath, newPath, oldMode, newMode }: FileDiff): string {
  if (oldPath === null) return `new file mode ${newMode ?? "100644"}\n`;
  if (newPath === null) return `deleted file mode ${oldMode ?? "100644"}\n`;
  if (oldMode === null || newMode === null || oldMode === newMode) return "";
  return `old mode ${oldMode}\nnew mode ${newMode}\n`;
}

function moveLines({ rename, copy, similarity, oldPath, newPath }: FileDiff): string {
  if (!rename && !copy) return "";
  const word = rename ? "rename" : "copy";
  const index = similarity === undefined ? "" : `similarity index ${similarity}%\n`;
  return `${index}${word} from ${quoteName(oldPath ?? "")}\n${word} to ${quoteName(newPath ?? "")}\n`;
}

function indexLine({ oldPath, newPath, oldMode, newMode, oldId, newId }: FileDiff): string {
  if (oldId === null || newId === null) return "";
  const mode = oldPath !== null && newPath !== null && oldMode !== null && oldMode === newMode ? ` ${oldMode}` : "";
  return `index ${oldId}..${newId}${mode}\n`;
}

function bodyText(diff: FileDiff): string {
  const [oldName, newName] = [sideName("a/", diff.oldPath), sideName("b/", diff.newPath)];
  if (diff.binary !== null) return binaryBody(diff.binary, oldName, newName);
  if (diff.hunks.length === 0) return "";
  return `--- ${oldName}${tabBehind(oldName)}\n+++ ${newName}${tabBehind(newName)}\n${diff.hunks.map(hunkText).join("")}`;
}

function sideName(prefix: string, path: string | null): string {
  return path === null ? "/dev/null" : quoteName(`${prefix}${path}`);
}

/** So that readers know where a name with spaces ends. */
function tabBehind(name: string): string {
  return name.includes(" ") ? "\t" : "";
}

function binaryBody(binary: BinaryDiff, oldName: string, newName: string): string {
  return binary.forward === null ? `Binary files ${oldName} and ${newName} differ\n` : binaryText(binary);
}

/** One hunk with its head. */
export function hunkText(hunk: DiffHunk): string {
  const head = `@@ -${range(hunk.oldStart, hunk.oldCount)} +${range(hunk.newStart, hunk.newCount)} @@${hunk.section ?? ""}\n`;
  const lastOld = hunk.oldUnterminated ? hunk.lines.findLastIndex((line) => !line.startsWith("+")) : -1;
  const lastNew = hunk.newUnterminated ? hunk.lines.findLastIndex((line) => !line.startsWith("-")) : -1;
  const lines = hunk.lines.map((line, at) => `${line}\n${at === lastOld || at === lastNew ? "\\ No newline at end of file\n" : ""}`);
  return head + lines.join("");
}

function range(start: number, count: number): string {
  return count === 1 ? `${start}` : `${start},${count}`;
}
