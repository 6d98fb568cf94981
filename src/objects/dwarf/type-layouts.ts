/** Owns the layouts of an object's types, as its debug information tells them (DWARF 2 to 5). */
import type { ObjectFile } from "../model.js";
import { childrenOf } from "./children.js";
import { basesOf, enumeratorsOf } from "./class-parts.js";
import { SLOT, TAG } from "./constants.js";
import { type Debug, openDebug, stateOf } from "./debug.js";
import { type Entry, entryAt } from "./entry.js";
import { isFamilyC, languageOf } from "./languages.js";
import type { TypeKind, TypeLayout } from "./layout.js";
import { fileTable } from "./line-files.js";
import { membersOf } from "./members.js";
import { isDefinition, labelOf, reachesOut } from "./names.js";
import { referred } from "./references.js";
import { debugSections } from "./sections.js";
import { nameByTypedefs } from "./typedef-names.js";
import { typeSize } from "./type-size.js";
import type { Unit } from "./units.js";
import { numberOf } from "./values.js";
import { slotsOf } from "./virtual-slots.js";

export interface LayoutReading {
  /** Complete definitions outside functions and unnamed namespaces, in the order of the object. */
  readonly layouts: readonly TypeLayout[];
  /** Whether the object has debug information at all. */
  readonly debug: boolean;
  /** What of it was not read, one sentence each. */
  readonly unread: readonly string[];
}

const SPLIT = "split debug information (.dwo) is not read: build with -gno-split-dwarf";
const SHARED = "debug information of which dwz -m put a part into another file is not read: give the file as it was before";

/**
 * The layouts of all types that another object may name too. Throws `object-invalid` for damaged debug information.
 *
 * @param wanted leaves out types by name, before their members are read; default: none
 */
export function typeLayouts(object: ObjectFile, wanted: (name: string) => boolean = () => true): LayoutReading {
  const sections = debugSections(object);
  if (sections.shared) return { layouts: [], debug: true, unread: [SHARED] };
  if (sections.infos.length + sections.types.length === 0)
    return { layouts: [], debug: sections.split, unread: sections.split ? [SPLIT] : [] };
  const debug = openDebug(sections);
  nameByTypedefs(debug);
  const layouts = debug.units.flatMap((unit) => unitLayouts(debug, unit, wanted));
  return { layouts, debug: true, unread: sections.split || debug.units.some(isSkeleton) ? [SPLIT] : [] };
}

const KINDS: ReadonlyMap<number, TypeKind> = new Map([
  [TAG.classType, "class"],
  [TAG.structureType, "struct"],
  [TAG.unionType, "union"],
  [TAG.enumerationType, "enum"],
]);

function isSkeleton(unit: Unit): boolean {
  const { formOfSlot } = entryAt(unit, unit.first).abbreviation;
  return formOfSlot[SLOT.dwoName] !== 0 || formOfSlot[SLOT.gnuDwoName] !== 0;
}

function unitLayouts(debug: Debug, unit: Unit, wanted: (name: string) => boolean): TypeLayout[] {
  const { index } = stateOf(debug, unit);
  const root = entryAt(unit, unit.first);
  if (!isFamilyC(root)) return [];
  const layouts: TypeLayout[] = [];
  for (const [number, offset] of index.offsets.entries()) {
    const kind = KINDS.get(index.tags[number] ?? 0);
    if (kind === undefined) continue;
    const entry = entryAt(unit, offset);
    if (!isDefinition(entry)) continue;
    const name = labelOf(debug, entry);
    if (reachesOut(name) && wanted(name)) layouts.push(...layoutOf(debug, root, entry, name, kind));
  }
  return layouts;
}

function layoutOf(debug: Debug, root: Entry, entry: Entry, name: string, kind: TypeKind): TypeLayout[] {
  const size = typeSize(debug, entry);
  if (size === undefined) return [];
  const children = childrenOf(entry, debug.budget);
  const isEnum = kind === "enum";
  return [
    {
      name,
      kind,
      language: languageOf(root),
      size,
      members: isEnum ? [] : membersOf(debug, children),
      bases: isEnum ? [] : basesOf(debug, children),
      slots: isEnum ? [] : slotsOf(debug, children),
      enumerators: isEnum ? enumeratorsOf(debug, children) : [],
      place: placeOf(debug, root, entry),
    },
  ];
}

function placeOf(debug: Debug, root: Entry, entry: Entry): TypeLayout["place"] {
  const number = numberOf(entry, SLOT.declFile);
  const lines = numberOf(root, SLOT.stmtList);
  if (number === undefined || lines === undefined) {
    const declared = referred(debug.table, entry, SLOT.specification);
    return declared === undefined || declared.unit !== entry.unit || declared.offset >= entry.offset
      ? null
      : placeOf(debug, root, declared);
  }
  const file = fileTable(debug, entry.unit, lines)[number];
  return file === undefined ? null : { file, line: numberOf(entry, SLOT.declLine) ?? 0 };
}
