/** Owns the demangling of lists of names. */
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
