/** Owns the list of symbols of files, for people: each with its place, class, kind, size and section. */
import { symbolAt, symbolType } from "./symbols.js";
import { sectionAt } from "./sections.js";
import type { ObjectFile, SymbolClass } from "./model.js";
import { objectsOf } from "./open.js";
import type { Place } from "./view.js";

export type SymbolKind = "none" | "variable" | "function" | "section" | "file" | "common" | "thread-local" | "ifunc" | "other";

export interface ListedSymbol {
  readonly name: string;
  readonly class: SymbolClass;
  readonly kind: SymbolKind;
  /** Address, or offset in its section in a relocatable object; a common symbol's alignment. */
  readonly value: number;
  /** In bytes; 0 where the format does not tell. */
  readonly size: number;
  /** Name of its section; "" for undefined, absolute and common ones. */
  readonly section: string;
}

/** One object with its symbols, in the order of its table. */
export interface ListedObject {
  readonly place: Place;
  readonly symbols: readonly ListedSymbol[];
}

/** The objects of a file one by one. Throws `object-invalid`, `input-missing`, `input-invalid`. */
export function* listSymbols(path: string): Generator<ListedObject> {
  for (const object of objectsOf(path, undefined, { inPassing: true })) yield { place: object.place, symbols: symbolsOf(object) };
}

const KINDS: readonly (SymbolKind | undefined)[] = ["none", "variable", "function", "section", "file", "common", "thread-local"];
const IFUNC = 10;

/** What a symbol's type says, by ELF's number. */
export function kindOf(type: number): SymbolKind {
  return type === IFUNC ? "ifunc" : (KINDS[type] ?? "other");
}

function symbolsOf(object: ObjectFile): ListedSymbol[] {
  const names = sectionNames(object);
  return Array.from({ length: Math.max(object.symbols.count - 1, 0) }, (_, before) => {
    const symbol = symbolAt(object, before + 1);
    const kind = kindOf(symbolType(object.symbols, before + 1));
    const section = symbol.section > 0 ? names(symbol.section) : "";
    return {
      name: symbol.name === "" && kind === "section" ? section : symbol.name,
      class: symbol.class,
      kind,
      value: symbol.value,
      size: symbol.size,
      section,
    };
  });
}

/** Section names, each read once. */
function sectionNames(object: ObjectFile): (index: number) => string {
  const known = new Map<number, string>();
  return (index) => {
    const name = known.get(index) ?? sectionAt(object.view, object.sections, index).name;
    known.set(index, name);
    return name;
  };
}
