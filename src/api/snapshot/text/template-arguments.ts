/** Owns taking a written instance of a template apart: `a::B<C<int>, 3>` → `a::B`, [`C<int>`, `3`]. */
import { depthOf, lineOf, tokensIn } from "./c-tokens.js";

/** The arguments behind the last `<` at the outermost level, or undefined for a text without any. */
export function writtenArguments(text: string): { readonly name: string; readonly arguments: readonly string[] } | undefined {
  const tokens = tokensIn(text, 0, text.length).flatMap((token) =>
    token.text === "<<"
      ? [
          { ...token, text: "<" },
          { ...token, text: "<", spaced: false, at: token.at + 1 },
        ]
      : [token],
  );
  if (tokens.at(-1)?.text !== ">") return undefined;
  const open = openingOf(tokens.map((token) => token.text));
  if (open === -1) return undefined;
  const parts: string[] = [];
  let [from, depth] = [open + 1, 0];
  for (let i = open + 1; i < tokens.length; i++) {
    const token = tokens[i]?.text as string;
    const isEnd = i === tokens.length - 1;
    if (isEnd || (token === "," && depth === 0)) {
      if (i > from) parts.push(lineOf(tokens.slice(from, i)));
      from = i + 1;
    } else depth += token === "<" ? 1 : token === ">" ? -1 : depthOf(token);
  }
  return { name: text.slice(0, tokens[open]?.at as number).trim(), arguments: parts };
}

/** The `<` that the last `>` closes. */
function openingOf(tokens: readonly string[]): number {
  let depth = 0;
  for (let i = tokens.length - 1; i >= 0; i--) {
    const token = tokens[i] as string;
    if (token === ">") depth++;
    else if (token === "<") depth--;
    else depth -= depthOf(token);
    if (depth === 0) return i;
  }
  return -1;
}

/** The arguments behind the name that stands at an offset, or undefined where none do. */
export function argumentsAt(text: string, at: number): readonly string[] | undefined {
  const name = /[A-Za-z_$][\w$]*\s*(?=<)/y;
  name.lastIndex = at;
  if (name.exec(text) === null) return undefined;
  let depth = 0;
  for (const token of tokensIn(text, at, Math.min(text.length, at + 4000))) {
    depth += token.text === "<" ? 1 : token.text === ">" ? -1 : 0;
    if (token.text === ">" && depth === 0) return writtenArguments(text.slice(at, token.at + 1))?.arguments;
    if (token.text === ";" || token.text === "{") return undefined;
  }
  return undefined;
}
