/** Owns the rows of `unfork symbols`: the symbols that are wanted, one after the other, and their sums. */
import { outermostScope } from "../../audit/mangled-scope.js";
import { demangler } from "../../objects/demangle.js";
import { type ListedSymbol, listSymbols } from "../../objects/list-symbols.js";
import type { SymbolClass } from "../../objects/model.js";
import type { SymbolGroup } from "../../report/symbols.js";
import { byText } from "../../support/order.js";
import { objectNamer } from "./object-names.js";

export const GROUPS = ["class", "kind", "section", "object", "scope", "name"] as const;
export type Group = (typeof GROUPS)[number];

export interface Row extends ListedSymbol {
  /** The object as it is shown. */
  readonly object: string;
  readonly file: string;
  /** Its name in the archive; null when the file is the object. */
  readonly member: string | null;
  /** Which object of the file it is, counted from 0. */
  readonly ordinal: number;
  readonly mangled: string;
}

export interface Wanted {
  readonly classes: ReadonlySet<SymbolClass>;
  readonly mangled: boolean;
  /** On the name as it is shown. */
  readonly matches: (name: string) => boolean;
}

/** The rows in the order of the files and their tables, made as objects are read; `told` hears of each object. */
export function* rowsOf(files: readonly string[], { classes, mangled, matches }: Wanted, told: () => void): Generator<Row> {
  const nameOf = demangler();
  for (const path of files) {
    const nameObject = objectNamer();
    for (const { place, symbols } of listSymbols(path)) {
      told();
      const { shown: object, ordinal } = nameObject(place);
      const { file, member } = place;
      for (const symbol of symbols) {
        if (!classes.has(symbol.class)) continue;
        const name = mangled ? symbol.name : nameOf(symbol.name).full;
        if (matches(name)) yield Object.assign(symbol, { object, file, member, ordinal, mangled: symbol.name, name });
      }
    }
  }
}

/** Sums of rows, the largest first. */
export function groupsOf(rows: Iterable<Row>, by: Group): SymbolGroup[] {
  const groups = new Map<string, { key: string; symbols: number; size: number }>();
  for (const row of rows) {
    const key = keyOf(row, by);
    const group = groups.get(key) ?? { key, symbols: 0, size: 0 };
    group.symbols += 1;
    group.size += row.size;
    groups.set(key, group);
  }
  return [...groups.values()].toSorted((a, b) => b.size - a.size || b.symbols - a.symbols || byText(a.key, b.key));
}

function keyOf(row: Row, by: Group): string {
  if (by !== "scope") return row[by] === "" ? "–" : row[by];
  if (!row.mangled.startsWith("_Z")) return "C and assembler";
  return outermostScope(row.mangled) || "global scope";
}
