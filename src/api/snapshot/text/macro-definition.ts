/** Owns a macro's definition as the header writes it. */
import { lineOf, tokensIn } from "./c-tokens.js";
import { commentAt } from "./comments.js";
import { decoded } from "./source-texts.js";

export interface WrittenMacro {
  readonly name: string;
  readonly comment: string | null;
  readonly parameters: string[] | null;
  readonly body: string;
  /** The same file takes it back further down. */
  readonly isUndefined: boolean;
}

/** The macro whose name stands at `offset`. */
export function macroAt(text: string, offset: number): WrittenMacro | undefined {
  const head = /([A-Za-z_$\u0080-\u00ff][\w$\u0080-\u00ff]*)(?:\(([^)]*)\))?/y;
  head.lastIndex = offset;
  const [whole, name, list] = head.exec(text) ?? [];
  if (whole === undefined || name === undefined) return undefined;
  const end = definitionEnd(text, offset);
  const start = text.lastIndexOf("#", offset);
  return {
    name,
    comment: commentAt(text, text.lastIndexOf("\n", start) + 1, end),
    parameters:
      list === undefined
        ? null
        : list
            .split(",")
            .map((one) => one.replaceAll(/\\\r?\n|\s/g, ""))
            .filter((one) => one !== ""),
    body: decoded(lineOf(tokensIn(text, offset + whole.length, end))),
    isUndefined: isTakenBack(text, name, end),
  };
}

/** The line's end, with lines that go on behind a backslash; a comment ends it too, unless it is a block. */
function definitionEnd(text: string, offset: number): number {
  const line = /(?:\/\*[\s\S]*?\*\/|\/(?!\/)|[^\n\\/]|\\\r?\n|\\)*/y;
  line.lastIndex = offset;
  line.exec(text);
  return line.lastIndex;
}

function isTakenBack(text: string, name: string, from: number): boolean {
  if (!text.includes("undef", from)) return false;
  return new RegExp(`^[ \\t]*#[ \\t]*undef[ \\t]+${name.replaceAll("$", "\\$")}\\b`, "m").test(text.slice(from));
}
