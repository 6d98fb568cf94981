/** Owns preprocessed text as far as the proof needs it: where it speaks of names as text, and the same text with these silenced. */

/** A token whose value holds names: a string with the flavor's suffix in it, or one that the compiler fills in. */
export interface NameToken {
  readonly file: string;
  readonly line: number;
  readonly token: string;
}

const FILLED_IN = new Set([
  "__PRETTY_FUNCTION__",
  "__FUNCTION__",
  "__func__",
  "__FUNCSIG__",
  "typeid",
  "__builtin_FUNCTION",
  "__builtin_source_location",
  "__builtin_COLUMN",
]);

/** Raw strings, strings, characters (each with its suffix), numbers, words, operators of several characters, anything else. */
const TOKEN =
  /(?:u8|[uUL])?R"([^()\\\s]{0,16})\([\s\S]*?\)\1"\w*|(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*"\w*|(?:u8|[uUL])?'(?:[^'\\\n]|\\.)*'\w*|\.?\d(?:[eEpP][+-]|'?[\w.])*|[A-Za-z_$\u0080-\u{10ffff}][\w$\u0080-\u{10ffff}]*|<<=|>>=|<=>|->\*|\.\.\.|::|->|\.\*|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|##|\S/gu;

const MARKER = /^#(?:line)?\s+(\d+)\s+"((?:[^"\\]|\\.)*)"/;

interface Line {
  readonly text: string;
  readonly isDirective: boolean;
  readonly file: string;
  readonly line: number;
}

/** Pieces of text: a directive, or whole lines of tokens up to the next one, with where the first line came from. */
function* piecesOf(text: string): Generator<Line> {
  let file = "";
  let line = 1;
  for (const piece of text.split(/^(#.*)$/m)) {
    if (!piece.startsWith("#")) {
      yield { text: piece, isDirective: false, file, line };
      line += countLines(piece);
      continue;
    }
    yield { text: piece, isDirective: true, file, line };
    const marker = MARKER.exec(piece);
    if (marker === null) continue;
    file = marker[2] ?? "";
    line = Number(marker[1]) - 1;
  }
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** All tokens that speak of names, in order. */
export function nameTokens(text: string, suffix: string): NameToken[] {
  const found: NameToken[] = [];
  for (const piece of piecesOf(text)) {
    if (piece.isDirective || !speaks(piece.text, suffix)) continue;
    let line = piece.line;
    let last = 0;
    for (const match of piece.text.matchAll(TOKEN)) {
      const [token] = match;
      if (!FILLED_IN.has(token) && !(token.includes('"') && token.includes(suffix))) continue;
      line += countLines(piece.text.slice(last, match.index));
      last = match.index;
      found.push({ file: piece.file, line, token });
    }
  }
  return found;
}

function speaks(text: string, suffix: string): boolean {
  return text.includes(suffix) || [...FILLED_IN].some((word) => text.includes(word));
}

/**
 * The same program where no string holds a name that was changed: function names are one constant text, suffixes are taken
 * out of literals, and each token stands on a line of its own, so that no column tells how long the names before it are.
 */
export function neutralText(text: string, suffix: string): string {
  const out: string[] = [];
  for (const piece of piecesOf(text)) {
    if (piece.isDirective) out.push(piece.text);
    else for (const [token] of piece.text.matchAll(TOKEN)) out.push(neutralToken(token, suffix));
  }
  return `${out.join("\n")}\n`.replaceAll(/__builtin_FUNCTION\n\(\n\)/g, CONSTANT);
}

const CONSTANT = '"function"';

function neutralToken(token: string, suffix: string): string {
  if (token === "__PRETTY_FUNCTION__" || token === "__FUNCTION__" || token === "__func__") return CONSTANT;
  return token.includes('"') ? token.replaceAll(suffix, "") : token;
}

/** Whether two silenced texts are the same token by token, but for suffixes in words; markers of lines are passed over. */
export function sameTokens(before: string, after: string, suffix: string): boolean {
  const [left, right] = [tokenLines(before), tokenLines(after)];
  return left.length === right.length && left.every((token, index) => sameToken(token, right[index] ?? "", suffix));
}

function tokenLines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "" && !/^#\s/.test(line));
}

function sameToken(before: string, after: string, suffix: string): boolean {
  return before === after || (after.length > before.length && before.replaceAll(suffix, "") === after.replaceAll(suffix, ""));
}
