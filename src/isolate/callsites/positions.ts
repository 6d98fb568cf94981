/** Owns lines and columns of byte offsets in one file. */
import { lineIndex, lineStarts } from "../../tokens/lines.js";

export interface Lines {
  /** Line from 1 on, column in bytes from 1 on. */
  readonly placeOf: (offset: number) => { line: number; column: number };
  /** The text of the line, white space at both ends off, at most 160 characters; bytes that are no UTF-8 become U+FFFD. */
  readonly textAt: (offset: number) => string;
}

export function createLines(bytes: Buffer): Lines {
  const starts = lineStarts(bytes);
  const lineOf = (offset: number): number => lineIndex(starts, offset);
  return {
    placeOf: (offset) => {
      const line = lineOf(offset);
      return { line: line + 1, column: offset - (starts[line] as number) + 1 };
    },
    textAt: (offset) => {
      const line = lineOf(offset);
      return bytes
        .subarray(starts[line], starts[line + 1] ?? bytes.length)
        .toString("utf8")
        .trim()
        .slice(0, 160);
    },
  };
}
