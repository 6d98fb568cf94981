/**
 * Owns the patch commands inside a project: there its own run, with its journal and its conflicts, ports all features to the
 * release and merges the candidate.
 */
import { availableParallelism } from "node:os";
import { join } from "node:path";

import type { FeatureOutcome } from "../../../model/feature.js";
import { loadFeatures } from "../../../patches/load-features.js";
import { skipRelease } from "../../../patches/skip-release.js";
import { type Run, latestRun, readEntries } from "../../../pipeline/journal.js";
import { stageOutputSchemas } from "../../../pipeline/outputs.js";
import { withLayers } from "../../../pipeline/feature-layers.js";
import { type Project, openProject } from "../../../pipeline/project.js";
import type { RunSettling } from "../../../pipeline/settling-of.js";
import { type UpgradeResult, runUpgrade } from "../../../pipeline/upgrade.js";
import { featureFatesText } from "../../../report/feature-fates.js";
import { UnforkError } from "../../../support/errors.js";
import { canonicalJson } from "../../../support/hash.js";
import { nearest } from "../../../support/nearest.js";
import type { GlobalOptions } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { showProgress } from "../../live.js";
import { type Terminal, openTerminal } from "../../terminal.js";
import { abort } from "../upgrade.js";
import { type ResolverOptions, settingsWith } from "./resolver-options.js";

export type ProjectOptions = GlobalOptions & ResolverOptions;

/** Runs the project's stages up to the features; `to` takes another release than the configuration's as the latest. */
export async function portProject(options: ProjectOptions, to: string): Promise<number> {
  return await port(options, await projectTo(options, to), { goOn: false });
}

/** Goes on with the run that waits. `explain`: why lines of the features just edited are left out. */
export async function continueProject(options: ProjectOptions, explain: string | undefined): Promise<number> {
  const { project } = await waitingProject(options);
  return await port(options, project, { goOn: true, ...(explain === undefined ? {} : { explain }) });
}

/** Lays the files of a feature (default: the first in conflict) out again; a run waits then. */
export async function editInProject(options: ProjectOptions, wanted: string | undefined): Promise<number> {
  const { project, waits } = await waitingProject(options);
  const name = await featureNamed(project, wanted);
  const onBase = waits ? (await stuckOnBase(project)).find((feature) => feature.name === name) : undefined;
  return await port(options, project, { goOn: waits, edit: { feature: name, release: onBase?.release ?? null } });
}

/** Leaves a feature (default: the first in conflict) out of the release, which its folder says from then on. */
export async function skipInProject(options: ProjectOptions, wanted: string | undefined, reason: string): Promise<number> {
  if (reason.trim() === "") throw new UnforkError("usage", "--reason is empty", { hint: "say why this release does without the feature" });
  const { project, waits } = await waitingProject(options);
  const name = await featureNamed(project, wanted);
  await skipRelease(join(featuresFolder(project), name), project.config.flavors.latest.release, reason.trim());
  return await port(options, project, { goOn: waits });
}

export async function abortProject(options: GlobalOptions): Promise<number> {
  return await abort(await openProject(options.config, process.cwd()), openTerminal(options));
}

interface Going extends RunSettling {
  readonly goOn: boolean;
}

async function port(options: ProjectOptions, opened: Project, { goOn, ...asked }: Going): Promise<number> {
  const terminal = openTerminal(options);
  const project = { ...opened, config: { ...opened.config, patches: settingsWith(opened.config.patches, options) } };
  const settling = options.verify === undefined ? asked : { ...asked, verify: options.verify };
  const stop = showProgress(terminal, options);
  try {
    const result = await runUpgrade(project, {
      jobs: availableParallelism(),
      until: "features",
      settling,
      ...(goOn ? { continue: true } : {}),
    });
    stop();
    tell(project, result, options, terminal);
    if (asked.edit !== undefined) wantLaidOut(result, asked.edit.feature);
    return { done: EXIT.done, failed: EXIT.gate, waiting: EXIT.waiting }[result.status];
  } finally {
    stop();
  }
}

function tell(project: Project, result: UpgradeResult, options: ProjectOptions, terminal: Terminal): void {
  const needs = result.entries.flatMap((entry) => entry.needs).map(({ what }) => ({ what, command: "unfork patch continue" }));
  const features = withLayers(project, fatesIn(result));
  if (options.json === true) {
    const stages = result.entries.map(({ stage, status, summary }) => ({ stage, status, summary }));
    terminal.result(canonicalJson({ run: result.run.id, status: result.status, to: result.run.to, stages, features, needs }, 2));
    return;
  }
  const { color } = terminal;
  terminal.result(
    featureFatesText({ release: project.config.flavors.latest.release, features }, { color, verbose: options.verbose === true }),
  );
  const { layersFile } = project.config.patches;
  const { legacy, latest } = project.config.flavors;
  if (layersFile !== undefined)
    terminal.complain(
      `  over several repositories: unfork patch port --layers ${layersFile} --from ${legacy.release} --to ${latest.release}`,
    );
  for (const { what } of needs) terminal.complain(`  needs you: ${what}`);
  if (needs.length > 0) terminal.complain("    $ unfork patch continue   (or unfork patch edit | skip | abort)");
}

