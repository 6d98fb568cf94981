/** Owns where the patch commands look in a project: its patch repository, and the features of its folder. */
import { join } from "node:path";

import type { FeatureOutcome } from "../model/feature.js";
import type { FolderFeature } from "../patches/cards/list-features.js";
import { loadFeatures } from "../patches/load-features.js";
import { UnforkError } from "../support/errors.js";
import { exists } from "../support/fs.js";
import { latestRun, readEntries } from "./journal.js";
import { stageOutputSchemas } from "./outputs.js";
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
  const upstreamed = await upstreamedIn(project);
  const folder = loaded.map(({ feature, resolutions }) => ({
    name: feature.name,
    purpose: feature.purpose,
    owner: feature.owner,
    dependsOn: feature.dependsOn,
    resolutions: resolutions.length,
    upstreamed: upstreamed.filter((outcome) => outcome.name === feature.name).map(({ release }) => release),
  }));
  return { repo: project.paths.patches, folder };
}

/** As the last run found. */
async function upstreamedIn({ paths }: Project): Promise<FeatureOutcome[]> {
  const run = await latestRun(paths.runs);
  const entry = run === undefined ? undefined : (await readEntries(paths.runs, run)).find(({ stage }) => stage === "features");
  const output = stageOutputSchemas.features.safeParse(entry?.output);
  if (!output.success) return [];
  return [output.data.legacy, output.data.latest].flatMap(({ features }) => features).filter(({ status }) => status === "upstreamed");
}
