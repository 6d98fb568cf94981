/** Owns the reading of one COFF object from its bytes, plain or big; its tables are translated into the model's layout. */
import { type Comdats, comdatsOf, rootOf } from "./coff-comdat.js";
import { isImport, readCoffHeader } from "./coff-header.js";
import { readImport } from "./coff-import.js";
import { type CoffHeader, MACHINES } from "./coff-layout.js";
import { readRecords } from "./coff-records.js";
import { coffRelocations } from "./coff-relocations.js";
import { coffSectionTable, readCoffSections } from "./coff-sections.js";
import { readCoffSymbols } from "./coff-symbols.js";
import type { ComdatGroups } from "./groups.js";
import type { ObjectFile, SymbolTable } from "./model.js";
import { once } from "./once.js";
import { EM_AARCH64, EM_X86_64 } from "./processors.js";
import { type StringTable, stringTable, tableOfBytes } from "./strings.js";
import { symbolName } from "./symbols.js";
import { type View, records, refuse } from "./view.js";

/** Throws `object-invalid` on anything else than a sound COFF object or member of an import library. */
export function readCoff(view: View): ObjectFile {
  if (isImport(view)) return readImport(view);
  const header = readCoffHeader(view);
  const strings = readStrings(view, header);
  const list = readCoffSections(view, header, strings);
  const table = readRecords(view, header);
  const comdats = comdatsOf(table, list);
  const { symbols, entryOf } = readCoffSymbols(view, table, list, comdats, strings);
  const machine = MACHINES.get(header.machine) ?? 0;
  const object = {
    place: view.place,
    format: "coff" as const,
    bits: machine === EM_X86_64 || machine === EM_AARCH64 ? (64 as const) : (32 as const),
    littleEndian: true,
    kind: "relocatable" as const,
    machine,
    flags: header.flags,
    view,
    sections: coffSectionTable(view, list),
    symbols,
  };
  return {
    ...object,
    relocations: once(() => coffRelocations(object, list, entryOf)),
    groups: once(() => coffGroups(list.length, comdats, entryOf, symbols)),
  };
}

/** The string table behind the symbols; its first four bytes are its length, which they count. */
function readStrings(view: View, { symbols, symbolCount, symbolEntry }: CoffHeader): StringTable {
  const offset = symbols + symbolCount * symbolEntry;
  if (symbols === 0 || offset === view.size) return tableOfBytes(view.place, Buffer.alloc(0), offset, "string table");
  const size = records(view, offset, 1, 4, "length of the string table").getUint32(0, true);
  if (size > 0 && size < 4) refuse(view.place, "length of the string table", offset, `${size} is less than the length's own four bytes`);
  return stringTable(view, offset, Math.max(size, 4), "string table");
}

/** Sections that hang on a COMDAT section are in its group. */
function coffGroups(sectionCount: number, comdats: Comdats, entryOf: Uint32Array, symbols: SymbolTable): ComdatGroups {
  const signatures: string[] = [];
  const ofSection = new Int32Array(sectionCount + 1).fill(-1);
  const groups = new Map<number, number>();
  for (let section = 1; section <= sectionCount; section++) {
    if (comdats.selection[section] === 0) continue;
    const root = rootOf(comdats, section);
    let group = groups.get(root);
    if (group === undefined) {
      groups.set(root, (group = signatures.length));
      const leader = comdats.leader[root] ?? -1;
      signatures.push(leader < 0 ? "" : symbolName(symbols, entryOf[leader] ?? 0));
    }
    ofSection[section] = group;
  }
  return { signatures, ofSection };
}
