/** Owns the search for named types: all namespaces, classes, enumerations and typedefs of a unit that lie in no function. */
import { type Abbreviation, ROLE_ARGUMENT, ROLE_LEAF, ROLE_SCOPE, hasSibling } from "./abbreviations.js";
import { SLOT } from "./constants.js";
import { type Cursor, cursorAt, readUleb, refuseAt } from "./cursor.js";
import { abbreviationOf, readBehindCode, skipAttributes } from "./entry.js";
import { localReference } from "./references.js";
import type { Unit } from "./units.js";

/** What was found, by number, in the order of the file. */
export interface TypeIndex {
  readonly offsets: number[];
  readonly tags: number[];
  /** The number of the enclosing entry; -1 for the unit itself. */
  readonly parents: number[];
  /** Numbers of those with template arguments among their children. */
  readonly withArguments: Set<number>;
}

/** Deeper nesting of namespaces and classes than any source has. */
const DEEPEST = 256;

export function indexTypes(unit: Unit): TypeIndex {
  const index: TypeIndex = { offsets: [], tags: [], parents: [], withArguments: new Set() };
  const cursor = cursorAt(unit.source, unit.first, unit.end);
  const stack: number[] = [];
  while (cursor.at < unit.end) {
    const offset = cursor.at;
    const code = readUleb(cursor, "abbreviation code");
    if (code === 0) {
      if (stack.length <= 1) break;
      stack.pop();
      continue;
    }
    const abbreviation = abbreviationOf(unit, code, offset);
    if (abbreviation.role === ROLE_SCOPE) addScope(unit, cursor, index, stack, abbreviation, offset);
    else {
      if (abbreviation.role === ROLE_LEAF) note(index, stack, abbreviation, offset);
      else if (abbreviation.role === ROLE_ARGUMENT) index.withArguments.add(stack.at(-1) ?? -1);
      skipEntry(unit, cursor, abbreviation);
    }
    if (stack.length === 0) break;
  }
  return index;
}

function note(index: TypeIndex, stack: readonly number[], { tag }: Abbreviation, offset: number): number {
  index.offsets.push(offset);
  index.tags.push(tag);
  index.parents.push(stack.at(-1) ?? -1);
  return index.offsets.length - 1;
}

function addScope(unit: Unit, cursor: Cursor, index: TypeIndex, stack: number[], abbreviation: Abbreviation, offset: number): void {
  const number = note(index, stack, abbreviation, offset);
  skipAttributes(unit, cursor, abbreviation);
  if (!abbreviation.children) return;
  if (stack.length === DEEPEST) refuseAt(unit.source, "entry", offset, `more than ${DEEPEST} namespaces and classes lie in each other`);
  stack.push(number);
}

/** Passes over an entry, whose code was read, and over all that lies in it. */
export function skipEntry(unit: Unit, cursor: Cursor, abbreviation: Abbreviation): void {
  if (abbreviation.children && hasSibling(abbreviation)) jump(unit, cursor, abbreviation);
  else {
    skipAttributes(unit, cursor, abbreviation);
    if (abbreviation.children) skipChildren(unit, cursor);
  }
}

/** To the sibling that the entry names. */
function jump(unit: Unit, cursor: Cursor, abbreviation: Abbreviation): void {
  const start = cursor.at;
  const entry = readBehindCode(unit, cursor, start, abbreviation);
  const sibling = localReference(entry, SLOT.sibling);
  if (sibling === undefined || sibling < cursor.at || sibling > unit.end) {
    refuseAt(unit.source, "DW_AT_sibling", start, `it leads to ${sibling ?? "another unit"}, not forward in the unit`);
  }
  cursor.at = sibling;
}

/** Passes over a list of children to its end, the cursor standing on the first. */
export function skipChildren(unit: Unit, cursor: Cursor): void {
  for (let depth = 1; depth > 0;) {
    const offset = cursor.at;
    const code = readUleb(cursor, "abbreviation code");
    if (code === 0) depth--;
    else {
      const abbreviation = abbreviationOf(unit, code, offset);
      skipAttributes(unit, cursor, abbreviation);
      if (abbreviation.children) depth++;
    }
  }
}

/** The number of the entry at an offset, or -1. */
export function numberAt({ offsets }: TypeIndex, offset: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((offsets[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return offsets[low] === offset ? low : -1;
}
