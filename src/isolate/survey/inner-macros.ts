/** Owns which definitions of macros stand in a class, a function or an enumeration, for a list that is included there. */
import { DIRECTIVE, KIND } from "../../tokens/kinds.js";
import type { TokenStream } from "../../tokens/stream.js";
import { externLanguage, isZero, opensNamespace, type Reading } from "./heads.js";
import { walkDeclarations } from "./scopes.js";
import type { Opening } from "./scope-model.js";

/** Those of the `#define` lines that begin at the tokens `starts`. */
export function innerDefinitions(reading: Reading, starts: readonly number[]): ReadonlySet<number> {
  const listing = new Set(starts.filter((start) => isBeforeList(reading.stream, start)));
  const found = new Set<number>();
  if (listing.size === 0) return found;
  walkDeclarations(reading.stream, (token) => isZero(reading, token), {
    open: (head) => openingOf(reading, head),
    leaveNamespace: () => undefined,
    declaration: () => undefined,
    directive: (start, _, inside) => void (inside && listing.has(start) && found.add(start)),
  });
  return found;
}

/** Any body counts as one in which declarations go on. */
function openingOf(reading: Reading, head: readonly number[]): Opening {
  if (opensNamespace(reading, head)) return "namespace";
  return externLanguage(reading, head.slice(-2)) === undefined ? "continue" : "linkage-c";
}

/** Whether nothing but other lines of the preprocessor stands between the one at `start` and an include line. */
function isBeforeList({ kinds, values, count }: TokenStream, start: number): boolean {
  for (let at = start; at < count && kinds[at] === KIND.directive; at++) {
    if (values[at] === DIRECTIVE.include) return true;
    while (at < count && kinds[at] !== KIND.directiveEnd) at++;
  }
  return false;
}
