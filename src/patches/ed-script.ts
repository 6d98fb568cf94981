/** Owns the text of ed scripts as `diff -e` writes them: commands from the bottom of the file up, only our own lines. */
import type { Edit } from "../model/feature.js";
import { UnforkError } from "../support/errors.js";

/**
 * A parsed script. Lines are latin1 text (one character per byte), so that any content survives.
 * The grammar is described in docs/features.md.
 */
export interface EdScript {
  /** From the bottom up, as in the script. */
  readonly edits: readonly Edit[];
  /** The new file's last line, which is ours, ends without a newline. */
  readonly unterminated: boolean;
}

const COMMAND = /^(\d+)(?:,(\d+))?([acd])$/;
const DOT_ESCAPE = "s/.//";
const NO_NEWLINE = "\\ No newline at end of file";

interface Cursor {
  readonly lines: readonly string[];
  readonly file: string;
  at: number;
}

/**
 * Reads a script.
 *
 * @param file its name, for messages
 * @throws UnforkError `input-invalid` with file:line
 */
export function parseEdScript(bytes: Buffer, file: string): EdScript {
  const text = bytes.toString("latin1");
  if (text !== "" && !text.endsWith("\n"))
    throw invalid(file, text.split("\n").length, "the last line has no newline; the script may be cut short");
  const cursor: Cursor = { lines: text.split("\n").slice(0, -1), file, at: 0 };
  const edits: Edit[] = [];
  let unterminated = false;
  while (cursor.at < cursor.lines.length) {
    const line = cursor.at + 1;
    const edit = readCommand(cursor);
    wantBelow(edits.at(-1), edit, file, line);
    edits.push(edit);
    if (cursor.lines[cursor.at] === NO_NEWLINE) unterminated = readNoNewline(cursor, edits.length);
  }
  return { edits, unterminated };
}

function readCommand(cursor: Cursor): Edit {
  const line = cursor.at + 1;
  const text = cursor.lines[cursor.at++] ?? "";
  const match = COMMAND.exec(text);
  if (match === null) throw invalid(cursor.file, line, notACommand(text));
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  if (to < from) throw invalid(cursor.file, line, `the range ${from},${to} runs backwards`);
  if (match[3] === "d") return rangeEdit(cursor, line, { op: "delete", from, to, lines: [] });
  const lines = readText(cursor, line);
  if (match[3] === "c") return rangeEdit(cursor, line, { op: "change", from, to, lines });
  if (match[2] !== undefined) throw invalid(cursor.file, line, "'a' takes one line number");
  return { op: "append", from, to, lines };
}

function rangeEdit(cursor: Cursor, line: number, edit: Edit): Edit {
  if (edit.from === 0) throw invalid(cursor.file, line, "lines are numbered from 1; only 'a' may name line 0");
  return edit;
}

function notACommand(text: string): string {
  if (text.endsWith("\r")) return "the script has CRLF line ends; store it with LF";
  return `'${text.slice(0, 60)}' is no command; expected <line>a, <line>[,<line>]c or <line>[,<line>]d`;
}

/** Text up to the closing "."; a line that is itself "." comes as "..", ".", "s/.//" and, when text follows, "a". */
function readText(cursor: Cursor, start: number): string[] {
  const lines: string[] = [];
  for (;;) {
    const text = cursor.lines[cursor.at++];
    if (text === undefined) throw invalid(cursor.file, start, "the text after this command has no closing '.'");
    if (text !== ".") {
      lines.push(text);
      continue;
    }
    if (lines.length === 0) throw invalid(cursor.file, start, "this command has no text; use 'd' to delete");
    if (cursor.lines[cursor.at] !== DOT_ESCAPE) return lines;
    cursor.at++;
    lines.push(shortened(lines.pop() ?? "", cursor));
    if (cursor.lines[cursor.at] !== "a") return lines;
    cursor.at++;
  }
}

function shortened(text: string, cursor: Cursor): string {
  if (text === "..") return ".";
  throw invalid(cursor.file, cursor.at, `'${DOT_ESCAPE}' may only follow a text that ends in a line '..'`);
}

function readNoNewline(cursor: Cursor, edits: number): true {
  cursor.at++;
  if (edits === 1) return true;
  throw invalid(cursor.file, cursor.at, "only the first command, the last of the file, can leave out the newline at the end");
}

/** Commands run from the bottom up, so each must lie wholly above the one before it. */
function wantBelow(previous: Edit | undefined, edit: Edit, file: string, line: number): void {
  if (previous === undefined) return;
  const limit = previous.op === "append" && edit.op !== "append" ? previous.from : previous.from - 1;
  if (edit.to > limit)
    throw invalid(
      file,
      line,
      `line ${edit.to} does not lie above the command before it (line ${previous.from}); commands run from the bottom up`,
    );
}

/** Writes a script; what `parseEdScript` reads back is equal. */
export function formatEdScript(script: EdScript): Buffer {
  const blocks = script.edits.map((edit, index) => {
    const command = formatCommand(edit);
    return index === 0 && script.unterminated ? `${command}${NO_NEWLINE}\n` : command;
  });
  return Buffer.from(blocks.join(""), "latin1");
}

function formatCommand(edit: Edit): string {
  const range = edit.from === edit.to ? String(edit.from) : `${edit.from},${edit.to}`;
  if (edit.op === "delete") return `${range}d\n`;
  return `${range}${edit.op === "append" ? "a" : "c"}\n${formatText(edit.lines)}`;
}

function formatText(lines: readonly string[]): string {
  const parts = lines.map((line, index) => {
    if (line !== ".") return `${line}\n`;
    return `..\n.\n${DOT_ESCAPE}\n${index + 1 < lines.length ? "a\n" : ""}`;
  });
  return lines.at(-1) === "." ? parts.join("") : `${parts.join("")}.\n`;
}

function invalid(file: string, line: number, what: string): UnforkError {
  return new UnforkError("input-invalid", `${file}:${line}: ${what}`, {
    hint: "write the script with `diff -e OLD NEW`",
    context: { file, line },
  });
}
