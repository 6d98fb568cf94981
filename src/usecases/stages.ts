/** Owns the record of stages: a file beside the use cases, one line per change, which is never rewritten. */
import { appendFile } from "node:fs/promises";
import { join } from "node:path";

import { MIGRATION_STAGES, type MigrationStage, type StageChange, stageChangeSchema } from "../model/use-case-stage.js";
import { UnforkError, fileError } from "../support/errors.js";
import { readTextIfThere } from "../support/fs.js";

export const STAGES_FILE = "stages.jsonl";

/** All changes, oldest first. Throws `config-invalid` with file and line when one cannot be read. */
export async function readStageChanges(dir: string): Promise<StageChange[]> {
  const file = join(dir, STAGES_FILE);
  const lines = ((await readTextIfThere(file)) ?? "").split("\n");
  return lines.flatMap((line, index) => (line.trim() === "" ? [] : [changeIn(line, file, index + 1)]));
}

function changeIn(line: string, file: string, number: number): StageChange {
  try {
    return stageChangeSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new UnforkError("config-invalid", `${file}:${number}: not a change of stage`, {
      hint: "lines are written by `unfork usecase stage`; take the broken one out",
      context: { file, line: number },
      cause,
    });
  }
}

/** The stage that a use case has reached. */
export function stageOf(id: string, changes: readonly StageChange[]): MigrationStage {
  return changes.findLast((change) => change.useCase === id)?.to ?? "not-started";
}

/**
 * Notes that a use case goes to another stage. One step forward at a time, back to any. Throws `usage` for a step that skips others or
 * leads nowhere, and for one without who and why; `legacy-deleted` is reached by `unfork usecase retire` alone, which asks for proof.
 */
export async function changeStage(dir: string, change: Omit<StageChange, "from">): Promise<StageChange> {
  for (const key of ["who", "why"] as const)
    if (change[key].trim() === "") throw new UnforkError("usage", `${key} is empty`, { hint: `say ${key}: the record keeps it for good` });
  const from = stageOf(change.useCase, await readStageChanges(dir));
  const steps = MIGRATION_STAGES.indexOf(change.to) - MIGRATION_STAGES.indexOf(from);
  if (steps === 0) throw new UnforkError("usage", `${change.useCase} is at ${from} already`);
  if (steps > 1)
    throw new UnforkError("usage", `${change.useCase} is at ${from}: ${change.to} comes ${steps} stages later`, {
      hint: `go to ${MIGRATION_STAGES[MIGRATION_STAGES.indexOf(from) + 1] ?? from} first; back one may go any number of stages`,
    });
  const whole: StageChange = { useCase: change.useCase, from, to: change.to, who: change.who, when: change.when, why: change.why };
  const file = join(dir, STAGES_FILE);
  await appendFile(file, `${JSON.stringify(whole)}\n`).catch((error: unknown) => Promise.reject(fileError("write", file, error)));
  return whole;
}
