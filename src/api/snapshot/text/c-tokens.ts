/** Owns the tokens of a piece of C or C++ text; comments and preprocessor lines are left out. */

export interface CToken {
  readonly text: string;
  /** From the start of the whole text. */
  readonly at: number;
  /** White space, a comment or a line's end stands before it. */
  readonly spaced: boolean;
}

const TOKEN =
  /\s+|\/\/(?:[^\n\\]|\\[\s\S])*|\/\*[\s\S]*?(?:\*\/|$)|\\\r?\n|((?:u8|[uUL])?R"([^(\s]*)\([\s\S]*?\)\2"|(?:u8|[uUL])?"(?:[^"\\\n]|\\[\s\S])*"|(?:u8|[uUL])?'(?:[^'\\\n]|\\[\s\S])+'|[A-Za-z_$\u0080-\u00ff][\w$\u0080-\u00ff]*|\.?\d(?:[eEpP][+-]|['\w.])*|::|->|\.\.\.|<<|&&|\|\||[=!<>]=|[\s\S])/y;

/** The tokens of `text` from `start` up to `end`. */
export function tokensIn(text: string, start: number, end: number): CToken[] {
  const found: CToken[] = [];
  let spaced = false;
  let lineStart = false;
  TOKEN.lastIndex = start;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) break;
    const [whole, token] = match;
    if (token === undefined) {
      spaced = true;
      lineStart ||= whole.includes("\n");
      continue;
    }
    if (token === "#" && lineStart) {
      TOKEN.lastIndex = lineEnd(text, at);
      continue;
    }
    found.push({ text: token, at, spaced });
    [spaced, lineStart] = [false, false];
  }
  return found;
}

/** Where a preprocessor line ends that may go on behind a backslash. */
function lineEnd(text: string, from: number): number {
  const end = /(?:[^\n\\]|\\[\s\S])*/y;
  end.lastIndex = from;
  end.exec(text);
  return Math.max(end.lastIndex, from + 1);
}

/** The tokens as one line: white space of any length is one space. */
export function lineOf(tokens: readonly CToken[]): string {
  return tokens.map(({ text, spaced }, i) => (spaced && i > 0 ? ` ${text}` : text)).join("");
}

/** How a token changes the depth of brackets. */
export function depthOf(token: string): number {
  if (token === "(" || token === "[" || token === "{") return 1;
  return token === ")" || token === "]" || token === "}" ? -1 : 0;
}
