/** Owns the stage that generates the version-neutral API over both flavors from their isolated headers. */
import { join, relative } from "node:path";

import { FLAVORS, type Flavor } from "../../model/build.js";
import type { ShimConfig } from "../../model/shim-config.js";
import type { ShimSurface } from "../../model/shim-surface.js";
import type { ShimManifest } from "../../model/shim-manifest.js";
import { plural } from "../../report/figures.js";
import { coverageOf } from "../../shim/manifest/coverage.js";
import { percent } from "../../shim/manifest/coverage-markdown.js";
import { planShim } from "../../shim/plan/plan-shim.js";
import { STUBS, writeProjectShim } from "../../shim/project-shim.js";
import { readSurface } from "../../shim/read-surface.js";
import { UnforkError } from "../../support/errors.js";
import { canonicalJson, sha256, sha256File } from "../../support/hash.js";
import { shellLine } from "../../support/shell-line.js";
import { folderDigest } from "../../support/tree-digest.js";
import { type Need, type StageOutputs, stageOutputSchemas } from "../outputs.js";
import type { Project } from "../project.js";
import { buildOf } from "../shared-modules.js";
import { flavorSnapshot } from "../shim-inputs.js";
import { byHandFolder } from "../shim-places.js";
import type { Stage, StageContext } from "../stage.js";

type Output = StageOutputs["shim"];

export const shimStage: Stage<"shim"> = {
  id: "shim",
  title: "Generate the shim",
  output: stageOutputSchemas.shim,
  skip: (project) => project.config.shim === undefined,
  async inputs(project) {
    const shim = shimOf(project);
    const build = buildOf(project.config);
    const own = build.system === "own" ? FLAVORS.flatMap((flavor) => build.flavors[flavor].ownIncludeRoots) : [];
    return {
      shim,
      flavors: build.system === "own" ? build.flavors : null,
      ownHeaders: await Promise.all([...new Set(own)].map((root) => folderDigest(join(project.root, root)))),
      surface: await sha256File(join(project.root, shim.surface)),
      byHand: await folderDigest(byHandFolder(project, shim)),
    };
  },
  paths: ({ folder, units }) => [folder, units.legacy, units.latest],
  plan(project) {
    const { surface, headers } = shimOf(project);
    const of = (flavor: Flavor): string => `${project.config.flavors[flavor].release} (${plural(headers[flavor].length, "header")})`;
    return [`generate one API over ${of("legacy")} and ${of("latest")}, as ${surface} says`];
  },
  async run(context) {
    const { project } = context;
    const shim = shimOf(project);
    const { surface, place } = await readSurface(join(project.root, shim.surface));
    const snapshots = await Promise.all([snapshot(context, shim, surface, "legacy"), snapshot(context, shim, surface, "latest")]);
    const [legacy, latest] = snapshots;
    const input = (flavor: Flavor) => ({ name: flavor, release: project.config.flavors[flavor].release });
    const plan = planShim({ ...input("legacy"), snapshot: legacy }, { ...input("latest"), snapshot: latest }, surface, place);
    const byHand = byHandFolder(project, shim);
    const { manifest, missing } = await writeProjectShim(project.paths.shim, { plan, surface, snapshots }, byHand);
    const output = outputOf(project, manifest);
    return {
      status: missing.length === 0 ? "done" : "failed",
      output,
      summary: missing.length === 0 ? summaryOf(manifest) : `${plural(missing.length, "file")} by hand missing`,
      needs: missing.map((file) => bodyNeed(project, byHand, file)),
    };
  },
};

function shimOf({ config, configName }: Project): ShimConfig {
  if (config.shim === undefined) throw new UnforkError("state-invalid", `${configName} has no 'shim'`);
  return config.shim;
}

function snapshot(context: StageContext, shim: ShimConfig, surface: ShimSurface, flavor: Flavor) {
  return flavorSnapshot(context.project, shim, surface, {
    flavor,
    tree: context.output("isolate")[flavor].path,
    compileDatabase: context.project.config.build.system === "own" ? null : (context.output("build")[flavor]?.compileDatabase ?? null),
  });
}

function outputOf({ paths }: Project, manifest: ShimManifest): Output {
  const { generated, handWritten, unsupported, classes, structs, enums, left } = coverageOf(manifest);
  const unit = (flavor: Flavor): string => join(paths.shim, "src", `${manifest.namespace}_${flavor}.cc`);
  return {
    folder: paths.shim,
    units: { legacy: unit("legacy"), latest: unit("latest") },
    digest: sha256(canonicalJson(manifest.files)),
    coverage: { namespace: manifest.namespace, classes, structs, enums, generated, handWritten, unsupported, left: [...left] },
  };
}

function summaryOf(manifest: ShimManifest): string {
  const coverage = coverageOf(manifest);
  const items = coverage.generated + coverage.handWritten + coverage.unsupported;
  return `${manifest.namespace}: ${percent(coverage)} of ${plural(items, "item")} generated, ${coverage.handWritten} by hand, ${coverage.unsupported} left`;
}

function bodyNeed(project: Project, byHand: string, file: string): Need {
  const from = (path: string): string => relative(project.root, path);
  return {
    what: `${from(join(byHand, file))} is not there: it gives the surface's functions by hand their bodies. Start from the stub`,
    command: shellLine(["cp", from(join(project.paths.shim, STUBS, file)), from(join(byHand, file))]),
  };
}
