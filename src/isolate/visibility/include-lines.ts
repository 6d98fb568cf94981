/** Owns what a file's preprocessor lines say of other files: what it includes, and the paths that its macros stand for. */
import { BYTE, DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading } from "../survey/heads.js";
import { tokenText } from "../survey/token-text.js";

/**
 * One line each, in their order: `"path` and `<path` are included, `!NAME` is a macro by which something is included,
 * `=NAME path` a macro that stands for a path.
 */
export function includeLines(reading: Reading, directives: readonly number[]): string {
  const { values } = reading.stream;
  let found = "";
  for (let at = 0; at < directives.length; at += 2) {
    const start = directives[at] as number;
    const directive = values[start];
    if (directive !== DIRECTIVE.include && directive !== DIRECTIVE.define) continue;
    const line = directive === DIRECTIVE.include ? included(reading, start) : pathMacro(reading, start, directives[at + 1] as number);
    if (line !== undefined) found += found === "" ? line : `\n${line}`;
  }
  return found;
}

function included(reading: Reading, start: number): string | undefined {
  const { kinds, starts, ends } = reading.stream;
  if (kinds[start + 1] === KIND.includePath) return text(reading, starts[start + 1] as number, (ends[start + 1] as number) - 1);
  return isWord(reading, start + 1) ? `!${tokenText(reading, start + 1)}` : undefined;
}

/** `#define NAME "path"`, `#define NAME <path>`. */
function pathMacro(reading: Reading, start: number, end: number): string | undefined {
  const { kinds, starts, ends } = reading.stream;
  const isString = kinds[start + 2] === KIND.string && end === start + 3;
  const isAngled = isMark(reading, start + 2, BYTE.less) && end > start + 4 && isMark(reading, end - 1, BYTE.greater);
  if (!isString && !isAngled) return undefined;
  const path = text(reading, (starts[start + 2] as number) + 1, (ends[end - 1] as number) - 1);
  return /[./]/.test(path) && !/[\s"]/.test(path) ? `=${tokenText(reading, start + 1)} ${path}` : undefined;
}

function text({ bytes }: Reading, from: number, to: number): string {
  return Buffer.prototype.latin1Slice.call(bytes, from, to);
}
