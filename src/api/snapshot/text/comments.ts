/** Owns the comment of a declaration: the one right before it, else the one behind it on its line; its marks are taken off. */
import { decoded } from "./source-texts.js";

/** The comment for what starts at `start` and ends before `end`, or null. */
export function commentAt(text: string, start: number, end: number): string | null {
  const found = before(text, start) ?? behind(text, end);
  return found === undefined ? null : withoutMarks(decoded(found));
}

/** Lines of comment that end on the line above, or on the same line, with nothing but white space between. */
function before(text: string, start: number): string | undefined {
  let from = start;
  for (;;) {
    const { at, lines } = gapBefore(text, from);
    if (lines > 1) break;
    const isBlock = text.startsWith("*/", at - 2);
    const next = isBlock ? blockStart(text, at) : lines === 1 ? lineCommentStart(text, at) : undefined;
    if (next === undefined || (isBlock && from !== start)) break;
    from = next;
    if (isBlock) break;
  }
  return from === start ? undefined : text.slice(from, start).trim();
}

/** Where white space before an offset starts, and how many lines end in it; an empty line ends the search. */
function gapBefore(text: string, offset: number): { readonly at: number; readonly lines: number } {
  let [at, lines] = [offset, 0];
  for (; at > 0 && lines < 2; at--) {
    const code = text.charCodeAt(at - 1);
    if (code === 10) lines++;
    else if (code !== 32 && code !== 9 && code !== 13) break;
  }
  return { at, lines };
}

/** A block comment that ends at `end`; one behind code on its line belongs to that code. */
function blockStart(text: string, end: number): number | undefined {
  const at = text.lastIndexOf("/*", end - 2);
  return at === -1 || hasCodeBefore(text, at) ? undefined : at;
}

/** The start of a `//` comment that is all of the line that ends at `end`. */
function lineCommentStart(text: string, end: number): number | undefined {
  const lineStart = text.lastIndexOf("\n", end - 1) + 1;
  const at = /^[ \t]*\/\//.exec(text.slice(lineStart, end));
  return at === null ? undefined : lineStart + at[0].length - 2;
}

function hasCodeBefore(text: string, at: number): boolean {
  return text.slice(text.lastIndexOf("\n", at - 1) + 1, at).trim() !== "";
}

/** A comment on the rest of the line, and the lines below it that are comments set at the same column or deeper. */
function behind(text: string, end: number): string | undefined {
  const rest = /[ \t]*[;,]?[ \t]*(\/\/[^\n]*|\/\*(?:[^*\n]|\*(?!\/))*\*\/)/y;
  rest.lastIndex = end;
  const comment = rest.exec(text)?.[1];
  if (comment === undefined || comment.startsWith("/*")) return comment;
  const at = rest.lastIndex - comment.length;
  const column = at - text.lastIndexOf("\n", at) - 1;
  const more = /\n([ \t]*)(\/\/[^\n]*)/y;
  more.lastIndex = rest.lastIndex;
  const lines = [comment];
  for (let next = more.exec(text); next !== null && (next[1] as string).length >= column; next = more.exec(text))
    lines.push(next[2] as string);
  return lines.join("\n");
}

/** The words of a comment, line by line, without marks and the lines that are empty at its ends. */
export function withoutMarks(comment: string): string | null {
  const lines = comment
    .replaceAll(/\r/g, "")
    .split("\n")
    .map((line) =>
      line
        .trim()
        .replace(/^(?:\/\/[/!]?<?|\/\*[*!]*<?|\*+(?!\/)(?=\s|$))[ \t]?/, "")
        .replace(/\s*\*+\/$/, "")
        .trimEnd(),
    );
  while (lines[0] === "") lines.shift();
  while (lines.at(-1) === "") lines.pop();
  return lines.length === 0 ? null : lines.join("\n");
}
