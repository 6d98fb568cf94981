/** Owns the attributes in a text: what stands in `__attribute__((…))` and `[[…]]`. */
import { type CToken, depthOf, lineOf, tokensIn } from "./c-tokens.js";

/** In order, each once. */
export function attributesIn(text: string): string[] {
  const tokens = tokensIn(text, 0, text.length);
  const found: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const [first, second, third] = [tokens[i]?.text, tokens[i + 1]?.text, tokens[i + 2]?.text];
    const from = first === "__attribute__" && second === "(" && third === "(" ? i + 3 : first === "[" && second === "[" ? i + 2 : 0;
    if (from === 0) continue;
    const end = closingOf(tokens, from);
    found.push(...partsOf(tokens.slice(from, end)));
    i = end + 1;
  }
  return [...new Set(found)];
}

function closingOf(tokens: readonly CToken[], from: number): number {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    depth += depthOf(tokens[i]?.text ?? "");
    if (depth < 0) return i;
  }
  return tokens.length;
}

/** Several between one pair of brackets; an empty second text of `deprecated` says nothing. */
function partsOf(tokens: readonly CToken[]): string[] {
  const parts: CToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    depth += depthOf(token.text);
    if (token.text === "," && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts
    .map((part) =>
      lineOf(part)
        .trim()
        .replace(/, ""\)$/, ")")
        .replace(/\(""\)$/, ""),
    )
    .map(plain)
    .filter((part) => part !== "");
}

/** `__nonnull__` is `nonnull`. */
export function plain(attribute: string): string {
  return attribute.replaceAll(/\b__(\w+?)__\b/g, "$1");
}
