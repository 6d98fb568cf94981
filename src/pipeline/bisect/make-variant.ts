/** Owns the making of a variant's program: features onto its tree, names isolated, library and program built, as in an upgrade. */
import { join } from "node:path";

import { buildFlavors } from "../../build/build-flavor.js";
import { buildProgram } from "../../build/build-program.js";
import { isolateTree } from "../../isolate/isolate-tree.js";
import type { BuildDescription, CompileError, Flavor, FlavorBuildResult, Mode } from "../../model/build.js";
import { FLAVORS } from "../../model/build.js";
import type { Candidate, FeatureOutcome } from "../../model/feature.js";
import type { FetchedTree } from "../../model/source.js";
import { applyFeatures } from "../../patches/apply-features.js";
import { byText } from "../../support/order.js";
import type { Project } from "../project.js";
import { buildOf, isolationPlanOf } from "../shared-modules.js";
import { shimFilesOf } from "../shim-places.js";
import type { StageContext } from "../stage.js";
import { shimStage } from "../stages/shim.js";
import type { Variant, Workshop } from "./variant.js";

export type Made = { readonly status: "built"; readonly executable: string } | { readonly status: "failed"; readonly why: string };

interface Trees {
  readonly from: FetchedTree;
  readonly to: FetchedTree;
}

export async function makeVariant(workshop: Workshop, variant: Variant, trees: Trees): Promise<Made> {
  const project = workedIn(workshop);
  const [from, to] = await withFeatures(project, variant, trees);
  if (from === undefined || to === undefined) throw new Error("the port gave no candidate for one of the releases");
  const wanted = variant.side === "from" ? from : to;
  const open = wanted.features.filter(({ status }) => status === "conflict");
  if (open.length > 0) return failed(`does not take the feature ${open.map(conflictWords).join(", ")}`);
  const whole = needsBoth(project);
  const sources = new Map<Flavor, Candidate>([[variant.recipe, wanted]]);
  if (whole) sources.set(otherThan(variant.recipe), variant.recipe === "latest" ? from : to);
  return await built(workshop, project, variant, sources);
}

/** A shim is generated from both flavors' headers, and a shared module is built by one of them: then both are needed. */
function needsBoth({ config }: Project): boolean {
  return config.shim !== undefined || config.shared.modules.length > 0;
}

function otherThan(flavor: Flavor): Flavor {
  return flavor === "latest" ? "legacy" : "latest";
}

function conflictWords({ name, conflicts }: FeatureOutcome): string {
  return `${name} (${conflicts.map(({ path }) => path).join(", ")})`;
}

/** The same project, but all that it makes lies in the workshop. */
function workedIn({ project, folder }: Workshop): Project {
  const own = (name: string): string => join(folder, "work", name);
  const paths = {
    ...project.paths,
    patches: own("patches.git"),
    conflicts: own("conflicts"),
    trees: own("trees"),
    isolated: own("isolated"),
    build: own("build"),
    shim: own("shim"),
  };
  return { ...project, paths };
}

async function withFeatures({ config, paths }: Project, { features }: Variant, { from, to }: Trees): Promise<readonly Candidate[]> {
  const { legacy, latest } = config.flavors;
  const ported = await applyFeatures({
    repository: paths.patches,
    releases: { from: { id: legacy.release, tree: from }, to: { id: latest.release, tree: to } },
    features,
    workFolder: paths.conflicts,
    treesFolder: paths.trees,
  });
  return ported.candidates;
}

async function built(workshop: Workshop, project: Project, variant: Variant, sources: ReadonlyMap<Flavor, Candidate>): Promise<Made> {
  const { jobs } = workshop;
  const description = launched(buildOf(project.config), workshop.launcher);
  const isolated = new Map<Flavor, string>();
  for (const [flavor, { path, release }] of sources) {
    const target = join(project.paths.isolated, flavor);
    await isolateTree({ flavor, release, source: path, target, plan: isolationPlanOf(project.config, flavor) });
    isolated.set(flavor, target);
  }
  const original = (flavor: Flavor): string => sources.get(flavor)?.path ?? "";
  const each = <T>(value: (flavor: Flavor, tree: string) => T): Partial<Record<Flavor, T>> =>
    Object.fromEntries(FLAVORS.flatMap((flavor) => (isolated.has(flavor) ? [[flavor, value(flavor, isolated.get(flavor) ?? "")]] : [])));
  const common = { description, root: project.root, jobs };
  const outcome = await buildFlavors({
    ...common,
    trees: each((flavor, tree) => ({ tree, originalTree: original(flavor) })),
    out: project.paths.build,
  });
  if (outcome.status === "failed") return failed(firstOf(outcome.errors));
  const shim = project.config.shim === undefined ? undefined : await generatedShim(project, workshop, isolated, outcome.results);
  if (typeof shim === "string") return failed(shim);
  const mode: Mode = sources.size > 1 ? "dual" : variant.recipe;
  const program = await buildProgram({
    ...common,
    mode,
    out: join(project.paths.build, "program"),
    trees: each((_flavor, tree) => tree),
    originalTrees: each(original),
    archives: each((flavor) => outcome.results.find((result) => result.flavor === flavor)?.archives ?? []),
    ...(shim === undefined ? {} : { shim }),
    relink: true,
  });
  return program.status === "failed" ? failed(firstOf(program.errors)) : { status: "built", executable: program.result.executable };
}

/** The files of the shim between the variant and the other flavor, or why there are none. */
async function generatedShim(
  project: Project,
  { jobs }: Workshop,
  isolated: ReadonlyMap<Flavor, string>,
  results: readonly FlavorBuildResult[],
) {
  const place = (flavor: Flavor) => ({ path: isolated.get(flavor) ?? "" });
  const resultOf = (flavor: Flavor) => results.find((result) => result.flavor === flavor) ?? null;
  const outputs: Record<string, unknown> = {
    isolate: { legacy: place("legacy"), latest: place("latest") },
    build: { legacy: resultOf("legacy"), latest: resultOf("latest") },
  };
  const output = (stage: string): never => outputs[stage] as never;
  const context: StageContext = { project, output, earlier: () => [], jobs, fetch: {}, settling: {}, startedAt: "" };
  const outcome = await shimStage.run(context);
  if (outcome.status !== "done") return outcome.summary;
  outputs["shim"] = outcome.output;
  return shimFilesOf(context);
}

function launched(description: BuildDescription, launcher: readonly string[]): BuildDescription {
  return description.system === "own" ? { ...description, launcher: [...launcher] } : description;
}

function firstOf(errors: readonly CompileError[]): string {
  const [first] = errors.toSorted((a, b) => byText(a.file, b.file));
  return first === undefined ? "does not build" : `does not build: ${first.file}:${first.line}: ${first.message}`;
}

function failed(why: string): Made {
  return { status: "failed", why };
}
