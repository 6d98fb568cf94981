/** Owns the writing of changed files, and taking back those that no longer compile. */
import { statSync } from "node:fs";
import { join } from "node:path";

import type { CodemodFile } from "../../model/shim-codemod.js";
import { atMost } from "../../support/at-most.js";
import { writeFileAtomic } from "../../support/fs.js";
import { type CompileUnit, firstError, unitsReading } from "./compile-units.js";
import type { IncludeGraph } from "./include-graph.js";

export interface Change {
  readonly file: string;
  readonly before: Buffer;
  readonly after: Buffer;
}

export interface Applied {
  readonly status: Extract<CodemodFile["status"], "changed" | "reverted" | "not compiling">;
  readonly error: string | null;
}

export interface Checks {
  readonly units: readonly CompileUnit[];
  readonly graph: IncludeGraph;
  /** Compilers that run side by side. */
  readonly jobs: number;
}

/** Writes all changes, each file whole and with its permissions. */
export async function applyUnchecked(app: string, changes: readonly Change[]): Promise<Map<string, Applied>> {
  for (const { file, after } of changes) await write(app, file, after);
  return new Map(changes.map(({ file }) => [file, { status: "changed", error: null }]));
}

/**
 * Writes the changes of files whose units compile; then compiles again, and takes back what broke: the unit's source first, then the changed
 * headers that it reads, until all compile.
 */
export async function applyChecked(app: string, changes: readonly Change[], checks: Checks): Promise<Map<string, Applied>> {
  const result = new Map<string, Applied>();
  const units = unitsReading(checks.units, new Set(changes.map(({ file }) => file)), checks.graph);
  const before = await errorsOf(units, checks.jobs);
  const good = units.filter((unit) => before.get(unit) === null);
  const open = new Map<string, Change>();
  for (const change of changes) {
    const error = errorBefore(change.file, units, good, before, checks.graph);
    if (error === undefined) open.set(change.file, change);
    else result.set(change.file, { status: "not compiling", error });
  }
  for (const { file, after } of open.values()) await write(app, file, after);
  let pending = unitsReading(good, new Set(open.keys()), checks.graph);
  while (pending.length > 0) {
    const errors = await errorsOf(pending, checks.jobs);
    const back = new Map<string, string>();
    for (const [unit, error] of errors) if (error !== null) for (const file of blamed(unit, open, checks.graph)) back.set(file, error);
    for (const [file, error] of back) {
      await write(app, file, (open.get(file) as Change).before);
      open.delete(file);
      result.set(file, { status: "reverted", error });
    }
    pending = unitsReading(good, new Set(back.keys()), checks.graph);
  }
  for (const file of open.keys()) result.set(file, { status: "changed", error: null });
  return result;
}

/** Why a file is not touched; undefined where some unit that reads it compiles, and, of a source, its own. */
function errorBefore(
  file: string,
  units: readonly CompileUnit[],
  good: readonly CompileUnit[],
  before: ReadonlyMap<CompileUnit, string | null>,
  graph: IncludeGraph,
): string | undefined {
  const reading = unitsReading(units, new Set([file]), graph);
  const own = reading.filter((unit) => unit.file === file);
  const judges = own.length > 0 ? own : reading;
  if (judges.length === 0) return "no command of the compile database compiles it";
  const isGood = own.length > 0 ? own.every((unit) => good.includes(unit)) : judges.some((unit) => good.includes(unit));
  return isGood ? undefined : (before.get(judges.find((unit) => !good.includes(unit)) as CompileUnit) ?? "it does not compile");
}

/** The unit's own source while that is changed, else the changed files that it includes. */
function blamed({ file }: CompileUnit, open: ReadonlyMap<string, Change>, graph: IncludeGraph): string[] {
  return open.has(file) ? [file] : [...graph.closureOf(file)].filter((one) => open.has(one));
}

async function errorsOf(units: readonly CompileUnit[], jobs: number): Promise<Map<CompileUnit, string | null>> {
  const turn = atMost(jobs);
  const errors = await Promise.all(units.map((unit) => turn(async () => await firstError(unit))));
  return new Map(units.map((unit, index) => [unit, errors[index] ?? null]));
}

async function write(app: string, file: string, bytes: Buffer): Promise<void> {
  const path = join(app, file);
  await writeFileAtomic(path, bytes, statSync(path).mode & 0o7777);
}
