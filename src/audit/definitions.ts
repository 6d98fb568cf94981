/** Owns the index of what one flavor defines: every global name with each place and class. */
import type { SymbolClass } from "../objects/model.js";
import { addCounts, className, definesGlobal, noCounts } from "../objects/classes.js";
import { symbolName } from "../objects/elf-symbols.js";
import { objectsOf } from "../objects/open.js";
import type { ObjectFile } from "../objects/model.js";
import type { Place } from "../objects/view.js";
import type { SymbolCounts } from "../model/audit.js";
import { byText } from "../support/order.js";

/** The archives (or single objects) of one flavor. */
export interface FlavorFiles {
  readonly name: string;
  readonly archives: readonly string[];
}

export interface Definition {
  /** Index into the flavor's objects. */
  readonly object: number;
  /** Index into that object's symbol table. */
  readonly symbol: number;
  readonly class: SymbolClass;
}

export interface IndexedObject {
  readonly place: Place;
  readonly ordinal: number;
}

export interface FlavorIndex {
  readonly name: string;
  readonly objects: readonly IndexedObject[];
  readonly counts: SymbolCounts;
  readonly definitions: ReadonlyMap<string, readonly Definition[]>;
}

/** Reads all symbol tables of a flavor. Throws `object-invalid` on what cannot be read: an audit of a part proves nothing. */
export function indexFlavor(flavor: FlavorFiles): FlavorIndex {
  const objects: IndexedObject[] = [];
  const counts = noCounts();
  const definitions = new Map<string, Definition[]>();
  for (const path of new Set(flavor.archives)) {
    let ordinal = 0;
    for (const object of objectsOf(path)) {
      addCounts(counts, object.symbols);
      addDefinitions(definitions, object, objects.length);
      objects.push({ place: object.place, ordinal: ordinal++ });
    }
  }
  return { name: flavor.name, objects, counts, definitions };
}

function addDefinitions(definitions: Map<string, Definition[]>, object: ObjectFile, number: number): void {
  const { symbols } = object;
  for (let index = 1; index < symbols.count; index++) {
    const code = symbols.classes[index] ?? 0;
    if (!definesGlobal(code)) continue;
    const name = symbolName(symbols, index);
    const definition = { object: number, symbol: index, class: className(code) };
    const known = definitions.get(name);
    if (known === undefined) definitions.set(name, [definition]);
    else known.push(definition);
  }
}

/** The names that at least two of the flavors define, sorted. */
export function commonNames(indexes: readonly FlavorIndex[]): string[] {
  const times = new Map<string, number>();
  for (const { definitions } of indexes) {
    for (const name of definitions.keys()) times.set(name, (times.get(name) ?? 0) + 1);
  }
  return [...times].flatMap(([name, count]) => (count > 1 ? [name] : [])).toSorted(byText);
}
