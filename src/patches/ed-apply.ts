/** Owns what an ed script does to a file's bytes. */
import type { Edit } from "../model/feature.js";
import { UnforkError } from "../support/errors.js";
import type { EdScript } from "./ed-script.js";

/**
 * The bytes of the new file. Untouched lines keep their bytes, whatever their encoding and line ends; our lines end in
 * a newline.
 *
 * @param where names script and file, for messages
 * @throws UnforkError `input-invalid` when the script names a line the file does not have
 */
export function applyEdScript(content: Buffer, script: EdScript, where: { readonly script: string; readonly path: string }): Buffer {
  const lines = linesOf(content);
  for (const edit of script.edits) {
    if (edit.to > lines.length) throw beyond(edit, lines.length, where);
  }
  const kept: string[] = [];
  let next = 0;
  for (const edit of script.edits.toReversed()) {
    const from = edit.op === "append" ? edit.from : edit.from - 1;
    for (; next < from; next++) kept.push(lines[next] ?? "");
    for (const line of edit.lines) kept.push(`${line}\n`);
    if (edit.op !== "append") next = edit.to;
  }
  for (; next < lines.length; next++) kept.push(lines[next] ?? "");
  return Buffer.from(joined(kept, script.unterminated), "latin1");
}

/** Lines with their newline; only the last may lack it. One character per byte. */
export function linesOf(content: Buffer): string[] {
  return content.toString("latin1").match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** A line that was the file's last and no longer is gets the newline it lacked. */
function joined(lines: readonly string[], unterminated: boolean): string {
  const last = lines.length - 1;
  const text = lines.map((line, index) => (index < last && !line.endsWith("\n") ? `${line}\n` : line)).join("");
  return unterminated && text.endsWith("\n") ? text.slice(0, -1) : text;
}

function beyond(edit: Edit, count: number, where: { readonly script: string; readonly path: string }): UnforkError {
  return new UnforkError("input-invalid", `${where.script}: names line ${edit.to}, but ${where.path} has ${count} lines`, {
    hint: "the script was written for another file: write it anew with `diff -e OLD NEW`",
    context: { script: where.script, file: where.path, line: edit.to },
  });
}
