/** Owns the proof of one unit that is compiled for it: both objects, the second look where they differ, the source lines. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";

import type { ProofDifference, UnitProof } from "../../model/isolation-prove.js";
import { objectsOf } from "../../objects/open.js";
import type { BareNames } from "./bare-names.js";
import { compareObjects } from "./compare-object.js";
import { type CompileStep, compilerFor, objectArguments } from "./compile-arguments.js";
import { type Compiled, runStep } from "./compile-step.js";
import type { CompileUnit } from "./compile-units.js";
import { type NamePairs, addNamePairs } from "./consistency.js";
import { type ControlOutcome, controlUnit } from "./controls.js";
import { addAssembly } from "./disassembly.js";
import { withLines } from "./tie-lines.js";
import type { TypeLines } from "./type-lines.js";
import { compared, excused, uncompared } from "./unit-result.js";

/** One compiler with the flags behind the units' own. */
export interface Configuration {
  /** Null: each unit's own. */
  readonly compiler: string | null;
  readonly family: "gcc" | "clang";
  readonly flags: readonly string[];
  readonly launcher: readonly string[];
  readonly bare: BareNames;
  readonly types: TypeLines;
}

/** Compiles, compares and explains; `folder` is this unit's own and is removed, unless the objects are to be kept. */
export async function proveUnit(
  unit: CompileUnit,
  configuration: Configuration,
  folder: string,
  keep: boolean,
  names: NamePairs,
): Promise<UnitProof> {
  if (unit.before === null) return uncompared(unit.unit, "only-after");
  if (unit.after === null) return uncompared(unit.unit, "only-before");
  await mkdir(folder, { recursive: true });
  try {
    const [before, after] = [
      await compile(unit.unit, unit.before, configuration, join(folder, "before.o")),
      await compile(unit.unit, unit.after, configuration, join(folder, "after.o")),
    ];
    const failed = failure(unit.unit, before, after);
    return failed ?? (await proveCompiled(unit, unit.before, unit.after, configuration, folder, names));
  } finally {
    if (!keep) await rm(folder, { recursive: true, force: true });
  }
}

function compile(unit: string, step: CompileStep, { compiler, flags, launcher }: Configuration, output: string): Promise<Compiled> {
  return runStep(step, compilerOf(step, compiler), objectArguments(step, unit, flags, output), launcher);
}

function compilerOf(step: CompileStep, compiler: string | null): string {
  return compiler === null ? step.compiler : compilerFor(compiler, step);
}

function failure(unit: string, before: Compiled, after: Compiled): UnitProof | undefined {
  if (before.status === "failed" && after.status === "failed") return uncompared(unit, "not-compiled", before.words);
  if (before.status === "failed") return uncompared(unit, "not-compiled-before", before.words);
  return after.status === "failed" ? uncompared(unit, "not-compiled-after", after.words) : undefined;
}

async function proveCompiled(
  unit: CompileUnit,
  before: CompileStep,
  after: CompileStep,
  configuration: Configuration,
  folder: string,
  names: NamePairs,
): Promise<UnitProof> {
  const [old] = objectsOf(join(folder, "before.o"));
  const [fresh] = objectsOf(join(folder, "after.o"));
  if (old === undefined || fresh === undefined) return uncompared(unit.unit, "not-compiled", "the compiler wrote no object");
  const comparison = compareObjects(old, fresh, configuration.bare);
  addNamePairs(names, unit.unit, comparison);
  const result = withFlags(compared(unit.unit, comparison), unit.flagsDiffer);
  const request = {
    unit: unit.unit,
    before,
    after,
    compiler: compilerOf(after, configuration.compiler),
    family: configuration.family,
    flags: configuration.flags,
    folder,
    bare: configuration.bare,
  };
  const outcome = comparison.differences.length === 0 ? null : await controlUnit(request);
  const judged = outcome === null ? result : judge(result, outcome);
  const tied = await withLines(judged, comparison, request, outcome?.tokens ?? null, configuration.types);
  return tied.status === "different" ? addAssembly(tied, comparison) : tied;
}

function withFlags(unit: UnitProof, flagsDiffer: string | null): UnitProof {
  if (flagsDiffer === null) return unit;
  const nowhere = { section: "", symbol: null, before: null, after: null, lines: [], assembly: null };
  const difference: ProofDifference = { kind: "flags", what: flagsDiffer, ...nowhere };
  return { ...unit, status: "different", differences: [difference, ...unit.differences] };
}

/** Explained as a whole; or in part: then only what also differs without names in texts is a difference. */
function judge(unit: UnitProof, outcome: ControlOutcome): UnitProof {
  const { explainedBy, flags, remaining, problem } = outcome;
  if (explainedBy !== null && unit.differences.every(({ kind }) => kind !== "flags")) {
    const status = explainedBy === "names in texts" ? "name-constants" : "order-by-names";
    const explanation = { by: explainedBy, flags: [...flags], lines: [] };
    return { ...unit, status, bytes: excused(unit.bytes), explained: unit.differences, differences: [], explanation };
  }
  const real = unit.differences.filter(({ symbol, section, kind }) => kind === "flags" || remaining.has(symbol ?? section));
  if (real.length === 0 || problem !== null) return { ...unit, problem };
  return { ...unit, differences: real, explained: unit.differences.filter((one) => !real.includes(one)) };
}
