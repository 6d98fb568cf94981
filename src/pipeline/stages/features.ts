/** Owns the stage that puts the team's features on both releases. */
import { join } from "node:path";

import type { FeatureOutcome } from "../../model/feature.js";
import { applyFeatures } from "../../patches/apply-features.js";
import { loadFeatures } from "../../patches/load-features.js";
import { folderDigest } from "../../support/tree-digest.js";
import { type Need, stageOutputSchemas } from "../outputs.js";
import type { Project } from "../project.js";
import { settlingOf } from "../settling-of.js";
import type { Stage } from "../stage.js";

export const featuresStage: Stage<"features"> = {
  id: "features",
  title: "Port the features",
  output: stageOutputSchemas.features,
  async inputs(project) {
    const folder = featuresFolder(project);
    const { verify, verifyAuto } = project.config.patches;
    if (folder === undefined) return "none";
    return verifyAuto ? { folder: await folderDigest(folder), verify } : await folderDigest(folder);
  },
  paths: (output) => [output.legacy.path, output.latest.path],
  plan(project) {
    const { legacy, latest } = project.config.flavors;
    const folder = project.config.features;
    return folder === undefined
      ? ["no features are declared: both releases as upstream made them"]
      : [
          `apply the features in ${folder} on ${legacy.release} as git commits`,
          `port them to ${latest.release} by three-way merge, without a work tree`,
        ];
  },
  async run({ project, output, settling }) {
    const folder = featuresFolder(project);
    const trees = output("fetch");
    const ported = await applyFeatures({
      repository: project.paths.patches,
      releases: { from: { id: trees.legacy.release, tree: trees.legacy }, to: { id: trees.latest.release, tree: trees.latest } },
      features: folder === undefined ? [] : await loadFeatures(folder),
      settling: settlingOf(project, settling),
      workFolder: project.paths.conflicts,
      treesFolder: project.paths.trees,
    });
    const [legacy, latest] = ported.candidates;
    if (legacy === undefined || latest === undefined) throw new Error("the port gave no candidate for one of the releases");
    return {
      status: ported.status,
      output: { legacy, latest },
      summary: summaryOf(latest.features),
      needs: needsOf([...legacy.features, ...latest.features]),
    };
  },
};

function featuresFolder(project: Project): string | undefined {
  return project.config.features === undefined ? undefined : join(project.root, project.config.features);
}

function summaryOf(features: readonly FeatureOutcome[]): string {
  if (features.length === 0) return "no features";
  const count = (status: FeatureOutcome["status"]): number => features.filter((feature) => feature.status === status).length;
  const parts = [
    `${count("clean")} clean`,
    `${count("auto")} auto-resolved`,
    `${count("upstreamed")} upstreamed`,
    `${count("dropped")} dropped`,
    `${count("conflict")} in conflict`,
  ];
  return `${features.length} features: ${parts.filter((part) => !part.startsWith("0 ")).join(", ")}`;
}

/** Each file once, though a feature may wait on both releases. */
function needsOf(features: readonly FeatureOutcome[]): Need[] {
  const needs = features.flatMap(needOf);
  return needs.filter((need, index) => needs.findIndex((other) => other.what === need.what) === index);
}

function needOf(feature: FeatureOutcome): Need[] {
  const { name, owner, detail, evidence, conflicts } = feature;
  // A conflict has evidence only where something was wrong with what is there.
  const what = ({ path, workFile }: FeatureOutcome["conflicts"][number]) =>
    evidence.length > 0
      ? `feature ${name} (${owner}): ${detail}; edit ${workFile}`
      : `feature ${name} (${owner}) conflicts in ${path}: edit ${workFile}`;
  return conflicts.map((conflict) => ({
    what: what(conflict),
    command: "unfork upgrade --continue",
  }));
}
