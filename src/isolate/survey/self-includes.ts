/**
 * Owns which lines of a file are only read where it includes itself from inside of a namespace: `#include ITERATE()` in one branch of
 * an `#if`, behind a macro that holds the file's own path, and what is read then in another branch.
 */
import { BYTE, DIRECTIVE } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading } from "./heads.js";
import type { Scope } from "./scope-model.js";

/** Follows the directives of a file. */
export interface SelfIncludes {
  readonly directive: (start: number, scope: Scope) => void;
  /** The scope, counted as a namespace's where the walk stands in such lines. */
  readonly scopeOf: (scope: Scope) => Scope;
}

/** An `#if` that is open. */
interface Conditional {
  branch: number;
  /** The branch from which the file includes itself. */
  including?: number;
}

/** Of a file of that name; without one no file includes itself. */
export function selfIncludes(reading: Reading, name: string | undefined): SelfIncludes {
  const open: Conditional[] = [];
  let found = false;
  function directive(start: number, scope: Scope): void {
    const kind = reading.stream.values[start];
    if (kind === DIRECTIVE.if) open.push({ branch: 0 });
    else if (kind === DIRECTIVE.endif) open.pop();
    else if (kind === DIRECTIVE.elif || kind === DIRECTIVE.else) {
      const last = open.at(-1);
      if (last !== undefined) last.branch++;
    } else if (kind === DIRECTIVE.include && scope.namespaced && includesSelf(reading, start, name)) {
      found = true;
      for (const conditional of open) conditional.including = conditional.branch;
    }
  }
  const isElsewhere = ({ branch, including }: Conditional): boolean => including !== undefined && including !== branch;
  return {
    directive,
    scopeOf: (scope) => (found && !scope.namespaced && open.some(isElsewhere) ? { ...scope, namespaced: true } : scope),
  };
}

/** `#include MACRO(…)` behind a `#define` with the path of the file itself. */
function includesSelf(reading: Reading, start: number, name: string | undefined): boolean {
  if (name === undefined || !isWord(reading, start + 1) || !isMark(reading, start + 2, BYTE.open)) return false;
  const before = Buffer.prototype.latin1Slice.call(reading.bytes, 0, reading.stream.starts[start] as number);
  const own = name.replace(/[.+*?^$()[\]{}|\\]/g, "\\$&");
  return new RegExp(`#[ \\t]*define\\b(?:[^\\n]|\\\\\\r?\\n)*[<"](?:[^<>"\\n]*/)?${own}[>"]`).test(before);
}
