/** Owns the classes of symbols: every entry of a symbol table is in exactly one. */
import type { SymbolCounts } from "../model/audit.js";
import type { SymbolClass, SymbolTable } from "./model.js";

export const SYMBOL_CLASSES: readonly SymbolClass[] = [
  "strong",
  "weak",
  "unique",
  "common",
  "local",
  "undefined",
  "undefinedWeak",
  "section",
  "file",
];

export const STRONG = 0;
export const WEAK = 1;
export const UNIQUE = 2;
export const COMMON_CLASS = 3;
export const LOCAL = 4;
export const UNDEFINED = 5;
export const UNDEFINED_WEAK = 6;
export const SECTION = 7;
export const FILE = 8;

/** The first four classes define a global name. */
export function definesGlobal(classCode: number): boolean {
  return classCode <= COMMON_CLASS;
}

export function className(classCode: number): SymbolClass {
  const name = SYMBOL_CLASSES[classCode];
  if (name === undefined) throw new Error(`no symbol class has the number ${classCode}`);
  return name;
}

export function noCounts(): SymbolCounts {
  return { strong: 0, weak: 0, unique: 0, common: 0, local: 0, undefined: 0, undefinedWeak: 0, section: 0, file: 0 };
}

/** Adds the table's entries, but for the empty first one, to `counts`. */
export function addCounts(counts: SymbolCounts, symbols: SymbolTable): void {
  const tally = Array.from({ length: SYMBOL_CLASSES.length }, () => 0);
  for (let index = 1; index < symbols.count; index++) {
    const code = symbols.classes[index] ?? 0;
    tally[code] = (tally[code] ?? 0) + 1;
  }
  for (const [code, name] of SYMBOL_CLASSES.entries()) counts[name] += tally[code] ?? 0;
}
