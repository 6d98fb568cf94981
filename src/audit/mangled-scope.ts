/** Owns the outermost scope of a mangled C++ name. */
import { BUILTIN_SCOPE, symbolSubject } from "./subject.js";

/**
 * The first component: `std`, a namespace, a class, or a function at global scope; "" for builtin types and
 * operators at global scope; undefined for a name that is not mangled or cannot be read.
 */
export function outermostScope(symbol: string): string | undefined {
  const path = symbolSubject(symbol)?.path;
  if (path === undefined) return undefined;
  const [first = ""] = path.split("::", 1);
  return path === BUILTIN_SCOPE || /^operator(?![\w$])/.test(first) ? "" : first;
}
