/** Owns the stage that compiles each flavor into its static archive. */

import { buildFlavors } from "../../build/build-flavor.js";
import type { FlavorsRequest } from "../../build/requests.js";
import { FLAVORS, type Flavor, type FlavorBuildResult } from "../../model/build.js";
import { plural } from "../../report/figures.js";
import { stageOutputSchemas } from "../outputs.js";
import { buildOf } from "../shared-modules.js";
import type { Stage, StageContext } from "../stage.js";
import { compileNeeds } from "./compile-needs.js";

export const buildStage: Stage<"build"> = {
  id: "build",
  title: "Build each flavor",
  output: stageOutputSchemas.build,
  async inputs(project) {
    return { ...buildOf(project.config), program: null };
  },
  paths: (output) => [...(output.legacy?.archives ?? []), ...(output.latest?.archives ?? [])],
  plan(project) {
    const { build } = project.config;
    return FLAVORS.map((flavor) =>
      build.system === "own"
        ? `compile ${flavor} with ${[...build.launcher, build.cxx].join(" ")} into a static archive`
        : `build ${flavor}: ${build.flavor.commands.map((words) => words.join(" ")).join(" && ")}`,
    );
  },
  async run(context) {
    const outcome = await buildFlavors(requestOf(context));
    if (outcome.status === "failed") {
      const { errors } = outcome;
      return {
        status: "failed",
        output: { legacy: null, latest: null, errors },
        summary: plural(errors.length, "compile error"),
        needs: compileNeeds(errors),
      };
    }
    const { results } = outcome;
    const resultOf = (flavor: Flavor): FlavorBuildResult | null => results.find((result) => result.flavor === flavor) ?? null;
    const summary = results.map((result) => `${result.flavor}: ${result.objects} objects`).join(", ");
    return { status: "done", output: { legacy: resultOf("legacy"), latest: resultOf("latest"), errors: [] }, summary };
  },
};

function requestOf(context: StageContext): FlavorsRequest {
  const { project } = context;
  const treesOf = (flavor: Flavor) => ({
    tree: context.output("isolate")[flavor].path,
    originalTree: context.output("features")[flavor].path,
  });
  return {
    description: buildOf(project.config),
    trees: { legacy: treesOf("legacy"), latest: treesOf("latest") },
    root: project.root,
    out: project.paths.build,
    jobs: context.jobs,
  };
}
