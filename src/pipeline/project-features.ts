/** Owns where the patch commands look in a project: its patch repository, and the features of its folder. */
import { join } from "node:path";

import type { FeatureOutcome } from "../model/feature.js";
import type { FolderFeature } from "../patches/cards/list-features.js";
import { loadFeatures } from "../patches/load-features.js";
import { UnforkError } from "../support/errors.js";
import { exists } from "../support/fs.js";
import { latestRun, readEntries } from "./journal.js";
import { stageOutputSchemas } from "./outputs.js";
import { createdDays } from "./created-days.js";
import { type Project, openProject } from "./project.js";

export interface ProjectFeatures {
  readonly repo: string;
  readonly folder: readonly FolderFeature[];
}

/** Undefined where no configuration is found at or above `from`, and none is named. */
export async function projectFeatures(configFile: string | undefined, from: string): Promise<ProjectFeatures | undefined> {
  const project = await openProject(configFile, from).catch((error: unknown) => {
    if (configFile === undefined && error instanceof UnforkError && error.code === "config-not-found") return undefined;
    throw error;
  });
  if (project === undefined) return undefined;
  if (!(await exists(project.paths.patches)))
    throw new UnforkError("input-missing", `the project has no patch repository yet: ${project.paths.patches}`, {
      hint: "unfork upgrade --until features makes it",
    });
  const { features } = project.config;
  const loaded = features === undefined ? [] : await loadFeatures(join(project.root, features));
  const outcomes = await lastOutcomes(project);
  const days = await createdDays(features === undefined ? undefined : join(project.root, features));
  const folder = loaded.map(({ feature, resolutions }) => {
    const own = outcomes.filter((outcome) => outcome.name === feature.name);
    return {
      name: feature.name,
      purpose: feature.purpose,
      owner: feature.owner,
      dependsOn: feature.dependsOn,
      created: days.get(feature.name) ?? null,
      settled: resolutions.map(({ base, ours, theirs }) => `${base}-${ours}-${theirs}`),
      open: own.reduce((sum, { conflicts }) => sum + conflicts.length, 0),
      dropped: feature.skipped.map(({ release }) => release),
      upstreamed: own.filter(({ status }) => status === "upstreamed").map(({ release }) => release),
    };
  });
  return { repo: project.paths.patches, folder };
}

/** As the last run left them, on both releases. */
async function lastOutcomes({ paths }: Project): Promise<FeatureOutcome[]> {
  const run = await latestRun(paths.runs);
  const entry = run === undefined ? undefined : (await readEntries(paths.runs, run)).find(({ stage }) => stage === "features");
  const output = stageOutputSchemas.features.safeParse(entry?.output);
  return output.success ? [output.data.legacy, output.data.latest].flatMap(({ features }) => features) : [];
}
