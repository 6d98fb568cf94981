/** Owns the texts by which the C++ runtime tells types apart: the bytes of each `_ZTS…` (Itanium C++ ABI 2.9.5). */
import { sectionAt } from "../../objects/sections.js";
import { sectionNumber, symbolValue } from "../../objects/symbols.js";
import type { ObjectFile } from "../../objects/model.js";
import { objectsOf } from "../../objects/open.js";
import { slice } from "../../objects/view.js";
import type { FlavorIndex } from "../definitions.js";

/** A text and the symbol before which it stands. */
export interface TypeinfoText {
  readonly symbol: string;
  readonly text: string;
}

/** The texts of all global `_ZTS` symbols, each symbol once. Texts that begin with `*` are compared by address and left out. */
export function typeinfoTexts(index: FlavorIndex, isTypeinfoName: (symbol: string) => boolean): TypeinfoText[] {
  const wanted = wantedByFile(index, isTypeinfoName);
  const found: TypeinfoText[] = [];
  for (const [path, ordinals] of wanted) {
    const lists = ordinals.values();
    for (const object of objectsOf(path, (ordinal) => ordinals.has(ordinal))) {
      for (const [symbol, number] of lists.next().value ?? []) {
        const text = textAt(object, number);
        if (text !== undefined && !text.startsWith("*")) found.push({ symbol, text });
      }
    }
  }
  return found;
}

/** Per file and ordinal of an object, in their order: symbols with their index, each symbol at its first definition. */
function wantedByFile(index: FlavorIndex, isWanted: (symbol: string) => boolean): Map<string, Map<number, [string, number][]>> {
  const byObject = new Map<number, [string, number][]>();
  for (const [symbol, [definition]] of index.definitions) {
    if (definition === undefined || !isWanted(symbol)) continue;
    byObject.set(definition.object, [...(byObject.get(definition.object) ?? []), [symbol, definition.symbol]]);
  }
  const files = new Map<string, Map<number, [string, number][]>>();
  for (const [number, { place, ordinal }] of index.objects.entries()) {
    const list = byObject.get(number);
    if (list === undefined) continue;
    files.set(place.file, (files.get(place.file) ?? new Map<number, [string, number][]>()).set(ordinal, list));
  }
  return files;
}

function textAt(object: ObjectFile, symbol: number): string | undefined {
  const number = sectionNumber(object.symbols, symbol);
  if (number <= 0) return undefined;
  const section = sectionAt(object.view, object.sections, number);
  const start = symbolValue(object.symbols, symbol) - (object.format !== "mach-o" && object.kind === "relocatable" ? 0 : section.address);
  if (start < 0 || start >= section.size) return undefined;
  const bytes = slice(object.view, section.offset, section.size, section.name);
  const end = bytes.indexOf(0, start);
  return bytes.toString("latin1", start, end < 0 ? bytes.length : end);
}
