/** Owns one debugging information entry: where it starts, and where each of its attributes lies. */
import type { Abbreviation } from "./abbreviations.js";
import { SLOT_COUNT } from "./constants.js";
import { type Cursor, cursorAt, readUleb, refuseAt, take } from "./cursor.js";
import { skipForm, skipVariable } from "./forms.js";
import type { Unit } from "./units.js";

export interface Entry {
  readonly unit: Unit;
  readonly offset: number;
  readonly abbreviation: Abbreviation;
  /** Where the first attribute starts. */
  readonly start: number;
  /** Where the attributes end: the first child, or the next entry. */
  readonly end: number;
  /** Per slot where its value starts; undefined where all lengths are fixed. */
  readonly positions: Int32Array | undefined;
}

/** The entry at the cursor, which then stands behind its attributes; undefined at the end of a list of children. */
export function readEntry(unit: Unit, cursor: Cursor): Entry | undefined {
  const offset = cursor.at;
  const code = readUleb(cursor, "abbreviation code");
  if (code === 0) return undefined;
  return readBehindCode(unit, cursor, offset, abbreviationOf(unit, code, offset));
}

/** The same where the code was read. */
export function readBehindCode(unit: Unit, cursor: Cursor, offset: number, abbreviation: Abbreviation): Entry {
  const start = cursor.at;
  let positions: Int32Array | undefined;
  if (abbreviation.size >= 0) take(cursor, abbreviation.size, "entry");
  else positions = locate(unit, cursor, abbreviation);
  return { unit, offset, abbreviation, start, end: cursor.at, positions };
}

/** The entry at an offset of the unit's section; refuses one that is not inside the unit, or is none. */
export function entryAt(unit: Unit, offset: number): Entry {
  if (offset < unit.first || offset >= unit.end) {
    refuseAt(unit.source, "reference", offset, `it leads out of the unit, whose entries lie from ${unit.first} to ${unit.end}`);
  }
  const entry = readEntry(unit, cursorAt(unit.source, offset, unit.end));
  return entry ?? refuseAt(unit.source, "reference", offset, "it leads to the end of a list");
}

export function abbreviationOf(unit: Unit, code: number, offset: number): Abbreviation {
  const abbreviation = unit.abbreviations[code];
  if (abbreviation === undefined) refuseAt(unit.source, "abbreviation code", offset, `the unit's table has no ${code}`);
  return abbreviation;
}

function locate(unit: Unit, cursor: Cursor, { forms, slots }: Abbreviation): Int32Array {
  const positions = new Int32Array(SLOT_COUNT);
  for (let index = 0; index < forms.length; index++) {
    const slot = slots[index] ?? -1;
    if (slot >= 0) positions[slot] = cursor.at;
    skipForm(cursor, forms[index] ?? 0, unit);
  }
  return positions;
}

/** Passes over all attributes of an entry. */
export function skipAttributes(unit: Unit, cursor: Cursor, abbreviation: Abbreviation): void {
  if (abbreviation.size >= 0) {
    take(cursor, abbreviation.size, "entry");
    return;
  }
  for (const step of abbreviation.steps) {
    if (step >= 0) take(cursor, step, "entry");
    else skipVariable(cursor, -step, unit);
  }
}

/** Where the value of an attribute starts; meaningless for one that is absent. */
export function positionOf(entry: Entry, slot: number): number {
  return entry.positions === undefined ? entry.start + (entry.abbreviation.distance[slot] ?? 0) : (entry.positions[slot] ?? 0);
}
