/** Owns the way from a project's isolated trees to the two snapshots that its shim is generated from. */
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { glob } from "tinyglobby";

import type { SnapshotOptions } from "../api/snapshot/take-snapshot.js";
import { takeSnapshot } from "../api/snapshot/take-snapshot.js";
import type { ApiSnapshot } from "../model/api-snapshot.js";
import type { Flavor } from "../model/build.js";
import type { ShimSurface } from "../model/shim-surface.js";
import type { ShimConfig } from "../model/shim-config.js";
import { UnforkError } from "../support/errors.js";
import { byText } from "../support/order.js";
import { parseArguments } from "../toolchain/parse-arguments.js";
import { buildOf } from "./shared-modules.js";
import type { Project } from "./project.js";

export interface FlavorPlace {
  readonly flavor: Flavor;
  /** The isolated tree. */
  readonly tree: string;
  /** Of the user's own build system, which says there how the tree is compiled. */
  readonly compileDatabase: string | null;
}

/** Throws `input-invalid` for headers that do not compile, `input-missing` for one that is not there, each with the keys to look at. */
export async function flavorSnapshot(
  project: Project,
  shim: ShimConfig,
  surface: Pick<ShimSurface, "instances" | "map">,
  place: FlavorPlace,
): Promise<ApiSnapshot> {
  try {
    const instances = { texts: surface.instances, flavors: [place.flavor], map: surface.map };
    return await takeSnapshot({ ...(await snapshotRequest(project, shim, place)), instances });
  } catch (error) {
    if (!(error instanceof UnforkError) || !["input-invalid", "input-missing", "usage"].includes(error.code)) throw error;
    throw new UnforkError("input-invalid", `the ${place.flavor} flavor's headers for the shim: ${error.message}`, {
      hint: hintFor(project, place),
      context: { key: `shim.headers.${place.flavor}`, tree: place.tree },
      cause: error,
    });
  }
}

function hintFor(project: Project, { flavor }: FlavorPlace): string {
  const roots = `shim.includeRoots.${flavor} or shim.flags.${flavor}`;
  return project.config.build.system === "own"
    ? `correct shim.headers.${flavor}, or the include roots and defines they are read with: build.flavors.${flavor}, ${roots}`
    : `correct shim.headers.${flavor}, or what they are read with: build.flavor.compileDatabase, ${roots}`;
}

async function snapshotRequest(project: Project, shim: ShimConfig, place: FlavorPlace): Promise<SnapshotOptions> {
  const { flavor, tree } = place;
  const build = buildOf(project.config);
  const library = build.system === "own" ? build.flavors[flavor] : undefined;
  const below = [...(library?.includeRoots ?? []), ...shim.includeRoots[flavor]].map((root) => resolve(tree, root));
  const own = (library?.ownIncludeRoots ?? []).map((root) => join(project.root, root));
  const forLanguage = (shim.language === "c" ? library?.cflags : library?.cxxflags) ?? [];
  const defines = (library?.defines ?? []).map((define) => `-D${define}`);
  const words = [...defines, ...parsed([...(library?.flags ?? []), ...forLanguage, ...shim.flags[flavor]])];
  const standard = words.findLast((word) => word.startsWith("-std="))?.slice("-std=".length);
  return {
    headers: (await Promise.all(shim.headers[flavor].map((pattern) => inTree(pattern, tree)))).flat(),
    roots: innermostFirst(below),
    includes: [...own, ...below],
    flags: words.filter((word) => !word.startsWith("-std=")),
    language: shim.language,
    standard,
    compileCommands: place.compileDatabase ?? undefined,
    keepGoing: false,
  };
}

/** Those flags that say how a header reads. */
function parsed(flags: readonly string[]): string[] {
  return parseArguments(["c++", ...flags], "").slice(3, -1);
}

/** A file's name in the snapshot is relative to the first root that holds it. */
function innermostFirst(folders: readonly string[]): string[] {
  return folders.toSorted((a, b) => b.split("/").length - a.split("/").length);
}

/** The files that a path or glob names in the tree; else itself, to be looked for in the include roots. */
async function inTree(pattern: string, tree: string): Promise<string[]> {
  const path = join(tree, pattern);
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (isFile) return [path];
  const found = /[*?[{]/.test(pattern) ? await glob(pattern, { cwd: tree, absolute: true, onlyFiles: true }) : [];
  return found.length === 0 ? [pattern] : found.toSorted(byText);
}
