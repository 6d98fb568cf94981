/** Owns the demangling of many names. */
import { demangle } from "./demangle/demangle.js";

/** What is shown, and the qualified name alone: no return type, no parameters. */
export interface DemangledName {
  readonly full: string;
  readonly plain: string;
}

/** Demangles names; those that are no C++ names come back as they are. */
export function demangleNames(symbols: readonly string[]): Map<string, DemangledName> {
  return new Map(symbols.map((symbol) => [symbol, demangle(symbol)]));
}

/** Demangles names when they are asked for, each once. */
export function demangler(): (symbol: string) => DemangledName {
  const known = new Map<string, DemangledName>();
  return (symbol) => {
    const before = known.get(symbol);
    if (before !== undefined) return before;
    const name = demangle(symbol);
    known.set(symbol, name);
    return name;
  };
}
