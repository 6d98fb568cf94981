/** Owns `unfork experiment analyze`: decides now, on a server or on files alone. */
import type { Command } from "commander";

import type { Analysis } from "../../../model/arm-statistics.js";
import type { Decision } from "../../../model/decision.js";
import type { ExperimentFile } from "../../../model/experiment-file.js";
import { decisionText } from "../../../report/experiment/decision.js";
import { wallClockIso } from "../../../support/clock.js";
import { UnforkError } from "../../../support/errors.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { type ConnectionOptions, addConnectionOptions } from "../../connection.js";
import { EXIT } from "../../exit-codes.js";
import { serverOf } from "../../server-of.js";
import { openTerminal } from "../../terminal.js";

interface Options extends GlobalOptions, ConnectionOptions {
  readonly experiments?: string;
  readonly telemetry?: string;
  readonly statistics?: string;
  readonly at?: string;
}

export function addExperimentAnalyze(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("analyze")
    .description("Decide on experiments now: on a server, which carries the decision out, or on files alone, which changes nothing.")
    .argument("[ids...]", "the experiments (alone: default all)")
    .optionsGroup("On files alone:")
    .option("--experiments <file>", "the experiments: a plan, or what `unfork experiment show --json` prints")
    .option("--telemetry <dir>", "a server's telemetry folder")
    .option("--statistics <file>", "statistics of the arms as JSON, instead of telemetry")
    .option("--at <time>", "the time of the decision (default: now; with --statistics that of the file)")
    .optionsGroup("On a server:");
  addConnectionOptions(command);
  withExamples(command, [
    "unfork experiment analyze laptop-call-m150 --url https://unfork.example --token-file operator.token",
    "unfork experiment analyze --experiments plan.json --statistics arms.json",
    "unfork experiment analyze --experiments plan.json --telemetry .unfork/server/telemetry --json",
  ]);
  command.action(async (ids: string[], _local: unknown, self: Command) => setExitCode(await analyze(ids, globalsOf(self) as Options)));
}

async function analyze(ids: readonly string[], options: Options): Promise<number> {
  const terminal = openTerminal(options);
  const decisions = options.experiments === undefined ? await onServer(ids, options) : await alone(ids, options);
  if (options.json === true) terminal.result(JSON.stringify({ decisions }, null, 2));
  else if (decisions.length === 0) terminal.result("nothing was counted for these experiments yet");
  else terminal.result(decisions.map((decision) => decisionText(decision, terminal)).join("\n\n"));
  return decisions.some(({ action }) => action === "halt") ? EXIT.gate : EXIT.done;
}

async function onServer(ids: readonly string[], options: Options): Promise<Decision[]> {
  if (options.telemetry !== undefined || options.statistics !== undefined)
    throw new UnforkError("usage", "--telemetry and --statistics need --experiments", { hint: "a server has both already" });
  if (ids.length === 0) throw new UnforkError("usage", "which experiment? `unfork experiment list` shows them");
  const server = await serverOf(options);
  const decisions: Decision[] = [];
  for (const id of ids) {
    const path = `/api/v1/experiments/${encodeURIComponent(id)}/analyze`;
    decisions.push((await server.post<{ readonly decision: Decision }>(path, {})).decision);
  }
  return decisions;
}

async function alone(ids: readonly string[], options: Options): Promise<Decision[]> {
  const { readExperiments } = await import("../../../experiment/offline/read-experiment.js");
  const { analyzeAlone } = await import("../../../experiment/offline/analyze-alone.js");
  const files = await readExperiments(options.experiments ?? "");
  const unknown = ids.find((id) => !files.some(({ experiment }) => experiment.id === id));
  if (unknown !== undefined) throw new UnforkError("input-missing", `${options.experiments ?? ""} has no experiment '${unknown}'`);
  const analyses = await analysesFor(files, options);
  const wanted = ids.length === 0 ? analyses : analyses.filter(({ experiment }) => ids.includes(experiment));
  return analyzeAlone({ files, analyses: wanted, at: timeOf(options) });
}

async function analysesFor(files: readonly ExperimentFile[], options: Options): Promise<readonly Analysis[]> {
  const { telemetry, statistics } = options;
  if ((telemetry === undefined) === (statistics === undefined))
    throw new UnforkError("usage", "give --telemetry DIR or --statistics FILE, one of the two");
  if (statistics !== undefined) return (await import("../../../experiment/offline/read-experiment.js")).readAnalyses(statistics);
  const { analyse } = await import("../../../store/telemetry/analysis/analyse-folder.js");
  const now = Date.parse(timeOf(options) ?? wallClockIso());
  const experiments = files.map(({ experiment }) => experiment);
  return (await analyse(telemetry ?? "", { experiments, now })).analyses;
}

function timeOf({ at }: Options): string | undefined {
  if (at === undefined) return undefined;
  if (Number.isNaN(Date.parse(at))) throw new UnforkError("usage", `--at: ${at} is no time such as 2026-11-30T12:00:00Z`);
  return new Date(at).toISOString();
}
