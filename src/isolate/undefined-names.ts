/** Owns the warning about variables that a tree declares for its sources and defines in nothing that is read: in a form that is not followed, perhaps. */
import { byText } from "../support/order.js";

/** So many names that begin alike are a library's own. */
const FAMILY = 20;

/** Such names that the warning tells of. */
const SHOWN = 3;

/** One warning, or none. `declared`: names declared `extern`; `renamed`: all that get the flavor. */
export function undefinedNames(declared: readonly string[], renamed: ReadonlySet<string>): string[] {
  const families = new Map<string, number>();
  for (const name of renamed) families.set(beginningOf(name), (families.get(beginningOf(name)) ?? 0) + 1);
  const isOwn = (name: string): boolean => name.includes("_") && (families.get(beginningOf(name)) ?? 0) >= FAMILY;
  const found = [...new Set(declared)].filter((name) => !renamed.has(name) && isOwn(name)).toSorted(byText);
  if (found.length === 0) return [];
  const more = found.length > SHOWN ? ` and ${found.length - SHOWN} more` : "";
  return [
    `${found.length === 1 ? "1 variable is" : `${found.length} variables are`} declared, but defined in nothing that is read, and ${found.length === 1 ? "keeps its name" : "keep their names"}: ${found.slice(0, SHOWN).join(", ")}${more}; where macros or a generator define them, a policy's \`rename\` and \`patch\` settle it`,
  ];
}

/** `lib` of `lib_make`, also of `_lib_make`. */
function beginningOf(name: string): string {
  return /^_*[^_]*/.exec(name)?.[0] ?? "";
}
