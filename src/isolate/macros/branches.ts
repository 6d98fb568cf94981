/** Owns the `#if` branches around a line: whether there are any, and which macros the way there wants undefined. */
import { DIRECTIVE } from "../../tokens/kinds.js";
import type { Tokens } from "./tokens-of.js";

export interface Branches {
  /** Takes the preprocessor line from the token `at` to the token `end`. */
  readonly at: (at: number, end: number) => void;
  /** Inside an `#if` other than the include guard. */
  readonly conditional: () => boolean;
  /** Inside the first branch of `#ifndef name` or `#if !defined(name) …`. */
  readonly absent: (name: string) => boolean;
}

interface Branch {
  readonly absent: readonly string[];
  first: boolean;
}

/** Follows the lines of one file; the outermost `guards` conditions do not count. */
export function createBranches(tokens: Tokens, guards: number): Branches {
  const open: Branch[] = [];
  function at(token: number, end: number): void {
    const code = tokens.stream.values[token];
    const last = open.at(-1);
    if (code === DIRECTIVE.if) open.push({ absent: wantedAbsent(tokens, token, end), first: true });
    else if (code === DIRECTIVE.endif) open.pop();
    else if ((code === DIRECTIVE.elif || code === DIRECTIVE.else) && last !== undefined) last.first = false;
  }
  return {
    at,
    conditional: () => open.length > guards,
    absent: (name) => open.slice(guards).some(({ first, absent }) => first && absent.includes(name)),
  };
}

function wantedAbsent(tokens: Tokens, token: number, end: number): string[] {
  const words = Array.from({ length: end - token - 1 }, (_, i) => tokens.text(token + 1 + i));
  if (tokens.text(token).endsWith("ifndef")) return words.slice(0, 1);
  return [...words.join(" ").matchAll(/! defined \(? ?(\w+)/g)].map((match) => match[1] as string);
}
