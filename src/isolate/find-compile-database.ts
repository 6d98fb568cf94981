/** Owns where a tree's compile database is looked for. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { exists } from "../support/fs.js";

const NAME = "compile_commands.json";

/** Folders that builds go to: by CMake's, Meson's, GN's and Bazel's customs. */
const BUILD_FOLDER = /^(?:build|builddir|out|_build|cmake-build-.*|build[-_].*|bazel-out)$/;

/** The path of the first `compile_commands.json` in the tree, its build folders or one level below these; undefined when there is none. */
export async function findCompileDatabase(tree: string): Promise<string | undefined> {
  const folders = (await foldersIn(tree)).filter((name) => BUILD_FOLDER.test(name)).map((name) => join(tree, name));
  const below = await Promise.all(folders.map(async (folder) => (await foldersIn(folder)).map((name) => join(folder, name))));
  for (const folder of [tree, ...folders, ...below.flat()]) if (await exists(join(folder, NAME))) return join(folder, NAME);
  return undefined;
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}
