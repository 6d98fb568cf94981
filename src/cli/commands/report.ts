/** Owns `unfork report`: the last run's report again, in any format. */
import type { Command } from "commander";

import { composedReport, readReport } from "../../pipeline/last-report.js";
import { openProject } from "../../pipeline/project.js";
import { UnforkError } from "../../support/errors.js";
import { EXIT } from "../exit-codes.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../command.js";
import { type ReporterOptions, addReporterOptions, writeReports } from "../reporters.js";
import { openTerminal } from "../terminal.js";

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
  const value = file === undefined ? await composedReport(await openProject(options.config, process.cwd())) : await readReport(file);
  if (value === undefined)
    throw new UnforkError(
      "input-missing",
      file === undefined ? "no run of this project has written a report" : `there is no file ${file}`,
      { hint: "run `unfork upgrade` first" },
    );
  await writeReports(value, options, openTerminal(options));
  return EXIT.done;
}
