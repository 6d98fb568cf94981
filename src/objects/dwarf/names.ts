/** Owns the qualified names of types. */
import { hasSlot } from "./abbreviations.js";
import { argumentsOf } from "./arguments.js";
import { spend } from "./budget.js";
import { SLOT, TAG } from "./constants.js";
import { type Debug, deeper, stateOf } from "./debug.js";
import { type Entry, entryAt } from "./entry.js";
import { referred } from "./references.js";
import { sameSpelling } from "./spelling.js";
import { textOf } from "./texts.js";
import { numberAt } from "./type-index.js";
import { flagOf } from "./values.js";

const UNNAMED: ReadonlyMap<number, string> = new Map<number, string>([
  [TAG.namespace, "(anonymous namespace)"],
  [TAG.classType, "(unnamed class)"],
  [TAG.structureType, "(unnamed struct)"],
  [TAG.unionType, "(unnamed union)"],
  [TAG.enumerationType, "(unnamed enum)"],
]);

/** The qualified name of a type or namespace; unnamed parts stand in parentheses. */
export function labelOf(debug: Debug, entry: Entry): string {
  const { labels } = stateOf(debug, entry.unit);
  const known = labels.get(entry.offset);
  if (known !== undefined) return known;
  labels.set(entry.offset, "(itself)");
  const label = deeper(debug, "(deep)", () => makeLabel(debug, entry));
  spend(debug.budget, label.length, entry.unit.source, entry.offset);
  labels.set(entry.offset, label);
  return label;
}

/** A type that is defined apart from its declaration is called as the declaration; one in a unit of its own, as it is there. */
function makeLabel(debug: Debug, entry: Entry, alias?: string): string {
  const { index, aliases } = stateOf(debug, entry.unit);
  const known = alias ?? aliases.get(entry.offset);
  const elsewhere = definedElsewhere(debug, entry);
  if (elsewhere !== undefined) {
    return known === undefined ? labelOf(debug, elsewhere) : deeper(debug, "(deep)", () => makeLabel(debug, elsewhere, known));
  }
  const number = numberAt(index, entry.offset);
  const own = ownName(debug, entry, number, known);
  const scope = scopeOf(debug, entry, index.parents[number] ?? -1);
  return scope === "" ? own : `${scope}::${own}`;
}

/** The declaration of a definition, or the type in a unit of its own that a declaration stands for. */
function definedElsewhere(debug: Debug, entry: Entry): Entry | undefined {
  if (hasSlot(entry.abbreviation, SLOT.specification)) return referred(debug.table, entry, SLOT.specification);
  return hasSlot(entry.abbreviation, SLOT.signature) ? referred(debug.table, entry, SLOT.signature) : undefined;
}

/** The name of what encloses an entry; empty for the unit itself. */
function scopeOf(debug: Debug, { unit }: Entry, parent: number): string {
  const { index } = stateOf(debug, unit);
  if (parent <= 0) return "";
  return labelOf(debug, entryAt(unit, index.offsets[parent] ?? 0));
}

function ownName(debug: Debug, entry: Entry, number: number, alias: string | undefined): string {
  const { index } = stateOf(debug, entry.unit);
  const text = textOf(debug.texts, entry, SLOT.name);
  if (text === undefined || text === "") return alias ?? UNNAMED.get(entry.abbreviation.tag) ?? "(unnamed)";
  const name = sameSpelling(text);
  return number >= 0 && !name.includes("<") && index.withArguments.has(number) ? `${name}<${argumentsOf(debug, entry)}>` : name;
}

/** What stands for an unnamed type in the text of another, wherever it is declared. */
export function unnamedText(debug: Debug, entry: Entry): string {
  const nameless = namelessType(debug, entry);
  const named = nameless === undefined || stateOf(debug, nameless.unit).aliases.has(nameless.offset);
  return named ? labelOf(debug, entry) : (UNNAMED.get(entry.abbreviation.tag) ?? "(unnamed)");
}

/** Whether the entry tells the type itself: it neither declares it nor stands for that of another unit. */
export function isDefinition(entry: Entry): boolean {
  return !hasSlot(entry.abbreviation, SLOT.signature) && !flagOf(entry, SLOT.declaration);
}

const NAMEABLE = new Set<number>([TAG.classType, TAG.structureType, TAG.unionType, TAG.enumerationType]);
const FARTHEST = 4;

/** The unnamed class, struct, union or enumeration that an entry is, declares or defines; undefined for any other. */
export function namelessType(debug: Debug, entry: Entry): Entry | undefined {
  if (!NAMEABLE.has(entry.abbreviation.tag)) return undefined;
  let found = entry;
  for (let steps = 0; steps < FARTHEST; steps++) {
    if (textOf(debug.texts, found, SLOT.name)) return undefined;
    const next = definedElsewhere(debug, found);
    if (next === undefined) break;
    found = next;
  }
  return hasSlot(entry.abbreviation, SLOT.signature) ? referred(debug.table, entry, SLOT.signature) : entry;
}

const INTERNAL =
  /\((?:anonymous|unnamed|lambda)[ )]|\((?:itself|deep)\)|<lambda\(|[{'](?:anonymous|unnamed|lambda)|<unnamed>::|<(?:unnamed|anonymous) (?:class|struct|union|enum)/;

/** Whether another object may mean the same type by this name: nothing unnamed and no lambda is part of it. */
export function reachesOut(label: string): boolean {
  return !INTERNAL.test(label);
}
