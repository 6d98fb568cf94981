/** Owns the reading of a namespace that only declares classes ahead. */
import { BYTE, KIND } from "../../tokens/kinds.js";
import type { Scope } from "./scopes.js";
import type { SourceText } from "./source-text.js";

/** The name tokens of `class A; struct B;` right in the block, or undefined where anything else stands there but the namespaces `inner`. */
export function classesIn(text: SourceText, block: Scope, inner: readonly Scope[] = []): number[] | undefined {
  const names: number[] = [];
  for (let i = block.open + 1; i < block.close;) {
    const nested = inner.find((one) => one.outer === block && one.head <= i && i <= one.close);
    if (nested !== undefined) i = nested.close + 1;
    else if (text.stream.kinds[i] === KIND.directive) i = directiveEnd(text, i);
    else if (/^(?:class|struct)$/.test(text.word(i)) && text.word(i + 1) !== "" && text.mark(i + 2) === BYTE.semicolon) {
      names.push(i + 1);
      i += 3;
    } else return undefined;
  }
  return names;
}

function directiveEnd({ stream }: SourceText, from: number): number {
  let at = from;
  while (at < stream.count && stream.kinds[at] !== KIND.directiveEnd) at++;
  return at + 1;
}
