/** Owns the plan of a codemod: every call site of an application, with the edits of each file. Nothing is written. */
import { readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";

import type { ShimManifest } from "../../model/shim-manifest.js";
import { fileError } from "../../support/errors.js";
import { listFiles } from "../../support/fs.js";
import { anyNameGlob } from "../../support/glob.js";
import { createFacts, gatherFacts } from "./app-facts.js";
import { type Collision, collidingWords, collisionsIn } from "./collisions.js";
import { sortedEdits } from "./edits.js";
import { findSites } from "./find-sites.js";
import { headerMap } from "./header-map.js";
import { type IncludeGraph, includeGraph } from "./include-graph.js";
import { type ShimNames, shimNames } from "./shim-names.js";
import type { Edit, FileSites } from "./site.js";
import { isCode, sourceReader } from "./source-text.js";

export interface PlanRequest {
  readonly app: string;
  readonly manifest: ShimManifest;
  /** The folder of the manifest: its files are no call sites. */
  readonly shimFolder: string;
  /** Globs over paths that are not read. */
  readonly exclude: readonly string[];
}

export interface PlannedFile extends FileSites {
  readonly file: string;
  readonly bytes: Buffer;
  readonly edits: readonly Edit[];
}

export interface CodemodPlan {
  readonly shim: ShimNames;
  /** Files that hold a site, a flavor's name or a name of the shim, in order. */
  readonly files: readonly PlannedFile[];
  readonly read: number;
  readonly graph: IncludeGraph;
  readonly collisions: readonly Collision[];
}

/** Reads all code below the application. Throws `input-missing` and `disk`. */
export async function planCodemod({ app, manifest, shimFolder, exclude }: PlanRequest): Promise<CodemodPlan> {
  const shim = shimNames(manifest);
  const isExcluded = exclude.length === 0 ? () => false : anyNameGlob(exclude);
  const skipped = relative(resolve(app), resolve(shimFolder)).split(sep).join("/");
  const isShim = (path: string): boolean => skipped !== "" && !skipped.startsWith("..") && path.startsWith(`${skipped}/`);
  const paths = (await listFiles(app)).filter((path) => isCode(path) && !isShim(path) && !isExcluded(path));
  const facts = createFacts();
  const read = sourceReader();
  const wanted = collidingWords(shim);
  const words = new Set([...shim.inNamespace.values()].flat().map((name) => name.slice(name.lastIndexOf(":") + 1)));
  const isWanted = (name: string): boolean =>
    shim.globals.has(name) || shim.missingGlobals.has(name) || wanted.has(name) || words.has(name);
  for (const path of paths) gatherFacts(read(path, bytesOf(app, path)), shim, isWanted, facts);
  const headerOf = headerMap(shim);
  const graph = includeGraph(facts, (path) => headerOf(path)?.sure === true);
  const files = paths.flatMap((file): PlannedFile[] => {
    const bytes = bytesOf(app, file);
    const found = findSites(read(file, bytes), { shim, facts, graph, headerOf });
    if (found.sites.length + found.flavors.length + found.already === 0) return [];
    return [{ file, bytes, ...found, edits: sortedEdits(found.sites.flatMap(({ edits }) => edits)) }];
  });
  return { shim, files, read: paths.length, graph, collisions: collisionsIn(facts, shim) };
}

function bytesOf(app: string, path: string): Buffer {
  try {
    return readFileSync(join(app, path));
  } catch (error) {
    throw fileError("read", join(app, path), error);
  }
}
