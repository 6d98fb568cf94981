/** Owns the lines of texts as numbers: equal lines have equal numbers, so that they are compared at once. */

/** A text by its lines; each line with its newline, which the last one may lack. */
export interface NumberedLines {
  /** The text as a byte string. */
  readonly text: string;
  /** One number per line. */
  readonly lines: Int32Array;
  /** Where each line begins, and behind them all the end of the text. */
  readonly starts: Int32Array;
}

/** Numbers the lines of several texts by one count: what is equal anywhere has one number. */
export function lineNumbers(texts: readonly Buffer[]): NumberedLines[] {
  const known = new Map<string, number>();
  return texts.map((bytes) => {
    const text = bytes.toString("latin1");
    const starts = startsOf(text);
    const lines = new Int32Array(starts.length - 1);
    for (let at = 0; at < lines.length; at++) {
      const line = text.slice(starts[at], starts[at + 1]);
      let number = known.get(line);
      if (number === undefined) known.set(line, (number = known.size));
      lines[at] = number;
    }
    return { text, lines, starts };
  });
}

function startsOf(text: string): Int32Array {
  const starts: number[] = [];
  let at = 0;
  while (at < text.length) {
    starts.push(at);
    const end = text.indexOf("\n", at);
    at = end < 0 ? text.length : end + 1;
  }
  starts.push(text.length);
  return Int32Array.from(starts);
}

/** How often each number occurs. */
export function countsOf(lines: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}
