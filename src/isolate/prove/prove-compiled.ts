/** Owns the proof over compile databases: every unit compiled on both sides, once per compiler and set of flags. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import type { ProofRun, UnitProof } from "../../model/isolation-prove.js";
import { emit } from "../../support/bus.js";
import { UnforkError } from "../../support/errors.js";
import { type Compiler, probeCompiler } from "../../toolchain/compiler.js";
import type { BareNames } from "./bare-names.js";
import type { CompileUnit } from "./compile-units.js";
import { noNamePairs } from "./consistency.js";
import { type Configuration, proveUnit } from "./prove-unit.js";
import { runResult } from "./run-result.js";
import { typeLines } from "./type-lines.js";

export interface CompiledRequest {
  readonly units: readonly CompileUnit[];
  /** C++ compilers; empty: the one that the commands name. */
  readonly compilers: readonly string[];
  /** Sets of flags behind the units' own; empty: none. */
  readonly flags: readonly (readonly string[])[];
  readonly launcher: readonly string[];
  readonly jobs: number;
  /** Keeps the objects below it; null: a temporary folder that is removed. */
  readonly keep: string | null;
  readonly bare: BareNames;
}

/** One run per compiler and set of flags. Throws `tool-missing` for a compiler that is not there. */
export async function proveCompiled(request: CompiledRequest): Promise<ProofRun[]> {
  const runs: ProofRun[] = [];
  const root = afterRoot(request.units);
  const types = typeLines(root);
  for (const compiler of request.compilers.length > 0 ? request.compilers : [null]) {
    const probed = await probeCompiler(compiler ?? mainCompiler(request.units));
    for (const flags of request.flags.length > 0 ? request.flags : [[]]) {
      const configuration = { compiler, family: probed.family, flags, launcher: request.launcher, bare: request.bare, types };
      runs.push(await proveRun(request, configuration, probed));
    }
  }
  return runs;
}

function mainCompiler(units: readonly CompileUnit[]): string {
  const found = units.map(({ after, before }) => (after ?? before)?.compiler ?? "").find((compiler) => compiler !== "");
  if (found !== undefined) return found;
  throw new UnforkError("input-invalid", "the compile database names no compiler", { hint: "give one with --compiler" });
}

/** The after tree's root: a unit's source without the unit's own path. */
function afterRoot(units: readonly CompileUnit[]): string | null {
  for (const { unit, after } of units) {
    if (after === null) continue;
    const path = resolve(after.cwd, after.source);
    if (path.endsWith(`/${unit}`)) return path.slice(0, -unit.length - 1);
  }
  return null;
}

async function proveRun(request: CompiledRequest, configuration: Configuration, probed: Compiler): Promise<ProofRun> {
  const { units, keep } = request;
  const folder = keep === null ? await mkdtemp(join(tmpdir(), "unfork-prove-")) : join(resolve(keep), runName(probed, configuration.flags));
  const label = ["prove", configuration.compiler ?? probed.command, ...configuration.flags].join(" ");
  const names = noNamePairs();
  const results: UnitProof[] = [];
  const queue = [...units.entries()];
  async function work(): Promise<void> {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, unit] = next;
      results.push(
        await proveUnit(unit, configuration, join(folder, keep === null ? String(index) : `${unit.unit}.d`), keep !== null, names),
      );
      emit({ type: "progress", label, done: results.length, total: units.length, unit: "files" });
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.max(1, Math.min(request.jobs, units.length)) }, work));
  } finally {
    emit({ type: "progress:end", label });
    if (keep === null) await rm(folder, { recursive: true, force: true });
  }
  const head = {
    compiler: configuration.compiler ?? probed.command,
    version: `${probed.family} ${probed.version}`,
    flags: [...configuration.flags],
  };
  return runResult(head, results, names);
}

function runName({ family, version }: Compiler, flags: readonly string[]): string {
  return [`${family}-${version}`, ...flags].join(" ").replaceAll(/[^\w.+-]+/g, "_");
}
