/** Owns `unfork usecase stage`: a use case goes to another stage, with who and why. */
import { userInfo } from "node:os";
import { Argument, type Command } from "commander";

import { MIGRATION_STAGES, type MigrationStage } from "../../../model/use-case-stage.js";
import { useCaseSubject } from "../../../pipeline/use-case-subject.js";
import { wallClockIso } from "../../../support/clock.js";
import { UnforkError } from "../../../support/errors.js";
import { run } from "../../../support/exec.js";
import { loadUseCases } from "../../../usecases/load-use-cases.js";
import { changeStage } from "../../../usecases/stages.js";
import { type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { type RegisterOptions, addRegisterOption, oneUseCase } from "./options.js";

interface StageOptions extends RegisterOptions {
  readonly why: string;
  readonly who?: string;
}

export function addUseCaseStage(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("stage")
    .description("Note that a use case goes to another stage; one forward at a time, back to any.")
    .argument("<id>", "the use case")
    .addArgument(new Argument("<stage>", "where it goes").choices(MIGRATION_STAGES))
    .requiredOption("--why <text>", "the reason, kept with the change")
    .option("--who <name>", "who decides (default: git's user.name, else the login)");
  addRegisterOption(command);
  withExamples(command, [
    'unfork usecase stage laptop-call shadow --why "no worse in three comparisons"',
    'unfork usecase stage laptop-call not-started --why "echo reported in the field"',
  ]);
  command.action(async (id: string, to: MigrationStage, _local: unknown, self: Command) =>
    setExitCode(await stage(id, to, globalsOf(self) as StageOptions)),
  );
}

async function stage(id: string, to: MigrationStage, options: StageOptions): Promise<number> {
  const terminal = openTerminal(options);
  const { dir } = await useCaseSubject(options, process.cwd());
  oneUseCase(await loadUseCases(dir), id);
  if (to === "legacy-deleted")
    throw new UnforkError("usage", "legacy is not deleted by a word: it takes proof that nothing refers to it any more");
  const change = await changeStage(dir, { useCase: id, to, who: options.who ?? (await ownName()), when: wallClockIso(), why: options.why });
  terminal.result(options.json === true ? JSON.stringify(change, null, 2) : `${id}: ${change.from} → ${change.to} (${change.who})`);
  return EXIT.done;
}

async function ownName(): Promise<string> {
  const named = await run({ command: "git", args: ["config", "user.name"] }).catch(() => undefined);
  const name = named?.code === 0 ? named.stdout.toString("utf8").trim() : "";
  return name === "" ? userInfo().username : name;
}
