/** Owns the entry to building flavors: the own way or the user's own build system, as the description says. */
import { join } from "node:path";

import { FLAVORS, type FlavorBuildResult } from "../model/build.js";
import { buildFlavorByCommands } from "./commands/build-commands.js";
import { buildOwnFlavors } from "./own/build-own.js";
import type { FlavorOutcome, FlavorRequest, FlavorsOutcome, FlavorsRequest } from "./requests.js";

/**
 * Builds one flavor's static archive in `request.out`. Compile errors are data.
 *
 * @throws UnforkError `tool-missing`, `config-invalid`, `input-missing`, `disk`
 */
export async function buildFlavor(request: FlavorRequest): Promise<FlavorOutcome> {
  const { description, flavor, tree, originalTree } = request;
  if (description.system === "commands") return buildFlavorByCommands({ ...request, description });
  const outcome = await buildOwnFlavors({ ...request, description, trees: { [flavor]: { tree, originalTree } } }, () => "");
  if (outcome.status === "failed") return outcome;
  const [result] = outcome.results;
  if (result === undefined) throw new Error("a flavor was built without a result");
  return { status: "built", result };
}

/** Builds all flavors in `request.trees`, the own way with one ninja for all. Each lies in `request.out`/<flavor>. */
export async function buildFlavors(request: FlavorsRequest): Promise<FlavorsOutcome> {
  const { description } = request;
  if (description.system === "own") return buildOwnFlavors({ ...request, description }, (flavor) => flavor);
  const results: FlavorBuildResult[] = [];
  for (const flavor of FLAVORS) {
    const trees = request.trees[flavor];
    if (trees === undefined) continue;
    const outcome = await buildFlavorByCommands({ ...request, ...trees, description, flavor, out: join(request.out, flavor) });
    if (outcome.status === "failed") return outcome;
    results.push(outcome.result);
  }
  return { status: "built", results };
}
