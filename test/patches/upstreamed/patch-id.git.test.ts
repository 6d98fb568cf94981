/** Patch ids are those that git computes: of texts, binary files, modes, links, submodules and odd names. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";

import { patchIds } from "../../../src/git/patch-ids.js";
import { generateHistory } from "../stack/history.js";

describe("patch ids", () => {
  it.each([101, 102, 103, 104, 105, 106])("are those of git patch-id --stable (history %i)", async (seed) => {
    const { path, git } = generateHistory(seed);
    const commits = git("rev-list", "--no-merges", "old", "new", "tip").trim().split("\n");
    const own = await patchIds({ path: `${path}/.git` }, commits);
    expect(own.size).toBeGreaterThan(2);
    for (const commit of commits) {
      const diff = execFileSync(
        "git",
        ["-c", "core.quotePath=false", "diff-tree", "--root", "-r", "-p", "--full-index", "--no-renames", commit],
        { cwd: path },
      );
      const told = execFileSync("git", ["patch-id", "--stable"], { cwd: path, input: diff, encoding: "utf8" });
      expect([commit, own.get(commit) ?? ""]).toEqual([commit, told.split(" ")[0]]);
    }
  });
});
