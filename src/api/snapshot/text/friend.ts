/** Owns a friend as it is declared, without its body. */
import { lineOf, tokensIn } from "./c-tokens.js";
import { decoded } from "./source-texts.js";

/** "" where there is none. */
export function friendText(text: string, start: number, end: number): string {
  const tokens = tokensIn(text, start, end);
  const body = tokens.findIndex((token) => token.text === "{" || token.text === ";");
  const from = tokens.findIndex((token) => token.text === "friend") + 1;
  return decoded(lineOf(tokens.slice(from, body === -1 ? tokens.length : body)));
}
