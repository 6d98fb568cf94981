/** Owns the dependencies that a tree declares: keys of its DEPS file with their revisions, and git submodules. */
import { join } from "node:path";

import type { Dependency } from "../model/dependencies.js";
import { UnforkError } from "../support/errors.js";
import { readTextIfThere } from "../support/fs.js";
import { parseDeps } from "./deps-file.js";
import { depsPin } from "./deps-pin.js";

export async function declaredDependencies(tree: string): Promise<Dependency[]> {
  const [deps, modules] = [await readTextIfThere(join(tree, "DEPS")), await readTextIfThere(join(tree, ".gitmodules"))];
  return [...(deps === undefined ? [] : fromDeps(deps)), ...(modules === undefined ? [] : fromModules(modules))];
}

/** Every key; one that pins no git repository (a package) without its revision. */
function fromDeps(text: string): Dependency[] {
  return [...parseDeps(text).deps.keys()].map((name) => ({ name, how: "DEPS" as const, at: revisionOf(text, name) }));
}

function revisionOf(text: string, name: string): string {
  try {
    return depsPin(text, name).revision;
  } catch (error) {
    if (error instanceof UnforkError && error.code === "input-invalid") return "";
    throw error;
  }
}

/** `path = …` below `[submodule "…"]`; the commit stands in the tree's own git objects, which a release's tree has no more. */
function fromModules(text: string): Dependency[] {
  return [...text.matchAll(/^\s*path\s*=\s*(.+?)\s*$/gm)].map((match) => ({ name: match[1] ?? "", how: "submodule" as const, at: "" }));
}
