/** Owns the bound on work: what is read again and again must stay in proportion to what the file holds. */
import { type Bytes, refuseAt } from "./cursor.js";

export interface Budget {
  left: number;
}

/** What every object may spend, however small. */
const BASE = 1_000_000;
/** Times that a byte of debug information may be looked at. Real objects were seen to need less than one. */
const TIMES = 24;

/** For debug sections of this many bytes together. */
export function newBudget(bytes: number): Budget {
  return { left: BASE + bytes * TIMES };
}

/** Refuses an object that makes its reader work out of proportion, as by entries that refer to each other in circles. */
export function spend(budget: Budget, amount: number, source: Bytes, offset: number): void {
  budget.left -= amount;
  if (budget.left < 0) refuseAt(source, "entries", offset, "they refer to each other far more often than a compiler's do");
}
