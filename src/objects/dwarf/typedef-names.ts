/** Owns the names of `typedef struct { … } Name;`: an unnamed type is called as the first typedef of it, by name. */
import { hasSlot } from "./abbreviations.js";
import { SLOT, TAG } from "./constants.js";
import { type Debug, stateOf } from "./debug.js";
import { entryAt } from "./entry.js";
import { namelessType } from "./names.js";
import { referred } from "./references.js";
import { textOf } from "./texts.js";
import type { Unit } from "./units.js";

/** Finds them in all units, before any name is asked for. */
export function nameByTypedefs(debug: Debug): void {
  const unnamed = new Map(debug.units.map((unit) => [unit, unnamedTypes(debug, unit)]));
  if ([...unnamed.values()].every((offsets) => offsets.size === 0)) return;
  for (const unit of debug.units) nameIn(debug, unit, unnamed);
}

function unnamedTypes(debug: Debug, unit: Unit): Set<number> {
  const { index } = stateOf(debug, unit);
  const offsets = new Set<number>();
  for (const [number, offset] of index.offsets.entries()) {
    const tag = index.tags[number];
    if (tag === TAG.typedef || tag === TAG.namespace || number === 0) continue;
    const entry = entryAt(unit, offset);
    if (!hasSlot(entry.abbreviation, SLOT.name) && namelessType(debug, entry) !== undefined) offsets.add(offset);
  }
  return offsets;
}

function nameIn(debug: Debug, unit: Unit, unnamed: ReadonlyMap<Unit, ReadonlySet<number>>): void {
  const { index } = stateOf(debug, unit);
  for (const [number, offset] of index.offsets.entries()) {
    if (index.tags[number] !== TAG.typedef) continue;
    const entry = entryAt(unit, offset);
    const to = referred(debug.table, entry, SLOT.type);
    if (to === undefined || unnamed.get(to.unit)?.has(to.offset) !== true) continue;
    const type = namelessType(debug, to) ?? to;
    const { aliases } = stateOf(debug, type.unit);
    const name = textOf(debug.texts, entry, SLOT.name);
    const known = aliases.get(type.offset);
    if (name !== undefined && (known === undefined || name < known)) aliases.set(type.offset, name);
  }
}
