/** Owns `unfork usecase retire`: whether legacy may be deleted for a use case, what stands in the way, and the note when it may. */
import { userInfo } from "node:os";
import { resolve } from "node:path";
import type { Command } from "commander";

import { linkedFiles } from "../../../pipeline/retire/linked-files.js";
import { retirementOf } from "../../../pipeline/retire/retire-use-case.js";
import { type Project, openProject } from "../../../pipeline/project.js";
import { useCaseSubject } from "../../../pipeline/use-case-subject.js";
import type { LinkedFile } from "../../../objects/reach.js";
import { retirementText } from "../../../report/retirement.js";
import { wallClockIso, wallClockMs } from "../../../support/clock.js";
import { UnforkError } from "../../../support/errors.js";
import { loadUseCases } from "../../../usecases/load-use-cases.js";
import { changeStage } from "../../../usecases/stages.js";
import { type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { type RegisterOptions, addRegisterOption, oneUseCase, positiveInteger } from "./options.js";

interface RetireOptions extends RegisterOptions {
  readonly entry?: readonly string[];
  readonly exposures?: readonly string[];
  readonly live?: readonly string[];
  readonly object?: readonly string[];
  readonly legacy?: readonly string[];
  readonly days: number;
  readonly dryRun?: boolean;
  readonly who?: string;
}

export function addUseCaseRetire(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("retire")
    .description("Allow the deletion of legacy for a use case: only when nothing reaches it, nothing can choose it, and nobody used it.")
    .argument("<id>", "the use case; its stage must be on-latest")
    .optionsGroup("Proof:")
    .option("--entry <name...>", "functions in which the use case begins (default: main)")
    .option("--exposures <file...>", "logs of who used which flavor, a line of JSON each")
    .option("--days <n>", "so long nobody may have used legacy", positiveInteger, 14)
    .option("--live <file...>", "files that choose a flavor where the program runs")
    .option("--object <file...>", "objects and archives of the program (default: those of the project's last link)")
    .option("--legacy <file...>", "objects and archives of the legacy flavor among them")
    .optionsGroup("How:")
    .option("--dry-run", "only say what stands in the way")
    .option("--who <name>", "who decides (default: the login)");
  addRegisterOption(command);
  withExamples(command, [
    "unfork usecase retire laptop-call --entry app::RunCall --exposures exposures.ndjson --live deploy/flavor",
    "unfork usecase retire laptop-call --entry app::RunCall --exposures exposures.ndjson --dry-run",
  ]);
  command.action(async (id: string, _local: unknown, self: Command) => setExitCode(await retire(id, globalsOf(self) as RetireOptions)));
}

async function retire(id: string, options: RetireOptions): Promise<number> {
  const terminal = openTerminal(options);
  const { dir, root } = await useCaseSubject(options, process.cwd());
  const useCase = oneUseCase(await loadUseCases(dir), id);
  const project = options.useCases === undefined ? await openProject(options.config, process.cwd()) : undefined;
  const found = await retirementOf({
    useCase,
    dir,
    root,
    project,
    entries: options.entry ?? ["main"],
    linked: await linkedOf(options, project),
    exposures: paths(options.exposures),
    live: paths(options.live),
    days: options.days,
    now: wallClockMs(),
  });
  if (found.allowed && options.dryRun !== true) {
    const who = options.who ?? userInfo().username;
    await changeStage(dir, { useCase: id, to: "legacy-deleted", who, when: wallClockIso(), why: found.shown.join("; ") });
  }
  terminal.result(options.json === true ? JSON.stringify(found, null, 2) : retirementText(found, { color: terminal.color }));
  return found.allowed ? EXIT.done : EXIT.gate;
}

async function linkedOf({ object, legacy }: RetireOptions, project: Project | undefined): Promise<LinkedFile[]> {
  if (object !== undefined || legacy !== undefined) {
    const wanted = new Set(paths(legacy));
    return [...new Set([...paths(object), ...wanted])].map((path) => ({ path, wanted: wanted.has(path) }));
  }
  if (project !== undefined) return await linkedFiles(project);
  throw new UnforkError("usage", "without a project it is not known what the program is linked of", {
    hint: "name --object FILE … and --legacy FILE …",
  });
}

function paths(files: readonly string[] | undefined): string[] {
  return (files ?? []).map((file) => resolve(file));
}
