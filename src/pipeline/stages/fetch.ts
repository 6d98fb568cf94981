/** Owns the stage that brings both releases' trees. */
import { FLAVORS } from "../../model/build.js";
import type { SecurityFixes } from "../../model/security-fixes.js";
import { fetchRelease } from "../../sources/fetch-release.js";
import { describeSource } from "../../sources/describe-source.js";
import { securityFixes } from "../../sources/security-fixes.js";
import { stageOutputSchemas } from "../outputs.js";
import { type Project, releaseOf } from "../project.js";
import type { Stage, StageContext } from "../stage.js";

export const fetchStage: Stage<"fetch"> = {
  id: "fetch",
  title: "Fetch both releases",
  output: stageOutputSchemas.fetch,
  async inputs(project) {
    return {
      releases: FLAVORS.map((flavor) => releaseOf(project.config, flavor)),
      cache: project.cache,
      advisories: project.config.upstream.advisories ?? null,
    };
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
    const security = await securityOf(project, fetch);
    const trees = [legacy, latest].map((tree) => `${tree.release}: ${tree.origin}, ${tree.files} files`);
    return { status: "done", output: { legacy, latest, security }, summary: [...trees, ...securityWords(security)].join("; ") };
  },
};

async function securityOf({ config, cache }: Project, fetch: StageContext["fetch"]): Promise<SecurityFixes | null> {
  const { advisories } = config.upstream;
  if (advisories === undefined) return null;
  return await securityFixes({ advisories, legacy: config.flavors.legacy.release, latest: config.flavors.latest.release, cache, ...fetch });
}

function securityWords(security: SecurityFixes | null): string[] {
  if (security === null) return [];
  return [security.status === "told" ? `${security.fixes.length} security fixes between them` : `security fixes unknown: ${security.why}`];
}
