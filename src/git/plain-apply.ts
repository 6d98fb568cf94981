/** Owns the question whether a plain `git apply` of a difference would do on another tree. */
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { randomId } from "../support/random.js";
import { type Repository, git, gitOk } from "./git.js";

export interface PlainApply {
  /** Trees whose difference is applied. */
  readonly before: string;
  readonly after: string;
  /** Tree it is applied to. */
  readonly onto: string;
}

/** The tree that a plain apply gives (line offsets allowed as `git apply` allows them), or undefined when it refuses. */
export async function plainApply(repository: Repository, request: PlainApply): Promise<string | undefined> {
  const indexFile = join(repository.path, `unfork-index-${randomId()}`);
  try {
    const patch = await gitOk(repository, [
      "diff-tree",
      "-r",
      "-p",
      "--binary",
      "--full-index",
      "--no-renames",
      request.before,
      request.after,
    ]);
    await gitOk(repository, ["read-tree", request.onto], { indexFile });
    const applied = await git(repository, ["apply", "--cached", "--whitespace=nowarn", "-"], { indexFile, input: patch });
    if (applied.code !== 0) return undefined;
    return (await gitOk(repository, ["write-tree"], { indexFile })).toString("latin1").trim();
  } finally {
    await Promise.all([rm(indexFile, { force: true }), rm(`${indexFile}.lock`, { force: true })]);
  }
}
