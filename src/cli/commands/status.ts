/** Owns `unfork status`: where the project stands, in a few lines. */
import type { Command } from "commander";

import { latestRun, readEntries } from "../../pipeline/journal.js";
import { composedReport } from "../../pipeline/last-report.js";
import { type Project, openProject } from "../../pipeline/project.js";
import type { FeatureStatus } from "../../model/feature.js";
import { type Lag, lagOf, toldDays } from "../../pipeline/lag.js";
import { stageOutputSchemas } from "../../pipeline/outputs.js";
import { plural } from "../../report/figures.js";
import { FEATURE_MARKS } from "../../report/vocabulary.js";
import { canonicalJson } from "../../support/hash.js";
import { painter, printable } from "../../support/style.js";
import { EXIT } from "../exit-codes.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../command.js";
import { openTerminal } from "../terminal.js";

export function addStatus(program: Command, setExitCode: SetExitCode): void {
  const command = program
    .command("status")
    .description("Show where the project stands: the lag behind upstream, the features, the last run, the next command.");
  withExamples(command, ["unfork status", "unfork status --json"]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await printStatus(globalsOf(self))));
}

async function printStatus(options: GlobalOptions): Promise<number> {
  const terminal = openTerminal(options);
  const project = await openProject(options.config, process.cwd());
  const value = await statusOf(project);
  terminal.result(
    options.json === true
      ? canonicalJson(value, 2)
      : linesOf(value, { color: terminal.color, verbose: options.verbose === true }).join("\n"),
  );
  return EXIT.done;
}

async function statusOf(project: Project) {
  const run = await latestRun(project.paths.runs);
  const entries = run === undefined ? [] : await readEntries(project.paths.runs, run);
  const stages = entries.map(({ stage, status, summary, needs }) => ({ stage, status, summary, needs }));
  const isReported = stages.some((entry) => entry.stage === "report");
  const report = isReported ? await composedReport(project) : undefined;
  const { legacy, latest } = project.config.flavors;
  return {
    library: project.config.library,
    from: legacy.release,
    to: latest.release,
    lag: lagOf(project.config, await toldDays(project)),
    features: featuresOf(entries),
    run: run ?? null,
    stages,
    headline: report?.headline ?? null,
    next: nextOf(run?.status, report?.next),
  };
}

/** The features on the latest release, as the last run left them. */
function featuresOf(entries: Awaited<ReturnType<typeof readEntries>>) {
  const entry = entries.find(({ stage }) => stage === "features");
  if (entry === undefined) return [];
  const { latest } = stageOutputSchemas.features.parse(entry.output);
  return latest.features.map(({ name, owner, status, detail }) => ({ name, owner, status, detail }));
}

function nextOf(status: string | undefined, fromReport: string | undefined): string {
  if (status === undefined || status === "aborted") return "unfork upgrade";
  if (status === "running") return "unfork upgrade   (the last run was cut short; it goes on where its journal ends)";
  if (status === "waiting") return "unfork upgrade --continue";
  return fromReport ?? "unfork upgrade";
}

function linesOf(value: Awaited<ReturnType<typeof statusOf>>, { color, verbose }: { color: boolean; verbose: boolean }): string[] {
  const run = value.run === null ? "no run yet" : `run ${value.run.id}: ${value.run.status}`;
  const stages = value.stages.map(({ stage, status, summary }) => `  ${status.padEnd(8)} ${stage.padEnd(10)} ${summary}`);
  const needs = value.stages.flatMap((entry) => entry.needs).map((need) => `needs you: ${need.what}`);
  const features = value.features.map(
    (feature) => `  ${featureMark(feature.status, color)} ${printable(`${feature.name} (${feature.owner}): ${feature.detail}`)}`,
  );
  return [
    value.headline ?? `${value.library}: ${value.from} → ${value.to}`,
    lagLine(value.lag),
    ...(verbose ? value.lag.dates.map(({ release, day, from }) => `  ${release}: ${day} (${from})`) : []),
    ...(features.length === 0 ? [] : ["features:", ...features]),
    run,
    ...stages,
    ...needs,
    `next: ${value.next}`,
  ];
}

/** A release that was not fetched yet may have a source that tells its day. */
function unknownDays(on: string, newest: string, dates: Lag["dates"]): string {
  const missing = [on, newest].filter((id) => !dates.some(({ release }) => release === id));
  return `neither \`date\` nor the source tells that of ${missing.join(" and ")}`;
}

function lagLine({ on, newest, releases, days, dates }: Lag): string {
  if (on === newest) return `lag: none, ${on} is the newest release listed`;
  const inDays = days === null ? `days unknown: ${unknownDays(on, newest, dates)}` : plural(days, "day");
  return `lag: ${plural(releases, "release")}, ${inDays} (${on} → ${newest})`;
}

function featureMark(status: FeatureStatus, color: boolean): string {
  const { glyph, word, tone } = FEATURE_MARKS[status];
  return painter(color)(tone, `${glyph} ${word.padEnd(13)}`);
}