/** Each feature on the new release; a conflict on the base release comes first. */
function fatesIn(result: UpgradeResult): FeatureOutcome[] {
  const output = stageOutputSchemas.features.safeParse(result.entries.find(({ stage }) => stage === "features")?.output);
  if (!output.success) return [];
  const { legacy, latest } = output.data;
  const stuck = legacy.features.filter(({ status }) => status === "conflict");
  return latest.features.map((feature) => stuck.find(({ name }) => name === feature.name) ?? feature);
}

function wantLaidOut(result: UpgradeResult, name: string): void {
  const fate = fatesIn(result).find((feature) => feature.name === name);
  if (fate === undefined || fate.conflicts.length > 0) return;
  throw new UnforkError("usage", `nothing of ${name} can be edited on ${fate.release}: ${fate.detail}`, {
    hint: "unfork patch list shows where each feature stands",
  });
}

interface Waiting {
  readonly project: Project;
  readonly waits: boolean;
}

/** With the release that the waiting run goes to, whatever the configuration says. */
async function waitingProject(options: ProjectOptions): Promise<Waiting> {
  const project = await openProject(options.config, process.cwd());
  const run = await latestRun(project.paths.runs);
  if (run === undefined || !isOpen(run)) return { project, waits: false };
  return { project: withLatest(project, run.to), waits: true };
}

function isOpen({ status }: Run): boolean {
  return status === "waiting" || status === "running";
}

/** The feature that is meant: named, or the first in conflict in the last run. */
async function featureNamed(project: Project, wanted: string | undefined): Promise<string> {
  const names = (await loadFeatures(featuresFolder(project))).map(({ feature }) => feature.name);
  if (wanted === undefined) return await firstInConflict(project);
  if (names.includes(wanted)) return wanted;
  const near = nearest(wanted, names);
  throw new UnforkError("usage", `the project has no feature '${wanted}'`, {
    hint: near === undefined ? `it has ${names.join(", ") || "none"}` : `did you mean '${near}'?`,
  });
}

/** Features in conflict on the base release already. */
async function stuckOnBase({ paths }: Project): Promise<FeatureOutcome[]> {
  const run = await latestRun(paths.runs);
  const entries = run === undefined ? [] : await readEntries(paths.runs, run);
  const output = stageOutputSchemas.features.safeParse(entries.find(({ stage }) => stage === "features")?.output);
  return output.success ? output.data.legacy.features.filter(({ conflicts }) => conflicts.length > 0) : [];
}

async function firstInConflict({ paths }: Project): Promise<string> {
  const run = await latestRun(paths.runs);
  const entries = run === undefined || !isOpen(run) ? [] : await readEntries(paths.runs, run);
  const output = stageOutputSchemas.features.safeParse(entries.find(({ stage }) => stage === "features")?.output);
  const features = output.success ? [...output.data.legacy.features, ...output.data.latest.features] : [];
  const found = features.find(({ conflicts }) => conflicts.length > 0);
  if (found !== undefined) return found.name;
  throw new UnforkError("usage", "no feature is in conflict", { hint: "name the feature that is meant; unfork patch list shows them" });
}

function featuresFolder({ root, config, configName }: Project): string {
  if (config.features !== undefined) return join(root, config.features);
  throw new UnforkError("usage", `${configName} names no folder of features`, { hint: 'add features: "features"' });
}

async function projectTo(options: ProjectOptions, to: string): Promise<Project> {
  return withLatest(await openProject(options.config, process.cwd()), to);
}

/** Whether a command without --repo is meant for a project: there is one here or above. */
export async function isInProject(options: GlobalOptions): Promise<boolean> {
  try {
    await openProject(options.config, process.cwd());
    return true;
  } catch (error) {
    if (error instanceof UnforkError && error.code === "config-not-found" && options.config === undefined) return false;
    throw error;
  }
}

function withLatest(project: Project, to: string): Project {
  const { config } = project;
  const known = config.upstream.releases.map(({ id }) => id);
  if (!known.includes(to)) {
    throw new UnforkError("usage", `there is no release '${to}' in ${project.configName}`, {
      hint: `upstream.releases lists ${known.join(", ")}`,
    });
  }
  return { ...project, config: { ...config, flavors: { ...config.flavors, latest: { ...config.flavors.latest, release: to } } } };
}
