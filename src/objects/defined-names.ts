/** Owns the global names that files define, as the linker knows them. */
import { definesGlobal } from "./classes.js";
import { objectsOf } from "./open.js";
import { symbolName } from "./symbols.js";

/** Of archives and objects together. Throws `object-invalid`, `input-missing`, `input-invalid`. */
export function definedNames(paths: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const path of paths)
    for (const { symbols } of objectsOf(path, undefined, { inPassing: true }))
      for (let index = 1; index < symbols.count; index++)
        if (definesGlobal(symbols.classes[index] ?? 0)) found.add(symbolName(symbols, index));
  return found;
}
