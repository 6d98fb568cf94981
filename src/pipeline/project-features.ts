/** Owns where the patch commands look in a project: its patch repository, and the features of its folder. */
import { join, relative } from "node:path";

import type { FeatureOutcome } from "../model/feature.js";
import type { FolderFeature } from "../patches/cards/list-features.js";
import { type TreeLayer, layersOf } from "../patches/layers/layers-of.js";
import type { LoadedFeature } from "../patches/feature.js";
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
  /** Of the configuration. */
  readonly layers: readonly TreeLayer[];
  /** The layers file of features over several repositories, from here. */
  readonly layersFile: string | null;
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
  const { features, layers, patches } = project.config;
  const loaded = features === undefined ? [] : await loadFeatures(join(project.root, features));
  const outcomes = await lastOutcomes(project);
  const days = await createdDays(features === undefined ? undefined : join(project.root, features));
  const folder = loaded.map((each) => folderFeature(each, { outcomes, days, layers }));
  const layersFile = patches.layersFile === undefined ? null : relative(from, join(project.root, patches.layersFile));
  return { repo: project.paths.patches, folder, layers, layersFile };
}

interface Known {
  /** Of the last run. */
  readonly outcomes: readonly FeatureOutcome[];
  /** When each came into the project's history. */
  readonly days: ReadonlyMap<string, string>;
  readonly layers: readonly TreeLayer[];
}

function folderFeature({ feature, resolutions, changes }: LoadedFeature, { outcomes, days, layers }: Known): FolderFeature {
  const own = outcomes.filter((outcome) => outcome.name === feature.name);
  const paths = changes.map(({ path }) => path);
  const plain = {
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
  return layers.length === 0 ? plain : { ...plain, layers: layersOf(paths, layers) };
}

/** As the last run left them, on both releases. */
async function lastOutcomes({ paths }: Project): Promise<FeatureOutcome[]> {
  const run = await latestRun(paths.runs);
  const entry = run === undefined ? undefined : (await readEntries(paths.runs, run)).find(({ stage }) => stage === "features");
  const output = stageOutputSchemas.features.safeParse(entry?.output);
  return output.success ? [output.data.legacy, output.data.latest].flatMap(({ features }) => features) : [];
}
