/** Owns the totals of one run of the proof. */
import { type ProofRun, type UnitProof, type UnitStatus, unitStatusSchema } from "../../model/isolation-prove.js";
import { type NamePairs, inconsistencies, nameCounts } from "./consistency.js";
import { addCounts, noCounts } from "./ledger.js";

/** Whether a unit with this status is as isolation must leave it. */
export const PROVEN: ReadonlySet<UnitStatus> = new Set(["identical", "names", "name-strings", "name-constants", "order-by-names"]);

/** Objects that were not compared, among others: formats that the proof does not read. */
export const FOREIGN: ReadonlySet<UnitStatus> = new Set(["foreign", "foreign-changed"]);

export function runResult(head: Pick<ProofRun, "compiler" | "version" | "flags">, units: readonly UnitProof[], names: NamePairs): ProofRun {
  const counts = Object.fromEntries(unitStatusSchema.options.map((status) => [status, 0])) as Record<UnitStatus, number>;
  const bytes = { before: noCounts(), after: noCounts() };
  for (const unit of units) {
    counts[unit.status] += 1;
    addCounts(bytes.before, unit.bytes.before);
    addCounts(bytes.after, unit.bytes.after);
  }
  const sorted = units.toSorted((a, b) => (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0));
  return { ...head, units: sorted, counts, bytes, inconsistent: inconsistencies(names), names: nameCounts(names) };
}

/** Every unit is explained and every name has one new name; foreign ones have the same bytes on both sides. A run without units proves nothing. */
export function isProven(run: ProofRun, allowUncompiled: boolean): boolean {
  const fine = (status: UnitStatus): boolean =>
    PROVEN.has(status) || status === "foreign" || (allowUncompiled && status === "not-compiled");
  const some = run.units.some(({ status }) => PROVEN.has(status));
  return some && run.inconsistent.length === 0 && run.units.every(({ status }) => fine(status));
}
