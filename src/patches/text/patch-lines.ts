/** Owns the walk over a patch's lines: which line is next, where it lies in the file, and the error that names this place. */
import { UnforkError } from "../../support/errors.js";
import type { DiffSource } from "./file-diff.js";

export interface PatchLines {
  /** Without their newlines. */
  readonly lines: readonly string[];
  readonly file: string;
  /** Line number of `lines[0]`. */
  readonly first: number;
  /** The last line has no newline. */
  readonly cut: boolean;
  /** Index of the next line. */
  at: number;
}

export function patchLines(text: Buffer | string, source: DiffSource): PatchLines {
  const lines = (typeof text === "string" ? text : text.toString("latin1")).split("\n");
  const cut = lines.at(-1) !== "";
  if (!cut) lines.pop();
  const { file, line } = typeof source === "string" ? { file: source, line: 1 } : source;
  return { lines, file, first: line, cut, at: 0 };
}

/** The next line, or undefined behind the last one. */
export function peek(lines: PatchLines, ahead = 0): string | undefined {
  return lines.lines[lines.at + ahead];
}

/** Number of the next line in its file. */
export function lineNumber(lines: PatchLines): number {
  return lines.first + lines.at;
}

/** A broken patch, by file and line. */
export function patchError(where: { file: string; line: number }, message: string, hint: string, cause?: unknown): UnforkError {
  const place = `${printable(where.file)}:${where.line}`;
  return new UnforkError("input-invalid", `${place}: ${message}`, {
    hint,
    context: { file: printable(where.file), line: where.line },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The same at the next line. */
export function errorAt(lines: PatchLines, message: string, hint: string): UnforkError {
  return patchError({ file: lines.file, line: lineNumber(lines) }, message, hint);
}

/** Bytes as text for a message: UTF-8 where they are, without control characters, cut when long. */
export function printable(bytes: string): string {
  const text = Buffer.from(bytes, "latin1").toString("utf8");
  const shown = (text.includes("\uFFFD") ? bytes : text).replaceAll(/\p{Cc}/gu, "?");
  return shown.length > 120 ? `${shown.slice(0, 117)}...` : shown;
}
