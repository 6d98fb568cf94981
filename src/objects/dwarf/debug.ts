/** Owns what the readers of one object share: its units, and what was found in them so far. */
import type { Budget } from "./budget.js";
import { newBudget } from "./budget.js";
import type { Bytes } from "./cursor.js";
import type { FileTable } from "./line-files.js";
import { type UnitTable, unitTable } from "./references.js";
import type { DebugSections } from "./sections.js";
import { type Texts, newTexts } from "./texts.js";
import { type TypeIndex, indexTypes } from "./type-index.js";
import { type Unit, readUnits } from "./units.js";

export interface Debug {
  readonly sections: DebugSections;
  readonly units: readonly Unit[];
  readonly table: UnitTable;
  readonly texts: Texts;
  readonly budget: Budget;
  readonly states: Map<Unit, UnitState>;
  readonly files: Map<number, FileTable>;
  /** How many names and types are being spelled inside each other. */
  depth: number;
}

/** What was found in one unit, by the offset of the entry. */
export interface UnitState {
  readonly index: TypeIndex;
  readonly labels: Map<number, string>;
  readonly spellings: Map<number, Spelling>;
  /** Names of unnamed types by the typedef that names them. */
  readonly aliases: Map<number, string>;
  /** Virtual functions of classes and of their bases; undefined where they are not known. */
  readonly inherited: Map<number, ReadonlySet<string> | undefined>;
}

/** A type's text in two halves, between which the name of a variable would stand. */
export interface Spelling {
  readonly before: string;
  readonly after: string;
}

export function openDebug(sections: DebugSections): Debug {
  const budget = newBudget(sizeOf([...sections.infos, ...sections.types, sections.section("abbrev"), sections.section("str")]));
  const units = readUnits(sections, budget);
  return {
    sections,
    units,
    table: unitTable(units),
    texts: newTexts(sections, budget),
    budget,
    states: new Map(),
    files: new Map(),
    depth: 0,
  };
}

function sizeOf(sources: readonly Bytes[]): number {
  return sources.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

export function stateOf(debug: Debug, unit: Unit): UnitState {
  const known = debug.states.get(unit);
  if (known !== undefined) return known;
  const state = { index: indexTypes(unit), labels: new Map(), spellings: new Map(), aliases: new Map(), inherited: new Map() };
  debug.states.set(unit, state);
  return state;
}

const DEEPEST = 128;

/** What `make` gives, or `otherwise` where names and types lie in each other deeper than any source has them. */
export function deeper<Value>(debug: Debug, otherwise: Value, make: () => Value): Value {
  if (debug.depth === DEEPEST) return otherwise;
  debug.depth++;
  try {
    return make();
  } finally {
    debug.depth--;
  }
}
