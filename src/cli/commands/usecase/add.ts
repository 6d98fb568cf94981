/** Owns `unfork usecase add`: a new file in the register, to be filled in. */
import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Command } from "commander";
import { stringify } from "yaml";

import { useCaseSchema } from "../../../model/use-case.js";
import { useCaseSubject } from "../../../pipeline/use-case-subject.js";
import { UnforkError, fileError, systemCodeOf } from "../../../support/errors.js";
import { type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { type RegisterOptions, addRegisterOption } from "./options.js";

interface AddOptions extends RegisterOptions {
  readonly name: string;
  readonly owner: string;
  readonly purpose: string;
}

export function addUseCaseAdd(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("add")
    .description("Add a use case to the register: a file with a command and one metric, to be filled in.")
    .argument("<id>", "its id, kebab-case; the file gets the same name")
    .requiredOption("--name <text>", "how it is shown")
    .requiredOption("--owner <team>", "who answers for it")
    .requiredOption("--purpose <text>", "why it is there");
  addRegisterOption(command);
  withExamples(command, [
    'unfork usecase add train-call --name "Call from a train" --owner calls --purpose "Noise that changes all the time."',
  ]);
  command.action(async (id: string, _local: unknown, self: Command) => setExitCode(await add(id, globalsOf(self) as AddOptions)));
}

async function add(id: string, options: AddOptions): Promise<number> {
  const terminal = openTerminal(options);
  const { dir } = await useCaseSubject(options, process.cwd());
  const value = {
    id,
    name: options.name,
    owner: options.owner,
    purpose: options.purpose,
    run: ["{program}", "--flavor", "{flavor}", "--out", "{out}/out.bin"],
    outputs: ["out.bin"],
    metrics: [
      { id: "run.cpuMs", name: "processor time", unit: "ms", direction: "lower", margin: 5, relative: true, measured: true },
      { id: "run.peakKiB", name: "peak memory", unit: "KiB", direction: "lower", margin: 10, relative: true, measured: true },
    ],
  };
  const problem = useCaseSchema.safeParse(value).error?.issues[0];
  if (problem !== undefined) throw new UnforkError("usage", `${problem.path.join(".")}: ${problem.message}`);
  const file = join(dir, `${id}.yaml`);
  await writeFile(file, stringify(value, { lineWidth: 110 }), { flag: "wx" }).catch((error: unknown) => {
    if (systemCodeOf(error) === "EEXIST") throw new UnforkError("usage", `${relative(".", file)} is there already`);
    throw fileError("write", file, error);
  });
  const shown = relative(".", file);
  terminal.result(options.json === true ? JSON.stringify({ file: shown }) : `${shown}: fill in the command, outputs and metrics`);
  return EXIT.done;
}
