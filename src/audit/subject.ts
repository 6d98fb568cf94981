/** Owns what a C++ symbol belongs to: its own qualified name without template arguments, and the names that these mention. */
import { type NameParts, nameParts } from "../objects/demangle/demangle.js";

export interface Subject {
  /** As in `std::vector::push_back`; the type, for vtables and the like. */
  readonly path: string;
  /** Qualified names in template arguments, each once. */
  readonly mentions: readonly string[];
}

/** The scope of what describes a builtin type (`typeinfo for int*`): the ABI's runtime has its like. */
export const BUILTIN_SCOPE = "__cxxabiv1::builtin";

/** The subject of a mangled name; undefined for a name of C, and for one that cannot be read. */
export function symbolSubject(symbol: string): Subject | undefined {
  const parts = nameParts(symbol);
  if (parts === undefined) return undefined;
  return parts.scopes.length > 0 ? { path: parts.scopes.join("::"), mentions: parts.mentions } : typeSubject(parts);
}

/** `void (*)(Foo)`: the first name mentioned stands for the type. */
function typeSubject({ mentions }: NameParts): Subject {
  const [first, ...others] = mentions;
  return { path: first ?? BUILTIN_SCOPE, mentions: others };
}
