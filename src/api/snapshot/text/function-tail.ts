/** Owns what stands behind a function's parameters. */
import { lineOf, tokensIn } from "./c-tokens.js";

/** A destructor never throws unless it says so: only what is declared counts. */
export function saysNoexcept(text: string, start: number, end: number): boolean {
  const line = lineOf(tokensIn(text, start, end));
  return /\) ?noexcept\b(?! ?\( ?false)/.test(line.split("{")[0] ?? "");
}
