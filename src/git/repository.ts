/** Owns the making and opening of a patch repository: bare, SHA-1, ours alone. */
import { readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import { fileError } from "../support/errors.js";
import { run } from "../support/exec.js";
import { exists, removeLeftovers } from "../support/fs.js";
import { randomId } from "../support/random.js";
import { type Repository, gitCommand, gitEnvironment } from "./git.js";
import { gitFailure } from "./errors.js";
import { gitVersion } from "./version.js";

/**
 * Opens the bare repository at `path`, made when missing (by a temporary folder and one rename).
 * Throws `tool-missing` for a git older than 2.38, `state-invalid` for a folder that is no repository.
 */
export async function openRepository(path: string): Promise<Repository> {
  await gitVersion();
  if (!(await exists(path))) await create(path);
  const repository = { path };
  const command = gitCommand(repository, ["rev-parse", "--is-bare-repository"]);
  const result = await run(command);
  if (result.code !== 0) throw gitFailure(command, result);
  return repository;
}

/** Removes what killed runs left inside: half-written packs and temporary indexes. Only for the repository's one user. */
export async function tidyRepository(repository: Repository): Promise<void> {
  const packs = join(repository.path, "objects", "pack");
  const left = [...(await leftIn(packs, /^tmp_/)), ...(await leftIn(repository.path, /^unfork-index-|^fast_import_crash_/))];
  await Promise.all(left.map((path) => rm(path, { force: true })));
}

async function leftIn(folder: string, pattern: RegExp): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => pattern.test(name)).map((name) => join(folder, name));
}

async function create(path: string): Promise<void> {
  await removeLeftovers(dirname(path));
  const fresh = `${path}.${randomId()}.new`;
  const command = {
    command: "git",
    args: ["-c", "init.defaultBranch=main", "init", "--quiet", "--bare", "--object-format=sha1", "--template=", fresh],
    env: gitEnvironment(),
  };
  const result = await run(command);
  if (result.code !== 0) throw gitFailure(command, result);
  try {
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw fileError("write", path, error);
  }
}
