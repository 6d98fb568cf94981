/** Owns the reading of a namespace that only declares classes ahead. */
import { BYTE } from "../../tokens/kinds.js";
import type { Scope } from "./scopes.js";
import type { SourceText } from "./source-text.js";

/** The name tokens of `class A; struct B;`, or undefined where anything else stands. */
export function classesIn(text: SourceText, block: Scope): number[] | undefined {
  const names: number[] = [];
  for (let i = block.open + 1; i < block.close;) {
    if (!/^(?:class|struct)$/.test(text.word(i)) || text.word(i + 1) === "" || text.mark(i + 2) !== BYTE.semicolon) return undefined;
    names.push(i + 1);
    i += 3;
  }
  return names;
}
