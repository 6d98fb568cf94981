/** Owns `unfork report`: the last run's report again, in any format. */
import type { Command } from "commander";

import type { RunReport } from "../../model/report.js";
import { latestRun } from "../../pipeline/journal.js";
import { composedReport, readReport } from "../../pipeline/last-report.js";
import { openProject } from "../../pipeline/project.js";
import { UnforkError } from "../../support/errors.js";
import { EXIT } from "../exit-codes.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../command.js";
import { type ReporterOptions, addReporterOptions, writeReports } from "../reporters.js";
import { type Terminal, openTerminal } from "../terminal.js";

export function addReport(program: Command, setExitCode: SetExitCode): void {
  const command = program
    .command("report")
    .description("Print the last run's report, or a report.json, in any format.")
    .argument("[file]", "a report.json (default: the project's last one)");
  addReporterOptions(command);
  withExamples(command, [
    "unfork report",
    "unfork report --reporter html --output upgrade.html",
    "unfork report old/report.json --reporter markdown",
  ]);
  command.action(async (file: string | undefined, _local: unknown, self: Command) =>
    setExitCode(await report(file, globalsOf(self) as GlobalOptions & ReporterOptions)),
  );
}

async function report(file: string | undefined, options: GlobalOptions & ReporterOptions): Promise<number> {
  const terminal = openTerminal(options);
  const value = file === undefined ? await projectReport(options, terminal) : await readReport(file);
  if (value === undefined)
    throw new UnforkError("input-missing", `there is no file ${file}`, {
      hint: "check the path; `unfork report` without one takes the project's own",
    });
  await writeReports(value, options, terminal);
  return EXIT.done;
}

/** The project's report, with a word when it is not of the last run. */
async function projectReport(options: GlobalOptions, terminal: Terminal): Promise<RunReport> {
  const project = await openProject(options.config, process.cwd());
  const value = await composedReport(project);
  if (value === undefined)
    throw new UnforkError("input-missing", "no run of this project has written a report", { hint: "run `unfork upgrade` first" });
  const last = await latestRun(project.paths.runs);
  if (last !== undefined && last.startedAt !== value.measured.startedAt)
    terminal.message(`this report is of an earlier run, begun ${value.measured.startedAt}; run ${last.id} has written none`);
  return value;
}
