/** Owns the paths of a ninja folder: everything is named relative to it, so that no machine's path gets into an object. */
import { stat } from "node:fs/promises";
import { join, relative } from "node:path";

import { UnforkError } from "../../support/errors.js";
import { nearestFolder } from "./nearest-folder.js";

/** `path` (absolute) as seen from `folder` (absolute); "." for itself. */
export function seenFrom(folder: string, path: string): string {
  const seen = relative(folder, path);
  return seen === "" ? "." : seen;
}

/** `-I` arguments for roots below `base`, as seen from the ninja folder. Throws `config-invalid` for a root that does not exist. */
export async function includeArguments(ninjaFolder: string, base: string, roots: readonly string[], key: string): Promise<string[]> {
  const found: string[] = [];
  for (const root of roots) {
    if (!(await isFolder(join(base, root)))) throw await missingRoot(base, root, key);
    found.push(`-I${seenFrom(ninjaFolder, join(base, root))}`);
  }
  return found;
}

/**
 * Arguments that make objects the same in whatever folder they are built: `__FILE__` and debug paths are written
 * relative to the tree (or to the config's folder), dates are constant. Of two matching maps the later wins with
 * gcc and the longer with clang: so the tree's comes last.
 */
export function sameEverywhere(ninjaFolder: string, bases: readonly string[], debug: boolean): string[] {
  const maps = bases.map((base) => `-ffile-prefix-map=${seenFrom(ninjaFolder, base)}/=`);
  if (debug) maps.unshift(`-ffile-prefix-map=${ninjaFolder}=.`);
  return [
    ...maps,
    "-Wno-builtin-macro-redefined",
    '-D__DATE__="Jan  1 1970"',
    '-D__TIME__="00:00:00"',
    '-D__TIMESTAMP__="Thu Jan  1 00:00:00 1970"',
  ];
}

/** Whether these flags ask for debug information. */
export function asksForDebug(flags: readonly string[]): boolean {
  return flags.some((flag) => /^-g(?!0$)/.test(flag));
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function missingRoot(base: string, root: string, key: string): Promise<UnforkError> {
  return new UnforkError("config-invalid", `${key}: the include root '${root}' is no folder in ${base}`, {
    hint: (await nearestFolder(base, root)) ?? "correct it or take it out",
    context: { key, root },
  });
}
