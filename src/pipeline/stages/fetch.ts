/** Owns the stage that brings both releases' trees. */
import { FLAVORS } from "../../model/build.js";
import { fetchRelease } from "../../sources/fetch-release.js";
import { describeSource } from "../../sources/describe-source.js";
import { stageOutputSchemas } from "../outputs.js";
import { releaseOf } from "../project.js";
import type { Stage } from "../stage.js";

export const fetchStage: Stage<"fetch"> = {
  id: "fetch",
  title: "Fetch both releases",
  output: stageOutputSchemas.fetch,
  async inputs(project) {
    return { releases: FLAVORS.map((flavor) => releaseOf(project.config, flavor)), cache: project.cache };
  },
  paths: (output) => [output.legacy.path, output.latest.path],
  plan(project) {
    return FLAVORS.map((flavor) => {
      const release = releaseOf(project.config, flavor);
      return `fetch ${release.id} (${flavor}) from ${release.sources.map(describeSource).join(", else ")}`;
    });
  },
  async run({ project, fetch }) {
    const options = { cache: project.cache, baseFolder: project.root, ...fetch };
    const [legacy, latest] = await Promise.all([
      fetchRelease(releaseOf(project.config, "legacy"), options),
      fetchRelease(releaseOf(project.config, "latest"), options),
    ]);
    return {
      status: "done",
      output: { legacy, latest },
      summary: [legacy, latest].map((tree) => `${tree.release}: ${tree.origin}, ${tree.files} files`).join("; "),
    };
  },
};
