/** Owns the opening of a repository that is somebody's own: its git directory, and what kind of repository it is. */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";

import { UnforkError } from "../support/errors.js";
import { run } from "../support/exec.js";
import { gitFailure } from "./errors.js";
import { type Repository, gitEnvironment } from "./git.js";

/** A repository with or without work trees. */
export interface ExistingRepository {
  readonly repository: Repository;
  /** Folder of its objects, shared by all its work trees. */
  readonly objects: string;
  /** Its history is cut off somewhere (`git clone --depth`). */
  readonly shallow: boolean;
}

/**
 * Finds the repository that `path` lies in; nothing in it is touched.
 * Throws `input-missing` for no such folder, `input-invalid` for no repository or one of SHA-256.
 */
export async function openExisting(path: string): Promise<ExistingRepository> {
  const plain = plainRepository(path) ?? plainRepository(join(path, ".git"));
  if (plain !== undefined) return plain;
  if (!existsSync(path))
    throw new UnforkError("input-missing", `there is no folder ${path}`, { hint: "name a git repository with --repo" });
  const questions = ["--absolute-git-dir", "--path-format=absolute", "--git-common-dir", "--is-shallow-repository", "--show-object-format"];
  const command = { command: "git", args: ["-C", path, "rev-parse", ...questions], env: userEnvironment() };
  const result = await run(command);
  if (result.code !== 0) throw notARepository(path, gitFailure(command, result));
  const [gitFolder = "", common = "", shallow = "", format = ""] = result.stdout.toString("utf8").trimEnd().split("\n");
  if (format !== "sha1") {
    throw new UnforkError("input-invalid", `${path} is a repository of ${format} objects; only sha1 is known here`, {
      hint: "use a clone with sha1 objects",
    });
  }
  return { repository: { path: gitFolder }, objects: join(common, "objects"), shallow: shallow === "true" };
}

/**
 * A git directory of the usual form, without asking git: with objects of its own, and none but the oldest format. See
 * gitrepository-layout(5).
 */
function plainRepository(path: string): ExistingRepository | undefined {
  if (!["HEAD", "objects", "refs", "config"].every((name) => existsSync(join(path, name)))) return undefined;
  if (existsSync(join(path, "commondir")) || /objectformat|refstorage/i.test(readFileSync(join(path, "config"), "latin1")))
    return undefined;
  const folder = realpathSync(path);
  return { repository: { path: folder }, objects: join(folder, "objects"), shallow: existsSync(join(folder, "shallow")) };
}

/** The user's own settings count for the question whether this repository may be read (safe.directory). */
function userEnvironment(): Record<string, string | undefined> {
  const { GIT_CONFIG_GLOBAL: _global, GIT_CONFIG_NOSYSTEM: _system, ...rest } = gitEnvironment();
  return rest;
}

function notARepository(path: string, cause: UnforkError): UnforkError {
  const ownership = /dubious ownership|safe\.directory/.test(cause.message);
  const hint = ownership ? `git config --global --add safe.directory ${path}` : "name a git repository with --repo";
  const what = ownership ? "belongs to another user" : "is not a git repository";
  return new UnforkError("input-invalid", `${path} ${what}`, { hint, cause, context: { path } });
}
