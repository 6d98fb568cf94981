/** Owns the question whether a name is declared as shared between the flavors. */
import type { SharedNames } from "../model/audit.js";
import type { DemangledName } from "../objects/demangle.js";
import { nameGlob } from "../support/glob.js";
import { type Subject, symbolSubject } from "./subject.js";
import { C_LIBRARY_TYPES } from "./toolchain.js";

/** Which entries of the shared list, by index, cover a name; none when it is not shared. */
export type Coverage = (symbol: string, name: DemangledName) => readonly number[];

interface Entry {
  /** The pattern as it is written: it may spell out a name that holds a `*`, as in `operator new(unsigned long, void*)`. */
  readonly exact: string;
  readonly matches: (name: string) => boolean;
}

/**
 * A pattern covers a name when it matches its qualified name (for C, the name itself), and every name in its
 * template arguments is covered as well: `std::vector<Foo>` is code over `Foo` and no more shared than `Foo` is.
 * A pattern also covers the one symbol or demangled text that it spells out.
 */
export function sharedCoverage(shared: readonly SharedNames[]): Coverage {
  const entries = shared.map(({ pattern }) => ({ exact: pattern, matches: nameGlob(pattern) }));
  const known = new Map<string, boolean>();
  function mentionShared(mention: string): boolean {
    const before = known.get(mention);
    if (before !== undefined) return before;
    const covered = C_LIBRARY_TYPES.has(mention) || entries.some((entry) => entry.matches(mention));
    known.set(mention, covered);
    return covered;
  }
  const answers = new Map<string, readonly number[]>();
  return (symbol, name) => {
    const before = answers.get(symbol);
    if (before !== undefined) return before;
    const subject = symbol.startsWith("_Z") ? symbolSubject(symbol) : { path: symbol, mentions: [] };
    const whole = subject?.mentions.every(mentionShared) === true ? subject : undefined;
    const answer = entries.flatMap((entry, index) => (covers(entry, symbol, name, whole) ? [index] : []));
    answers.set(symbol, answer);
    return answer;
  };
}

function covers(entry: Entry, symbol: string, name: DemangledName, subject: Subject | undefined): boolean {
  if (entry.exact === symbol || entry.exact === name.full) return true;
  return subject !== undefined && entry.matches(subject.path);
}
