/** Owns `GIT binary patch`: a literal or a delta, in zlib and base 85, and the same for the way back (git's diff-format). */
import { inflateSync } from "node:zlib";

import { decode85 } from "./base85.js";
import type { BinaryDiff, BinaryPart } from "./file-diff.js";
import { type PatchLines, errorAt, patchError, peek } from "./patch-lines.js";

const REDO = "make the patch anew with `git diff --binary`; mail programs must not touch it";

/** What follows the line `GIT binary patch`. */
export function parseBinary(lines: PatchLines): BinaryDiff {
  const forward = parsePart(lines);
  if (forward === undefined) throw errorAt(lines, "neither `literal` nor `delta` follows `GIT binary patch`", REDO);
  return { forward, reverse: parsePart(lines) ?? null };
}

function parsePart(lines: PatchLines): BinaryPart | undefined {
  const head = /^(literal|delta) (\d+)$/.exec(peek(lines) ?? "");
  if (head === null) return undefined;
  const where = { file: lines.file, line: lines.first + lines.at };
  lines.at++;
  const deflated = Buffer.concat(takeRows(lines));
  const data = inflated(deflated, Number(head[2]));
  if (data === undefined) throw patchError(where, "the binary content is not what its length says", REDO);
  return { method: head[1] === "delta" ? "delta" : "literal", data, deflated };
}

/** Rows up to the empty line, which is taken, too. */
function takeRows(lines: PatchLines): Buffer[] {
  const rows: Buffer[] = [];
  for (let row = peek(lines); row !== ""; row = peek(lines)) {
    const bytes = row === undefined ? undefined : decodeRow(row);
    if (bytes === undefined) throw errorAt(lines, "this row of a binary patch cannot be read", REDO);
    rows.push(bytes);
    lines.at++;
  }
  lines.at++;
  return rows;
}

/** A letter for the length (A–Z for 1–26, a–z for 27–52), then groups of five digits. */
function decodeRow(row: string): Buffer | undefined {
  const letter = row.charCodeAt(0);
  const length = /^[A-Z]/.test(row) ? letter - 64 : /^[a-z]/.test(row) ? letter - 70 : 0;
  const digits = row.slice(1);
  if (length === 0 || digits.length !== Math.ceil(length / 4) * 5) return undefined;
  return decode85(digits, length);
}

function inflated(deflated: Buffer, length: number): Buffer | undefined {
  try {
    const data = inflateSync(deflated, { maxOutputLength: Math.max(length, 1) });
    return data.length === length ? data : undefined;
  } catch {
    return undefined;
  }
}
