/** Owns `unfork status`: where the project stands, in a few lines. */
import type { Command } from "commander";

import { latestRun, readEntries } from "../../pipeline/journal.js";
import { composedReport } from "../../pipeline/last-report.js";
import { type Project, openProject } from "../../pipeline/project.js";
import { canonicalJson } from "../../support/hash.js";
import { EXIT } from "../exit-codes.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../command.js";
import { openTerminal } from "../terminal.js";

export function addStatus(program: Command, setExitCode: SetExitCode): void {
  const command = program.command("status").description("Show where the project stands: the last run, its stages, the next command.");
  withExamples(command, ["unfork status", "unfork status --json"]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await printStatus(globalsOf(self))));
}

async function printStatus(options: GlobalOptions): Promise<number> {
  const terminal = openTerminal(options);
  const project = await openProject(options.config, process.cwd());
  const value = await statusOf(project);
  terminal.result(options.json === true ? canonicalJson(value, 2) : linesOf(value).join("\n"));
  return EXIT.done;
}

async function statusOf(project: Project) {
  const run = await latestRun(project.paths.runs);
  const stages =
    run === undefined
      ? []
      : (await readEntries(project.paths.runs, run)).map((entry) => ({
          stage: entry.stage,
          status: entry.status,
          summary: entry.summary,
          needs: entry.needs,
        }));
  const isReported = stages.some((entry) => entry.stage === "report");
  const report = isReported ? await composedReport(project) : undefined;
  const { legacy, latest } = project.config.flavors;
  return {
    library: project.config.library,
    from: legacy.release,
    to: latest.release,
    run: run ?? null,
    stages,
    headline: report?.headline ?? null,
    next: nextOf(run?.status, report?.next),
  };
}

function nextOf(status: string | undefined, fromReport: string | undefined): string {
  if (status === undefined || status === "aborted") return "unfork upgrade";
  if (status === "running") return "unfork upgrade   (the last run was cut short; it goes on where its journal ends)";
  if (status === "waiting") return "unfork upgrade --continue";
  return fromReport ?? "unfork upgrade";
}

function linesOf(value: Awaited<ReturnType<typeof statusOf>>): string[] {
  const run = value.run === null ? "no run yet" : `run ${value.run.id}: ${value.run.status}`;
  const stages = value.stages.map(({ stage, status, summary }) => `  ${status.padEnd(8)} ${stage.padEnd(10)} ${summary}`);
  const needs = value.stages.flatMap((entry) => entry.needs).map((need) => `needs you: ${need.what}`);
  return [value.headline ?? `${value.library}: ${value.from} → ${value.to}`, run, ...stages, ...needs, `next: ${value.next}`];
}
