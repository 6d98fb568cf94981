/** Owns the text that a declaration is initialized with: of a default argument, a field, a constant. */
import { type CToken, depthOf, lineOf, tokensIn } from "./c-tokens.js";
import { decoded } from "./source-texts.js";

/** What stands behind `=` between two offsets, outside of brackets; null where there is none. */
export function textBehindEquals(text: string, start: number, end: number): string | null {
  const tokens = tokensIn(text, start, end);
  const at = atDepthZero(tokens, (token) => token === "=");
  return at === -1 ? null : shown(tokens.slice(at + 1));
}

/** How far a parameter is looked at behind its end. */
const FAR = 1000;

/** A parameter's default argument; the compiler may end the parameter before a macro that ends it. */
export function defaultArgument(text: string, start: number, end: number): string | null {
  let depth = 0;
  for (const { text: token, at } of tokensIn(text, end, Math.min(text.length, end + FAR))) {
    if (depth === 0 && (token === "," || token === ")")) return textBehindEquals(text, start, at);
    depth += depthOf(token);
  }
  return textBehindEquals(text, start, end);
}

/** A field's initializer behind its name: `= text`, or the braces themselves. */
export function fieldInitializer(text: string, start: number, end: number): string | null {
  const tokens = tokensIn(text, start, end);
  const at = atDepthZero(tokens, (token) => token === "=" || token === "{");
  if (at === -1) return null;
  return shown(tokens.slice(tokens[at]?.text === "=" ? at + 1 : at));
}

function atDepthZero(tokens: readonly CToken[], holds: (token: string) => boolean): number {
  let depth = 0;
  for (const [i, { text }] of tokens.entries()) {
    if (depth === 0 && holds(text)) return i;
    depth += depthOf(text);
  }
  return -1;
}

function shown(tokens: readonly CToken[]): string | null {
  return tokens.length === 0 ? null : decoded(lineOf(balanced(tokens)));
}

/** Without closing angle brackets that a parse of `>>` as one token takes along. */
function balanced(tokens: readonly CToken[]): readonly CToken[] {
  const open = tokens.filter(({ text }) => text === "<").length;
  const close = tokens.filter(({ text }) => text === ">").length;
  return close > open && tokens.at(-1)?.text === ">" ? tokens.slice(0, -1) : tokens;
}
