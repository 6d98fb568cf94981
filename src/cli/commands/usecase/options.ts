/** Owns the options that the use-case commands share, and which use cases are meant. */
import { type Command, InvalidArgumentError } from "commander";

import type { UseCase } from "../../../model/use-case.js";
import type { SubjectOptions } from "../../../pipeline/use-case-subject.js";
import { UnforkError } from "../../../support/errors.js";
import { nearest } from "../../../support/nearest.js";
import type { GlobalOptions } from "../../command.js";

export type RegisterOptions = GlobalOptions & SubjectOptions;

/** `--use-cases DIR`: the register of no project. */
export function addRegisterOption(command: Command): Command {
  return command.option("--use-cases <dir>", "the folder of use cases (default: the project's)");
}

/** What running needs beside the register. */
export function addRunOptions(command: Command): Command {
  return addRegisterOption(command)
    .option("--program <file>", "the program of both flavors (default: the one that the last run linked)")
    .option("--out <dir>", "where inputs and outputs go (default: the project's folder, or .unfork)");
}

/** The use cases with these ids, in the register's order; all when none is named. Throws `usage` for an unknown id. */
export function chosenUseCases(all: readonly UseCase[], ids: readonly string[]): UseCase[] {
  const known = all.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown === undefined) return ids.length === 0 ? [...all] : all.filter(({ id }) => ids.includes(id));
  const near = nearest(unknown, known);
  throw new UnforkError("usage", `there is no use case '${unknown}'${near === undefined ? "" : ` (did you mean '${near}'?)`}`, {
    hint: "`unfork usecase list` shows them all",
  });
}

export function oneUseCase(all: readonly UseCase[], id: string): UseCase {
  const [found] = chosenUseCases(all, [id]);
  if (found === undefined) throw new Error(`no use case ${id}`);
  return found;
}

/** Those that legacy has. Throws `usage` where it has none: a comparison of nothing would pass. */
export function ofLegacy(chosen: readonly UseCase[]): UseCase[] {
  const found = chosen.filter(({ flavors }) => flavors.legacy.runs);
  if (found.length > 0) return found;
  throw new UnforkError("usage", "legacy has none of these use cases", { hint: "name one that both flavors run" });
}

export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("a whole number from 1 is wanted");
  return value;
}
