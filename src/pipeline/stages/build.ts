/** Owns the stage that compiles each flavor into its static archive. */
import { join } from "node:path";

import { buildFlavor } from "../../build/build-flavor.js";
import { type CompileError, FLAVORS, type Flavor, type FlavorBuildResult } from "../../model/build.js";
import { stageOutputSchemas } from "../outputs.js";
import type { Stage, StageContext } from "../stage.js";
import { compileNeeds } from "./compile-needs.js";

export const buildStage: Stage<"build"> = {
  id: "build",
  title: "Build each flavor",
  output: stageOutputSchemas.build,
  async inputs(project) {
    const { build } = project.config;
    return { ...build, program: null };
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
    const built: Partial<Record<Flavor, FlavorBuildResult>> = {};
    const errors: CompileError[] = [];
    for (const flavor of FLAVORS) {
      const outcome = await buildOne(context, flavor);
      if (outcome.status === "built") built[flavor] = outcome.result;
      else errors.push(...outcome.errors);
    }
    const results = FLAVORS.map((flavor) => built[flavor]).filter((result) => result !== undefined);
    return {
      status: errors.length === 0 ? "done" : "failed",
      output: { legacy: built.legacy ?? null, latest: built.latest ?? null, errors },
      summary:
        errors.length === 0
          ? results.map((result) => `${result.flavor}: ${result.objects} objects`).join(", ")
          : `${errors.length} compile errors`,
      needs: compileNeeds(errors),
    };
  },
};

async function buildOne(context: StageContext, flavor: Flavor): ReturnType<typeof buildFlavor> {
  const { project } = context;
  return buildFlavor({
    flavor,
    description: project.config.build,
    tree: context.output("isolate")[flavor].path,
    originalTree: context.output("features")[flavor].path,
    root: project.root,
    out: join(project.paths.build, flavor),
    jobs: context.jobs,
  });
}
