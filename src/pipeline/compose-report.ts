/** Owns the step from the stages' outputs to the one report value. */
import type { RunReport } from "../model/report.js";
import { headline } from "../report/headline.js";
import { machineDescription } from "../support/machine.js";
import { toolVersion } from "../support/version.js";
import { dependencyChanges } from "./dependencies.js";
import { withLayers } from "./feature-layers.js";
import { notChecked } from "./not-checked.js";
import type { StageId, StageOutputs } from "./outputs.js";
import { portablePaths } from "./portable-paths.js";
import type { SizeVariants } from "./size-variants.js";
import type { StageContext, StageEntry } from "./stage.js";

type Done = { readonly [K in StageId]?: StageOutputs[K] };

/** The report of the stages done so far. Everything outside `measured` is the same on every run over the same inputs. */
export async function composeReport(context: StageContext, variants: SizeVariants): Promise<RunReport> {
  const entries = context.earlier();
  const done = Object.fromEntries(entries.map((entry) => [entry.stage, entry.output])) as Done;
  const parts = {
    ...identity(context),
    ...findings(context, done, variants),
    dependencies: await dependencyChanges(
      done,
      context.project.config.shared.modules.map(({ path }) => path),
    ),
    ...standing(entries, done),
    commands: commandsOf(context),
    notChecked: [...variants.notRun, ...notChecked(done, context.project.config)],
  };
  const report = { ...parts, headline: headline(parts), measured: measuredOf(context, entries, done) };
  return portablePaths(report, context.project);
}

function identity({ project }: StageContext) {
  const { library, flavors } = project.config;
  return {
    schema: 1 as const,
    tool: { name: "unfork" as const, version: toolVersion() },
    library,
    from: flavors.legacy.release,
    to: flavors.latest.release,
  };
}

function findings({ project }: StageContext, done: Done, variants: SizeVariants) {
  const trees = done.fetch === undefined ? [] : [done.fetch.legacy, done.fetch.latest];
  const isolated = done.isolate === undefined ? [] : [done.isolate.legacy, done.isolate.latest];
  return {
    security: done.fetch?.security ?? null,
    trees: trees.map(({ path: _path, failed: _failed, ...tree }) => tree),
    features: withLayers(project, featureFates(done)),
    isolation: isolated.map(({ path: _path, ...result }) => result),
    audit: done.audit ?? null,
    shim: done.shim?.coverage ?? null,
    sizes: done.link?.programs.map((program) => program.size) ?? [],
    sizeVariants: variants.sizes,
    useCases: done["use-cases"]?.results ?? [],
    joint: done["use-cases"]?.joint ?? [],
    evidence: done["use-cases"]?.evidence ?? [],
  };
}

/** Each feature's fate on the new release; a conflict on the base release comes first. */
function featureFates(done: Done): RunReport["features"] {
  const { legacy, latest } = done.features ?? {};
  const stuck = legacy?.features.filter((feature) => feature.status === "conflict") ?? [];
  return latest?.features.map((feature) => stuck.find((other) => other.name === feature.name) ?? feature) ?? [];
}

function standing(entries: readonly StageEntry[], done: Done) {
  const stopped = entries.find((entry) => entry.status !== "done");
  const gate = stopped === undefined ? ("passed" as const) : stopped.status === "waiting" ? ("waiting" as const) : ("failed" as const);
  const needsYou = entries.flatMap((entry) => entry.needs);
  return { gate, needsYou, next: nextStep(gate, stopped, done) };
}

/** What to do now: the command where one acts, else which use cases may move. */
function nextStep(gate: RunReport["gate"], stopped: StageEntry | undefined, done: Done): string {
  if (gate === "waiting") return "unfork upgrade --continue";
  if (gate === "failed") return `unfork upgrade --from ${stopped?.stage ?? "fetch"}`;
  const results = done["use-cases"]?.results ?? [];
  const held = results.filter((result) => result.verdict === "worse" || result.verdict === "crashed").length;
  if (results.length === 0) return "declare use cases, to compare the flavors before users are moved";
  const move = `move ${held === 0 ? `all ${results.length}` : results.length - held} use cases to the latest flavor`;
  return held === 0 ? move : `${move}, keep ${held} on legacy`;
}

function commandsOf({ project, earlier }: StageContext): RunReport["commands"] {
  const file = project.configName;
  const stages = earlier().map(({ stage }) => ({ stage, command: `unfork upgrade --config ${file} --only ${stage}` }));
  return [...stages, { stage: "every external command", command: `cat ${project.paths.runs}/*/commands.log` }];
}

function measuredOf(context: StageContext, entries: readonly StageEntry[], done: Done): RunReport["measured"] {
  const trees = done.fetch === undefined ? [] : [done.fetch.legacy, done.fetch.latest];
  return {
    startedAt: context.startedAt,
    machine: machineDescription(),
    stages: entries.map(({ stage, title, status, durationMs, summary }) => ({
      id: stage,
      title,
      status,
      durationMs: Math.round(durationMs),
      summary,
    })),
    useCases: done["use-cases"]?.measurements ?? [],
    sourcesFailed: trees.flatMap((tree) => tree.failed.map((failure) => ({ release: tree.release, ...failure }))),
  };
}
