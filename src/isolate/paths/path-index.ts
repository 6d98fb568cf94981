/** Owns which files of a tree a path in an include line may mean, also through symbolic links to folders. */
import { posix } from "node:path";

import type { TreeFile } from "../engine/tree-files.js";

export interface PathIndex {
  /** The file that a path relative to the tree leads to. */
  readonly at: (path: string) => string | undefined;
  /** Every file whose path ends in this one: what some include root may lead to. */
  readonly endingIn: (path: string) => readonly string[];
}

export function createPathIndex(files: readonly TreeFile[]): PathIndex {
  const real = new Map(files.map(({ path }) => [path, path]));
  for (const { path, link } of files) if (link !== undefined) addAliases(path, link, files, real);
  const byName = new Map<string, string[]>();
  for (const path of real.keys()) {
    const name = posix.basename(path);
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [path]);
    else known.push(path);
  }
  return {
    at: (path) => real.get(path),
    endingIn: (written) => {
      const path = posix.normalize(written.replaceAll("\\", "/")).replace(/^(?:\.\.?\/)+/, "");
      const found = (byName.get(posix.basename(path)) ?? []).filter((file) => file === path || file.endsWith(`/${path}`));
      return [...new Set(found.map((file) => real.get(file) as string))];
    },
  };
}

/** A link to a folder of the tree gives every file below it a second path. */
function addAliases(path: string, link: string, files: readonly TreeFile[], real: Map<string, string>): void {
  const folder = `${posix.normalize(posix.join(posix.dirname(path), link))}/`;
  if (link.startsWith("/") || path.startsWith(folder)) return;
  for (const file of files) {
    if (file.path.startsWith(folder)) real.set(`${path}/${file.path.slice(folder.length)}`, file.path);
  }
}
