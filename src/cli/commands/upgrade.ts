/** Owns `unfork upgrade`. */
import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";

import { composedReport } from "../../pipeline/last-report.js";
import { type StageId, stageOutputSchemas } from "../../pipeline/outputs.js";
import { type Project, openProject } from "../../pipeline/project.js";
import { type UpgradeOptions, type UpgradeResult, abortUpgrade, planUpgrade, runUpgrade } from "../../pipeline/upgrade.js";
import { UnforkError } from "../../support/errors.js";
import { canonicalJson } from "../../support/hash.js";
import { EXIT } from "../exit-codes.js";
import { showProgress } from "../live.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../command.js";
import { type Terminal, openTerminal } from "../terminal.js";
import { type ReporterOptions, addReporterOptions, writeReports } from "../reporters.js";

const STAGE_IDS = Object.keys(stageOutputSchemas) as StageId[];

interface Options extends GlobalOptions, ReporterOptions {
  readonly from?: StageId;
  readonly until?: StageId;
  readonly only?: StageId;
  readonly continue?: boolean;
  readonly abort?: boolean;
  readonly verify: boolean;
  readonly new?: boolean;
  readonly dryRun?: boolean;
  readonly strict?: boolean;
  readonly offline?: boolean;
  readonly refresh?: boolean;
  readonly jobs: number;
}

export function addUpgrade(program: Command, setExitCode: SetExitCode): void {
  const command = program
    .command("upgrade")
    .description("Carry the project to its latest release: fetch, features, isolate, build, audit, shim, link, use cases, report.")
    .optionsGroup("What to run:")
    .addOption(new Option("--from <stage>", "start at this stage; the earlier ones are taken from the last run").choices(STAGE_IDS))
    .addOption(new Option("--until <stage>", "stop after this stage").choices(STAGE_IDS))
    .addOption(new Option("--only <stage>", "run this stage alone (as --from and --until)").choices(STAGE_IDS).conflicts(["from", "until"]))
    .option("--continue", "go on with the run that waits for you")
    .option("--abort", "drop the run that waits for you or was killed")
    .option("--no-verify", "take settled features whether or not they pass their build and tests")
    .option("--new", "begin anew, whatever the last run left")
    .option("--dry-run", "print what would be done, write nothing")
    .optionsGroup("How:")
    .option("--jobs <n>", "parallel jobs", positiveInteger, availableParallelism())
    .addOption(new Option("--offline", "fetch nothing: take what the cache holds, and files and folders on this machine"))
    .addOption(new Option("--refresh", "ask the sources anew: a branch or a package may have moved").conflicts("offline"))
    .option("--strict", "exit 1 also when a use case is worse or crashed");
  addReporterOptions(command);
  withExamples(command, [
    "unfork upgrade",
    "unfork upgrade --dry-run",
    "unfork upgrade --from link",
    "unfork upgrade --continue",
    "unfork upgrade --reporter markdown --output upgrade.md",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await upgrade(globalsOf(self) as Options)));
}

async function upgrade(options: Options): Promise<number> {
  const terminal = openTerminal(options);
  const project = await openProject(options.config, process.cwd());
  if (options.abort === true) return abort(project, terminal);
  if (options.dryRun === true) return dryRun(project, options, terminal);
  const stop = showProgress(terminal, options);
  try {
    const result = await runUpgrade(project, stagesOf(options));
    stop();
    return await finish(project, result, options, terminal);
  } finally {
    stop();
  }
}

function stagesOf(options: Options): UpgradeOptions {
  const from = options.only ?? options.from;
  const until = options.only ?? options.until;
  return {
    jobs: options.jobs,
    fetch: { ...(options.offline === true ? { offline: true } : {}), ...(options.refresh === true ? { refresh: true } : {}) },
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(options.continue === undefined ? {} : { continue: options.continue }),
    ...(options.verify ? {} : { settling: { verify: false as const } }),
    ...(options.new === undefined ? {} : { fresh: options.new }),
  };
}

export async function finish(
  project: Project,
  result: UpgradeResult,
  options: GlobalOptions & ReporterOptions & { readonly strict?: boolean },
  terminal: Terminal,
): Promise<number> {
  const report = await composedReport(project);
  if (report !== undefined && result.entries.some((entry) => entry.stage === "report")) {
    await writeReports(report, options, terminal);
    if (options.json !== true && options.quiet !== true) terminal.message(`report: ${project.paths.report}/report.html`);
    const worse = report.useCases.some((useCase) => useCase.verdict === "worse" || useCase.verdict === "crashed");
    if (result.status === "done" && options.strict === true && worse) return EXIT.gate;
  } else if (options.json !== true) tellNeeds(result, terminal);
  else
    terminal.result(
      canonicalJson(
        {
          run: result.run.id,
          status: result.status,
          stages: result.entries.map(({ stage, status, summary, needs }) => ({ stage, status, summary, needs })),
        },
        2,
      ),
    );
  return { done: EXIT.done, failed: EXIT.gate, waiting: EXIT.waiting }[result.status];
}

/** Without a report, what a person has to do is told here. */
function tellNeeds(result: UpgradeResult, terminal: Terminal): void {
  for (const { what, command } of result.entries.flatMap((entry) => entry.needs)) {
    terminal.complain(`  needs you: ${what}`);
    if (command !== "") terminal.complain(`    $ ${command}`);
  }
}

export async function abort(project: Project, terminal: Terminal): Promise<number> {
  const id = await abortUpgrade(project);
  if (id === undefined) throw new UnforkError("usage", "there is no run to abort", { hint: "start one with `unfork upgrade`" });
  terminal.message(`run ${id} is dropped; sources, objects and recorded resolutions stay`);
  return EXIT.done;
}

function dryRun(project: Project, options: Options, terminal: Terminal): number {
  const plan = planUpgrade(project, stagesOf(options));
  terminal.result(
    options.json === true
      ? canonicalJson({ plan }, 2)
      : plan.map(({ stage, steps }) => `${stage}\n${steps.map((step) => `  ${step}`).join("\n")}`).join("\n"),
  );
  return EXIT.done;
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("a whole number from 1 is wanted");
  return value;
}
