/** Owns the preprocessor lines of a text as a reader of options sees them: conditions, definitions, with their lines. */

/** One preprocessor line, its continuations joined. */
export interface MacroLine {
  readonly line: number;
  readonly directive: string;
  /** What follows the directive's word, comments taken off. */
  readonly rest: string;
}

/** A definition with the conditions around it, from outside in. */
export interface Definition {
  readonly line: number;
  readonly name: string;
  /** `(a, b)` or "". */
  readonly parameters: string;
  readonly body: string;
  readonly conditions: readonly string[];
}

const DIRECTIVE = /^[ \t]*#[ \t]*(define|undef|ifdef|ifndef|if|elif|else|endif|include)\b((?:[^\n\\]|\\[^\n]|\\\r?\n)*)/gm;

export function macroLines(text: string): MacroLine[] {
  const found: MacroLine[] = [];
  let line = 1;
  let from = 0;
  for (const match of text.matchAll(DIRECTIVE)) {
    line += newlines(text, from, match.index);
    from = match.index;
    const rest = (match[2] ?? "").replaceAll(/\\\r?\n/g, " ").replaceAll(/\/\*.*?\*\/|\/\/.*$/g, " ");
    found.push({ line, directive: match[1] as string, rest: rest.replaceAll(/\s+/g, " ").trim() });
  }
  return found;
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < to; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** The definitions of a text; an include guard is no condition. */
export function definitionsOf(lines: readonly MacroLine[]): Definition[] {
  const conditions: string[] = [];
  const found: Definition[] = [];
  for (const [index, { line, directive, rest }] of lines.entries()) {
    if (directive === "if" || directive === "ifdef") conditions.push(rest);
    else if (directive === "ifndef") conditions.push(isGuard(lines, index) ? "" : `!${rest}`);
    else if (directive === "elif") conditions.splice(-1, 1, rest);
    else if (directive === "else") conditions.splice(-1, 1, `!(${conditions.at(-1) ?? ""})`);
    else if (directive === "endif") conditions.pop();
    else if (directive === "define") {
      const [, name = "", parameters = "", body = ""] = /^(\w+)(\([^)]*\))?\s*(.*)$/.exec(rest) ?? [];
      if (name !== "") found.push({ line, name, parameters, body, conditions: conditions.filter((condition) => condition !== "") });
    }
  }
  return found;
}

function isGuard(lines: readonly MacroLine[], index: number): boolean {
  const next = lines[index + 1];
  return index === 0 && next?.directive === "define" && next.rest === lines[index]?.rest;
}
