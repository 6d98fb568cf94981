/** Owns the stage that gives each flavor names of its own. */
import { join } from "node:path";

import { isolateTree } from "../../isolate/isolate-tree.js";
import { FLAVORS, type Flavor } from "../../model/build.js";
import type { IsolationResult } from "../../model/isolation.js";
import { emit } from "../../support/bus.js";
import { stageOutputSchemas } from "../outputs.js";
import { isolationPlanOf } from "../shared-modules.js";
import type { Stage, StageContext } from "../stage.js";

export const isolateStage: Stage<"isolate"> = {
  id: "isolate",
  title: "Isolate the names of each flavor",
  output: stageOutputSchemas.isolate,
  async inputs(project) {
    return FLAVORS.map((flavor) => isolationPlanOf(project.config, flavor));
  },
  paths: (output) => [output.legacy.path, output.latest.path],
  plan(project) {
    return FLAVORS.map((flavor) => {
      const { namespaces, rename } = isolationPlanOf(project.config, flavor);
      const named = [...namespaces.map((name) => `${name}::`), ...rename.flatMap(({ match }) => match)];
      return `rename ${named.length === 0 ? "every external namespace" : named.join(", ")} to …_${flavor} in ${project.config.flavors[flavor].release}`;
    });
  },
  async run(context) {
    const legacy = await isolateFlavor(context, "legacy");
    const latest = await isolateFlavor(context, "latest");
    const undecided = legacy.undecided.length + latest.undecided.length;
    for (const result of [legacy, latest]) tellUndecided(result);
    return {
      status: "done",
      output: { legacy, latest },
      summary: `${[legacy, latest].map((result) => `${result.release}: ${result.edits} edits in ${result.changedFiles} of ${result.files} files`).join("; ")}${undecided === 0 ? "" : `; ${undecided} tokens undecided`}`,
    };
  },
};

async function isolateFlavor(context: StageContext, flavor: Flavor): Promise<IsolationResult> {
  const { project } = context;
  return isolateTree({
    flavor,
    release: project.config.flavors[flavor].release,
    source: context.output("features")[flavor].path,
    target: join(project.paths.isolated, flavor),
    plan: isolationPlanOf(project.config, flavor),
  });
}

function tellUndecided(result: IsolationResult): void {
  for (const { file, line, token, why } of result.undecided) {
    emit({ type: "finding", severity: "warning", message: `${result.release} ${file}:${line}: '${token}' left as it is: ${why}` });
  }
}
