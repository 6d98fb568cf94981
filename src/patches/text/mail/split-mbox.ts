/** Owns mailboxes: where each mail begins, and lines that a mail system quoted with `>` so that they begin none. */

export interface MailText {
  /** Lines without newlines, the `From ` line first. */
  readonly lines: readonly string[];
  /** Line number of the first one in the file. */
  readonly line: number;
}

/** A line that begins a mail: `From `, a sender or commit, a date with its time and year. */
export function isFromLine(line: string | undefined): boolean {
  return line !== undefined && /^From \S.*\d?\d:\d\d(?::\d\d)?\s+(?:\S+\s+){0,2}\d{4}/.test(line);
}

/** The date that `git format-patch` puts on every such line. */
export function isGitFromLine(line: string | undefined): boolean {
  return line !== undefined && /^From [0-9a-f]{7,64} Mon Sep 17 00:00:00 2001/.test(line);
}

/** The mails of a mailbox; one begins only where a head field follows its `From ` line. */
export function splitMbox(lines: readonly string[], first: number): MailText[] {
  const starts = lines.flatMap((line, at) => (isFromLine(line) && /^[A-Za-z][A-Za-z0-9-]*:/.test(lines[at + 1] ?? "") ? [at] : []));
  return starts.map((start, index) => ({ lines: unquotedLines(lines.slice(start, starts[index + 1])), line: first + start }));
}

/** Mail systems put a `>` before `From ` at a line's start; git does not. */
function unquotedLines(lines: readonly string[]): readonly string[] {
  return isGitFromLine(lines[0]) ? lines : lines.map((line) => (/^>+From /.test(line) ? line.slice(1) : line));
}
