/** Owns `unfork usecase show`: one use case whole, with its way through the stages. */
import type { Command } from "commander";
import { stringify } from "yaml";

import { useCaseSubject } from "../../../pipeline/use-case-subject.js";
import { printable } from "../../../support/style.js";
import { loadUseCases } from "../../../usecases/load-use-cases.js";
import { readStageChanges, stageOf } from "../../../usecases/stages.js";
import { type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { type RegisterOptions, addRegisterOption, oneUseCase } from "./options.js";

export function addUseCaseShow(group: Command, setExitCode: SetExitCode): void {
  const command = group.command("show").description("Show one use case whole, defaults written out, and its way through the stages.");
  command.argument("<id>", "the use case");
  addRegisterOption(command);
  withExamples(command, ["unfork usecase show laptop-call"]);
  command.action(async (id: string, _local: unknown, self: Command) => setExitCode(await show(id, globalsOf(self) as RegisterOptions)));
}

async function show(id: string, options: RegisterOptions): Promise<number> {
  const terminal = openTerminal(options);
  const { dir } = await useCaseSubject(options, process.cwd());
  const useCase = oneUseCase(await loadUseCases(dir), id);
  const changes = await readStageChanges(dir);
  const own = changes.filter((change) => change.useCase === id);
  const stage = stageOf(id, changes);
  if (options.json === true) {
    terminal.result(JSON.stringify({ useCase, stage, changes: own }, null, 2));
    return EXIT.done;
  }
  const way = own.map(({ when, from, to, who, why }) => `  ${when}  ${from} → ${to}  ${printable(who)}: ${printable(why)}`);
  terminal.result([stringify(useCase, { lineWidth: 110 }).trimEnd(), "", `stage: ${stage}`, ...way].join("\n"));
  return EXIT.done;
}
