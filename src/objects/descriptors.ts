/** Owns the way from a function to its code where a symbol names a descriptor of it (64-bit PowerPC, ELFv1: section `.opd`). */
import type { BodyReader, BodySection } from "./body-reader.js";
import { EM_PPC64 } from "./processors.js";
import { addendAt, entryStart, firstFrom } from "./relocations.js";
import { stringAt } from "./strings.js";
import { sectionNumber, symbolValue } from "./symbols.js";
import { readU64 } from "./view.js";

export interface CodePlace {
  readonly section: BodySection;
  readonly offset: number;
}

/** Where the code lies whose descriptor lies at `offset`; undefined for a place that is no descriptor. */
export function codeOf(reader: BodyReader, section: BodySection, offset: number): CodePlace | undefined {
  const { object } = reader;
  if (object.machine !== EM_PPC64 || object.kind !== "relocatable" || stringAt(object.sections.names, section.name) !== ".opd")
    return undefined;
  const table = reader.relocations.get(section.number);
  const index = table === undefined ? 0 : firstFrom(table, offset);
  if (table === undefined || index >= table.count) return undefined;
  const at = entryStart(table, index);
  const symbol = table.data.getUint32(at + 12, true);
  if (readU64(table.data, at) !== offset || symbol >= object.symbols.count) return undefined;
  const number = sectionNumber(object.symbols, symbol);
  if (number <= 0) return undefined;
  return { section: reader.section(number), offset: symbolValue(object.symbols, symbol) + addendAt(table.data, at) };
}
