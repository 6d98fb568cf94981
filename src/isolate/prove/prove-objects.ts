/** Owns the proof over objects that exist: folders of them, or archives. */
import type { ProofRun, UnitProof } from "../../model/isolation-prove.js";
import { emit } from "../../support/bus.js";
import { UnforkError } from "../../support/errors.js";
import type { BareNames } from "./bare-names.js";
import { compareObjects } from "./compare-object.js";
import { type NamePairs, addNamePairs, noNamePairs } from "./consistency.js";
import { addAssembly } from "./disassembly.js";
import { type ObjectUnit, objectUnits } from "./object-units.js";
import { runResult } from "./run-result.js";
import { compared, uncompared } from "./unit-result.js";

const LABEL = "compare objects";

/**
 * Compares every unit of one side with that of the same name on the other, or the only one with the only one. What the proof cannot read
 * is listed, beside others. Throws `input-invalid` when a side has none, `object-invalid` when it has nothing but such.
 */
export async function proveObjects(before: string, after: string, bare: BareNames): Promise<ProofRun> {
  const [olds, news] = [await wanted(before), await wanted(after)];
  const comparable = [olds, news].some((side) => side.some(({ foreign }) => foreign === null));
  const isOne = olds.length === 1 && news.length === 1;
  const keyOf = ({ unit }: ObjectUnit): string => (isOne ? "" : bare.symbol(unit));
  const partners = new Map(news.map((unit) => [keyOf(unit), unit]));
  const names = noNamePairs();
  const units: UnitProof[] = [];
  for (const old of olds) {
    const key = keyOf(old);
    const other = partners.get(key);
    partners.delete(key);
    if (other === undefined) units.push(uncompared(old.unit, "only-before"));
    else units.push(comparable ? await proveUnit(old, other, bare, names) : await proveObject(old, other, bare, names));
    emit({ type: "progress", label: LABEL, done: units.length, total: olds.length, unit: "files" });
  }
  for (const { unit } of partners.values()) units.push(uncompared(unit, "only-after"));
  emit({ type: "progress:end", label: LABEL });
  return runResult({ compiler: null, version: null, flags: [] }, units, names);
}

async function wanted(path: string): Promise<ObjectUnit[]> {
  const units = await objectUnits(path);
  if (units.length > 0) return units;
  throw new UnforkError("input-invalid", `there are no objects in ${path}`, {
    hint: "give a folder with .o files, a static archive, or a compile database",
    context: { path },
  });
}

async function proveUnit(before: ObjectUnit, after: ObjectUnit, bare: BareNames, names: NamePairs): Promise<UnitProof> {
  const foreign = before.foreign ?? after.foreign;
  if (foreign === null) return proveObject(before, after, bare, names);
  return uncompared(before.unit, before.bytes().equals(after.bytes()) ? "foreign" : "foreign-changed", foreign);
}

async function proveObject(before: ObjectUnit, after: ObjectUnit, bare: BareNames, names: NamePairs): Promise<UnitProof> {
  const comparison = compareObjects(before.load(), after.load(), bare);
  addNamePairs(names, before.unit, comparison);
  const result = compared(before.unit, comparison);
  return result.status === "different" ? addAssembly(result, comparison) : result;
}
