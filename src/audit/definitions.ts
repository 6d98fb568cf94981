/** Owns the index of one flavor: every global name that it defines or wants, with each place. */
import type { SymbolCounts } from "../model/audit.js";
import { STRONG, UNDEFINED, UNDEFINED_WEAK, WEAK, addCounts, className, definesGlobal, noCounts } from "../objects/classes.js";
import { ABSOLUTE, sectionNumber, symbolName, symbolType } from "../objects/symbols.js";
import type { ObjectFile, ObjectFormat, ObjectKind, SymbolClass, SymbolTable } from "../objects/model.js";
import { hasDebugInfo } from "../objects/dwarf/sections.js";
import { versionsOf } from "../objects/elf-versions.js";
import { objectsOf } from "../objects/open.js";
import { SECTION_HEADER, SHF_GROUP } from "../objects/sections.js";
import type { Place } from "../objects/view.js";
import { archivesFirst } from "./input-files.js";
import { type Repeats, repeatFinder } from "./repeats.js";
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
  /** As a linker takes it: what a COMDAT group holds is weak. */
  readonly class: SymbolClass;
  /** ELF's st_type: 1 object, 2 function, 6 thread-local, 10 chosen at load time. */
  readonly type: number;
  /** The versions that a shared library exports it in; undefined without. */
  readonly versions?: readonly string[] | undefined;
}

/** An object that wants a name and does not define it. */
export interface Reference {
  readonly object: number;
  /** Left at zero when nothing defines it. */
  readonly isWeak: boolean;
}

export interface IndexedObject {
  readonly place: Place;
  /** Which object of its file it is. */
  readonly ordinal: number;
  readonly kind: ObjectKind;
  readonly format: ObjectFormat;
  /** The processor by ELF's number. */
  readonly machine: number;
  /** There are sections that may tell how types are laid out. */
  readonly debug: boolean;
}

export interface FlavorIndex {
  readonly name: string;
  readonly objects: readonly IndexedObject[];
  readonly counts: SymbolCounts;
  readonly definitions: ReadonlyMap<string, readonly Definition[]>;
  readonly references: ReadonlyMap<string, readonly Reference[]>;
  /** Objects that were left out, as another file has the same. */
  readonly repeats: readonly Repeats[];
}

/** Reads all symbol tables of a flavor. Throws `object-invalid` on what cannot be read: an audit of a part proves nothing. */
export function indexFlavor(flavor: FlavorFiles): FlavorIndex {
  const objects: IndexedObject[] = [];
  const counts = noCounts();
  const definitions = new Map<string, Definition[]>();
  const references = new Map<string, Reference[]>();
  const paths = archivesFirst([...new Set(flavor.archives)]);
  const repeats = repeatFinder();
  for (const path of paths) {
    let ordinal = -1;
    for (const object of objectsOf(path)) {
      ordinal++;
      if (paths.length > 1 && repeats.isRepeat(object)) continue;
      addCounts(counts, object.symbols);
      addNames(definitions, references, object, objects.length);
      objects.push({
        place: object.place,
        ordinal,
        kind: object.kind,
        format: object.format,
        machine: object.machine,
        debug: hasDebugInfo(object),
      });
    }
  }
  return { name: flavor.name, objects, counts, definitions, references, repeats: repeats.found };
}

function addNames(definitions: Map<string, Definition[]>, references: Map<string, Reference[]>, file: ObjectFile, object: number): void {
  const { symbols } = file;
  const linked = file.kind !== "relocatable";
  const versions = linked ? versionsOf(file) : undefined;
  for (let index = 1; index < symbols.count; index++) {
    const code = symbols.classes[index] ?? 0;
    if (definesGlobal(code)) {
      const type = symbolType(symbols, index);
      const name = nameOf(symbols, index, linked);
      if (versions?.names.has(name) === true && sectionNumber(symbols, index) === ABSOLUTE) continue;
      const own = code === STRONG && isKeptOnce(file, index) ? WEAK : code;
      addTo(definitions, name, { object, symbol: index, class: className(own), type, versions: versions?.exported.get(name) });
    } else if (code === UNDEFINED || code === UNDEFINED_WEAK) {
      addTo(references, nameOf(symbols, index, linked), { object, isWeak: code === UNDEFINED_WEAK });
    }
  }
}

/** A strong definition in a COMDAT group, as of i386's `__x86.get_pc_thunk.bx`: a linker keeps one group and says nothing. */
function isKeptOnce(file: ObjectFile, symbol: number): boolean {
  const section = sectionNumber(file.symbols, symbol);
  if (file.format !== "elf" || file.kind !== "relocatable" || section <= 0) return false;
  const flags = file.sections.headers.getUint32(section * SECTION_HEADER + 8, true);
  return (flags & SHF_GROUP) !== 0 && (file.groups().ofSection[section] ?? -1) >= 0;
}

/** Linkers write `name@VERSION` into the symbol tables of what they link. */
function nameOf(symbols: SymbolTable, index: number, linked: boolean): string {
  const name = symbolName(symbols, index);
  const at = linked ? name.indexOf("@", 1) : -1;
  return at < 0 ? name : name.slice(0, at);
}

function addTo<T>(map: Map<string, T[]>, name: string, value: T): void {
  const known = map.get(name);
  if (known === undefined) map.set(name, [value]);
  else known.push(value);
}

/**
 * The names that at least two of the flavors define, sorted; without those that shared libraries export in versions of which no two
 * flavors have one in common: the loader keeps these apart.
 */
export function commonNames(indexes: readonly FlavorIndex[]): string[] {
  const times = new Map<string, number>();
  for (const { definitions } of indexes) {
    for (const name of definitions.keys()) times.set(name, (times.get(name) ?? 0) + 1);
  }
  return [...times].flatMap(([name, count]) => (count > 1 && meet(indexes, name) ? [name] : [])).toSorted(byText);
}

/** Whether two flavors have a version of the name in common, or one has it without a version. */
function meet(indexes: readonly FlavorIndex[], name: string): boolean {
  const seen = new Set<string>();
  for (const { definitions } of indexes) {
    const own = new Set<string>();
    for (const { versions } of definitions.get(name) ?? []) {
      if (versions === undefined) return true;
      for (const version of versions) own.add(version);
    }
    for (const version of own) if (seen.has(version)) return true;
    for (const version of own) seen.add(version);
  }
  return false;
}
