/** Owns the tokens of a DEPS file: names, strings and marks, without comments (Python's lexical rules, as far as used). */
import { UnforkError } from "../support/errors.js";

export interface DepsToken {
  readonly type: "name" | "string" | "mark";
  /** A string's value, without quotes and escapes. */
  readonly text: string;
  /** Where it stands: first character, and the one behind it. */
  readonly from: number;
  readonly to: number;
}

const PATTERN =
  /\s+|#[^\n]*|([A-Za-z_]\w*|\d[\w.]*)|("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')|([^\s\w"'#])/y;

/** Throws `input-invalid` with the line where a string does not end. */
export function depsTokens(text: string): DepsToken[] {
  const tokens: DepsToken[] = [];
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < text.length) {
    const at = PATTERN.lastIndex;
    const match = PATTERN.exec(text);
    if (match === null) throw unreadable(text, at);
    const [, name, quoted, mark] = match;
    const place = { from: at, to: PATTERN.lastIndex };
    if (name !== undefined) tokens.push({ type: "name", text: name, ...place });
    else if (quoted !== undefined) tokens.push({ type: "string", text: unquoted(quoted), ...place });
    else if (mark !== undefined) tokens.push({ type: "mark", text: mark, ...place });
  }
  return tokens;
}

function unquoted(quoted: string): string {
  const width = /^("""|''')/.test(quoted) ? 3 : 1;
  return quoted.slice(width, -width).replaceAll(/\\(\n|[\s\S])/g, (_whole, character: string) => escapes[character] ?? `\\${character}`);
}

const escapes: Readonly<Record<string, string>> = { "\n": "", n: "\n", t: "\t", "\\": "\\", "'": "'", '"': '"' };

function unreadable(text: string, at: number): UnforkError {
  const line = text.slice(0, at).split("\n").length;
  return new UnforkError("input-invalid", `DEPS:${line}: cannot read ${text.slice(at, at + 40).split("\n")[0] ?? ""}`, {
    hint: "look at upstream's DEPS file, or leave out 'deps'",
  });
}
