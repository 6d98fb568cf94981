/** Owns what a header defines for the preprocessor: its include guard, the macros that it defines whatever the platform. */
import { BYTE, DIRECTIVE, KIND } from "../../tokens/kinds.js";
import type { Reading } from "../survey/heads.js";
import { isMark, isWord, valueAt } from "../survey/heads.js";

/** Ids of a header's macros. */
export interface HeaderMacros {
  /** The macro that keeps the header from being read twice. */
  readonly guard: number | undefined;
  /** Macros defined in every branch of the header; others may be the system's, or come from the command line. */
  readonly certain: readonly number[];
}

/** An `#if` … `#endif`: what each of its branches defines. */
interface Chain {
  readonly branches: Set<number>[];
  hasElse: boolean;
  readonly isGuard: boolean;
}

/** Reads a header; `directives` are its preprocessor lines (start, end, start, end …). */
export function headerMacros(reading: Reading, directives: readonly number[]): HeaderMacros {
  const starts = directives.filter((_, at) => at % 2 === 0);
  const guard = guardOf(reading, starts);
  const chains: Chain[] = [{ branches: [new Set()], hasElse: true, isGuard: false }];
  for (const [at, start] of starts.entries()) note(reading, start, at === 0 && guard !== undefined, chains);
  const certain = [...(chains[0]?.branches[0] ?? [])].filter((id) => id !== guard);
  return { guard, certain };
}

function note(reading: Reading, start: number, isGuard: boolean, chains: Chain[]): void {
  const directive = reading.stream.values[start] as number;
  const top = chains.at(-1) as Chain;
  if (directive === DIRECTIVE.if) chains.push({ branches: [new Set()], hasElse: false, isGuard });
  else if (directive === DIRECTIVE.elif || directive === DIRECTIVE.else) {
    top.branches.push(new Set());
    top.hasElse ||= directive === DIRECTIVE.else;
  } else if (directive === DIRECTIVE.endif && chains.length > 1) {
    chains.pop();
    const outer = chains.at(-1)?.branches.at(-1);
    for (const id of inAllBranches(top)) outer?.add(id);
  } else if (isWord(reading, start + 1)) {
    const id = valueAt(reading, start + 1);
    if (directive === DIRECTIVE.define) top.branches.at(-1)?.add(id);
    else if (directive === DIRECTIVE.undef) for (const { branches } of chains) branches.at(-1)?.delete(id);
  }
}

function inAllBranches({ branches, hasElse, isGuard }: Chain): number[] {
  const [first, ...others] = branches;
  if (isGuard && others.length === 0) return [...(first ?? [])];
  return hasElse ? [...(first ?? [])].filter((id) => others.every((branch) => branch.has(id))) : [];
}

/** `#ifndef X` or `#if !defined(X)`, then `#define X`, and `#endif` as the last line. */
function guardOf(reading: Reading, starts: readonly number[]): number | undefined {
  const { kinds, values } = reading.stream;
  const [first, second] = starts;
  const last = starts.at(-1);
  if (first === undefined || second === undefined || last === undefined || starts.length < 3) return undefined;
  if (values[first] !== DIRECTIVE.if || values[second] !== DIRECTIVE.define || values[last] !== DIRECTIVE.endif) return undefined;
  if (!isWord(reading, second + 1) || isMark(reading, second + 2, BYTE.open)) return undefined;
  const id = valueAt(reading, second + 1);
  for (let i = first + 1; kinds[i] !== KIND.directiveEnd; i++) if (isWord(reading, i) && valueAt(reading, i) === id) return id;
  return undefined;
}
