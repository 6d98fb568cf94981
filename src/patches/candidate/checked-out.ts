/** Owns the question which branches somebody has checked out. */
import { realpathSync } from "node:fs";

import { gitOk } from "../../git/git.js";
import type { ExistingRepository } from "../../git/open-existing.js";

/** With the work tree's folder. The HEAD of a bare repository has no files, and does not count. */
export async function checkedOut(
  { repository, common }: ExistingRepository,
  refs: readonly string[],
): Promise<{ ref: string; folder: string }[]> {
  const output = await gitOk(repository, ["for-each-ref", "--format=%(refname) %(worktreepath)", ...refs]);
  const bare = realpathSync(common);
  return output
    .toString("utf8")
    .split("\n")
    .map((line) => ({ ref: line.slice(0, line.indexOf(" ")), folder: line.slice(line.indexOf(" ") + 1) }))
    .filter(({ ref, folder }) => refs.includes(ref) && folder !== "" && folder !== bare);
}
