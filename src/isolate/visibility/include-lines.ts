/** Owns what a file's preprocessor lines say of other files: what it includes, and the paths that its macros stand for. */
import { BYTE, DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading } from "../survey/heads.js";
import { tokenText } from "../survey/token-text.js";

/**
 * What `take` gives for each line, in their order: `"path` and `<path` are included, `!NAME` is a macro by which something is included, `!NAME(` one
 * that is called for that, `=NAME path` a macro that stands for a path, or for what has one in it.
 */
export function includeLines(reading: Reading, directives: readonly number[], take: (line: string) => number): number[] {
  const { values } = reading.stream;
  const found: number[] = [];
  for (let at = 0; at < directives.length; at += 2) {
    const start = directives[at] as number;
    const directive = values[start];
    if (directive !== DIRECTIVE.include && directive !== DIRECTIVE.define) continue;
    const line = directive === DIRECTIVE.include ? included(reading, start) : pathMacro(reading, start, directives[at + 1] as number);
    if (line !== undefined) found.push(take(line));
  }
  return found;
}

function included(reading: Reading, start: number): string | undefined {
  const { kinds, starts, ends } = reading.stream;
  if (kinds[start + 1] === KIND.includePath) return text(reading, starts[start + 1] as number, (ends[start + 1] as number) - 1);
  if (!isWord(reading, start + 1)) return undefined;
  return `!${tokenText(reading, start + 1)}${isMark(reading, start + 2, BYTE.open) ? "(" : ""}`;
}

/** `#define NAME "path"`, `#define NAME <path>`, `#define NAME() <path>`, `#define NAME (3, (1, LAST, <path>))`. */
function pathMacro(reading: Reading, start: number, end: number): string | undefined {
  const { kinds, starts, ends } = reading.stream;
  const begin = isMark(reading, start + 2, BYTE.open) && isMark(reading, start + 3, BYTE.close) ? start + 4 : start + 2;
  let last = end - 1;
  while (last > begin && isMark(reading, last, BYTE.close)) last--;
  const first = last === end - 1 ? begin : beginOf(reading, begin, last);
  const isString = kinds[first] === KIND.string && first === last;
  const isAngled = isMark(reading, first, BYTE.less) && last > first + 1 && isMark(reading, last, BYTE.greater);
  if (!isString && !isAngled) return undefined;
  const path = text(reading, (starts[first] as number) + 1, (ends[last] as number) - 1);
  return /[./]/.test(path) && !/[\s"]/.test(path) ? `=${tokenText(reading, start + 1)} ${path}` : undefined;
}

/** Where the path that ends a list in parentheses begins. */
function beginOf(reading: Reading, from: number, last: number): number {
  let first = last;
  if (isMark(reading, last, BYTE.greater)) while (first > from && !isMark(reading, first, BYTE.less)) first--;
  return first;
}

function text({ bytes }: Reading, from: number, to: number): string {
  return Buffer.prototype.latin1Slice.call(bytes, from, to);
}
