/** Owns `unfork usecase run`: one use case on one flavor, with what it gave and cost. */
import type { Command } from "commander";
import { Option } from "commander";

import { FLAVORS, type Flavor } from "../../../model/build.js";
import { programOf, useCaseSubject } from "../../../pipeline/use-case-subject.js";
import { upstreamFrames } from "../../../pipeline/upstream-frames.js";
import { UnforkError } from "../../../support/errors.js";
import { runOneFlavor } from "../../../usecases/run-one-flavor.js";
import { loadUseCases } from "../../../usecases/load-use-cases.js";
import { type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { type RegisterOptions, addRunOptions, oneUseCase } from "./options.js";

interface RunOptions extends RegisterOptions {
  readonly flavor?: Flavor;
}

export function addUseCaseRun(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("run")
    .description("Run one use case on one flavor: its figures, its outputs, what it cost, or how it ended.")
    .argument("<id>", "the use case")
    .addOption(new Option("--flavor <name>", "which flavor").choices(FLAVORS).makeOptionMandatory());
  addRunOptions(command);
  withExamples(command, [
    "unfork usecase run laptop-call --flavor latest",
    "unfork usecase run long-call --flavor legacy --use-cases use-cases --program build/app --json",
  ]);
  command.action(async (id: string, _local: unknown, self: Command) => setExitCode(await runOne(id, globalsOf(self) as RunOptions)));
}

async function runOne(id: string, options: RunOptions): Promise<number> {
  const terminal = openTerminal(options);
  const { flavor } = options;
  if (flavor === undefined) throw new UnforkError("usage", "--flavor is wanted");
  const subject = await useCaseSubject(options, process.cwd());
  const useCase = oneUseCase(await loadUseCases(subject.dir), id);
  const { outcome, folder } = await runOneFlavor(useCase, flavor, { ...subject, program: programOf(subject) });
  if (options.json === true) terminal.result(JSON.stringify({ useCase: id, flavor, folder, outcome }, null, 2));
  else if (outcome.status === "crashed")
    terminal.result(
      [`${id} on ${flavor}: ${outcome.how}`, ...upstreamFrames(programOf(subject))(outcome.stack).map((frame) => `  ${frame}`)].join("\n"),
    );
  else terminal.result([JSON.stringify(outcome.line, null, 2), `outputs: ${folder}`].join("\n"));
  return outcome.status === "ok" ? EXIT.done : EXIT.gate;
}
