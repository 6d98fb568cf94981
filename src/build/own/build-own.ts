/** Owns the two deeds of the own way: a flavor's (or both flavors') archive, and a mode's program. */
import { rm } from "node:fs/promises";
import { join } from "node:path";

import type { Flavor, FlavorBuildResult, OwnBuild } from "../../model/build.js";
import { FLAVORS } from "../../model/build.js";
import { compileErrors } from "../errors/compile-errors.js";
import type { BuildFailed, FlavorTree, FlavorsOutcome, FlavorsRequest, ProgramOutcome, ProgramRequest } from "../requests.js";
import { programSize } from "../size.js";
import { compileDatabaseText } from "./compile-database.js";
import { beginRun, runEnded } from "./foreign-runs.js";
import { type BuildGraph, joinGraphs } from "./graph.js";
import { type LibraryPlan, planLibrary } from "./library.js";
import { type FailedStep, runNinja } from "./ninja-run.js";
import { checkTools, jobsOf, writeIfChanged, writeNinjaFolder } from "./prepare.js";
import { planProgram } from "./program.js";
import { settleTimes } from "./same-inputs.js";

type Own<Request> = Omit<Request, "description"> & { readonly description: OwnBuild };

/** Where a flavor's outputs lie below `out`. */
export type Below = (flavor: Flavor) => string;

/** Compiles and archives the flavors in `request.trees` with one ninja. */
export async function buildOwnFlavors(request: Own<FlavorsRequest>, below: Below): Promise<FlavorsOutcome> {
  const { description, root, out } = request;
  const toolchain = await checkTools(description);
  const plans: LibraryPlan[] = [];
  const recordOf = (flavor: Flavor): string => join(out, `inputs-${flavor}.json`);
  await beginRun(out, FLAVORS.map(recordOf));
  for (const [flavor, { tree }] of treesOf(request)) {
    const places = { ninjaFolder: out, below: below(flavor), tree, root, launched: description.launcher.length > 0 };
    plans.push(await planLibrary(flavor, description.flavors[flavor], places));
    await settleTimes(tree, recordOf(flavor));
  }
  const graph = joinGraphs(plans.map((plan) => ({ ...plan, archives: [plan.archive], links: [] })));
  await writeNinjaFolder({ folder: out, file: "build.ninja" }, graph, description, toolchain);
  for (const plan of plans)
    await writeIfChanged(databasePath(out, below(plan.flavor)), compileDatabaseText(plan.compiles, description, out));
  const label = `compile ${plans.map((plan) => plan.flavor).join(" and ")}`;
  const failed = await runNinja({ folder: out, file: "build.ninja", jobs: jobsOf(request), label });
  await runEnded(out);
  if (failed.length > 0) return failedBuild(failed, graph, request, treesOf(request));
  return { status: "built", results: plans.map((plan) => libraryResult(plan, out, below)) };
}

/** Compiles the program's sources and the adapters of the mode's flavors, and links them with the archives. */
export async function buildOwnProgram(request: Own<ProgramRequest>): Promise<ProgramOutcome> {
  const { description, root, out, mode, trees, archives, shim } = request;
  const toolchain = await checkTools(description);
  const plan = await planProgram(mode, description, { ninjaFolder: out, root, trees, archives, shim });
  if (shim !== undefined) await settleTimes(shim.folder, join(out, "inputs-shim.json"));
  const graph: BuildGraph = { files: plan.files, precompiles: [], compiles: plan.compiles, archives: [], links: [plan.link] };
  const executable = join(out, plan.link.executable);
  await writeNinjaFolder({ folder: out, file: `${mode}.ninja` }, graph, description, toolchain);
  await writeIfChanged(databasePath(out, mode), compileDatabaseText(plan.compiles, description, out));
  if (request.relink === true) await rm(executable, { force: true });
  const failed = await runNinja({ folder: out, file: `${mode}.ninja`, jobs: jobsOf(request), label: `program ${mode}` });
  if (failed.length > 0) return failedBuild(failed, graph, request, programTrees(request));
  return { status: "built", result: { mode, executable, size: await programSize(mode, executable) } };
}

function treesOf(request: Pick<FlavorsRequest, "trees">): [Flavor, FlavorTree][] {
  return FLAVORS.flatMap((flavor) => {
    const tree = request.trees[flavor];
    return tree === undefined ? [] : [[flavor, tree] as [Flavor, FlavorTree]];
  });
}

/** Both trees of each flavor in a program's request. */
export function programTrees(request: Pick<ProgramRequest, "trees" | "originalTrees">): [Flavor, FlavorTree][] {
  return FLAVORS.flatMap((flavor) => {
    const tree = request.trees[flavor];
    if (tree === undefined) return [];
    return [[flavor, { tree, originalTree: request.originalTrees[flavor] ?? tree }] as [Flavor, FlavorTree]];
  });
}

function libraryResult(plan: LibraryPlan, out: string, below: Below): FlavorBuildResult {
  return {
    flavor: plan.flavor,
    archives: [join(out, plan.archive.archive)],
    compileDatabase: databasePath(out, below(plan.flavor)),
    objects: plan.compiles.length,
  };
}

function databasePath(out: string, below: string): string {
  return join(out, below, "compile_commands.json");
}

async function failedBuild(
  failed: readonly FailedStep[],
  graph: BuildGraph,
  request: { readonly root: string; readonly out: string },
  trees: readonly [Flavor, FlavorTree][],
): Promise<BuildFailed> {
  const sources = new Map([
    ...graph.compiles.map((step) => [step.object, step.source] as const),
    ...graph.precompiles.map((step) => [step.output, step.header] as const),
  ]);
  const steps = failed.map((step) => ({ command: step.command, text: step.text, source: sources.get(step.output) ?? step.output }));
  return { status: "failed", errors: await compileErrors(steps, { folder: request.out, root: request.root, trees }) };
}
