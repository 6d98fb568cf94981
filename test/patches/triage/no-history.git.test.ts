/** Where upstream has no history between the bases nobody is blamed, and the report says why. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { portAlone } from "../../../src/patches/alone/port-alone.js";
import { temporaryFolder } from "../../helpers/temp.js";

function repository(): { readonly path: string; readonly git: (...args: string[]) => string; readonly commit: (text: string) => void } {
  const path = join(temporaryFolder(), "snapshots");
  execFileSync("git", ["init", "-q", "-b", "old", path]);
  const who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"];
  const git = (...args: string[]) => execFileSync("git", [...who, ...args], { cwd: path, encoding: "utf8" });
  const commit = (text: string) => {
    writeFileSync(join(path, "a.c"), text);
    git("add", "a.c");
    git("commit", "-q", "-m", text);
  };
  return { path, git, commit };
}

describe("a conflict between snapshots", () => {
  it("without a common commit has no culprits, and one sentence says why", async () => {
    const { path, git, commit } = repository();
    commit("one\ntwo\n");
    git("checkout", "-q", "-b", "tip");
    commit("one\nour two\n");
    git("checkout", "-q", "--orphan", "new");
    commit("one\nnew two\n");
    const { patches } = await portAlone({ repo: path, series: "old..tip", onto: "new", name: "port", dryRun: true });
    expect(patches.map(({ status, culprits }) => ({ status, culprits }))).toEqual([{ status: "conflict", culprits: [] }]);
    expect(patches[0]?.evidence).toEqual([
      "a.c: the patch and upstream change the same lines",
      "upstream's history does not lead from the old base to the new one, so no commit can be named",
    ]);
  });

  it("that stand on top of the stack is that of the one commit that brought the snapshot", async () => {
    const { path, git, commit } = repository();
    commit("one\ntwo\n");
    git("checkout", "-q", "-b", "tip");
    commit("one\nour two\n");
    git("checkout", "-q", "-b", "new");
    commit("one\nnew two\n");
    const { patches } = await portAlone({ repo: path, series: "old..tip", onto: "new", name: "port", dryRun: true });
    expect(patches[0]?.culprits.map(({ file, upstreamCommit }) => ({ file, upstreamCommit }))).toEqual([
      { file: "a.c", upstreamCommit: git("rev-parse", "new").trim() },
    ]);
  });
});
