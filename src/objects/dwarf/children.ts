/** Owns the walk over the direct children of an entry. */
import { hasSibling } from "./abbreviations.js";
import { type Budget, spend } from "./budget.js";
import { SLOT } from "./constants.js";
import { type Cursor, cursorAt } from "./cursor.js";
import { type Entry, readEntry } from "./entry.js";
import { localReference } from "./references.js";
import { skipChildren } from "./type-index.js";

/** The direct children in order; what lies in them is passed over. */
export function childrenOf(entry: Entry, budget: Budget): Entry[] {
  const children: Entry[] = [];
  if (!entry.abbreviation.children) return children;
  const { unit } = entry;
  const cursor = cursorAt(unit.source, entry.end, unit.end);
  for (let child = readEntry(unit, cursor); child !== undefined; child = readEntry(unit, cursor)) {
    children.push(child);
    if (child.abbreviation.children) passChildren(child, cursor);
  }
  spend(budget, cursor.at - entry.end, unit.source, entry.offset);
  return children;
}

function passChildren(child: Entry, cursor: Cursor): void {
  const sibling = hasSibling(child.abbreviation) ? localReference(child, SLOT.sibling) : undefined;
  if (sibling !== undefined && sibling >= cursor.at && sibling <= child.unit.end) cursor.at = sibling;
  else skipChildren(child.unit, cursor);
}
