/** What a port in memory gives is what `git rebase` gives in a work tree, conflict for conflict and byte for byte. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import type { PatchPort } from "../../../src/model/patch.js";
import { portAlone } from "../../../src/patches/alone/port-alone.js";
import { type GeneratedHistory, generateHistory } from "./history.js";
import { rebase } from "./rebase.js";

/** Without the search for what upstream has already, of which rebase knows nothing. */
async function port({ path }: GeneratedHistory, upstreamed = false): Promise<PatchPort> {
  return await portAlone({ repo: path, series: "old..tip", onto: "new", name: "port", dryRun: upstreamed, upstreamed });
}

/** Whether `git apply` of the patch as it is, onto what its new commit stands on, gives the same tree. */
function isPlain({ path, git }: GeneratedHistory, { patch, commit }: { patch: string; commit: string }): boolean {
  const env = { ...process.env, GIT_INDEX_FILE: join(path, ".git", "plain-index") };
  const run = (args: string[], input?: Buffer) => spawnSync("git", args, { cwd: path, env, ...(input === undefined ? {} : { input }) });
  const diff = run(["diff-tree", "-p", "--binary", "--full-index", "--no-renames", `${patch}^`, patch]).stdout;
  run(["read-tree", `${commit}^`]);
  if (diff.length > 0 && run(["apply", "--cached", "--whitespace=nowarn"], diff).status !== 0) return false;
  return run(["write-tree"]).stdout.toString("latin1").trim() === git("rev-parse", `${commit}^{tree}`).trim();
}

const seen = new Map<string, number>();

describe("a port", () => {
  it.each(Array.from({ length: Number(process.env["UNFORK_HISTORIES"] ?? 24) }, (_, at) => at + Number(process.env["UNFORK_SEED"] ?? 1)))(
    "gives the tree of git rebase, and is in conflict where that is (history %i)",
    async (seed) => {
      const history = generateHistory(seed);
      const ported = await port(history);
      const rebased = rebase(history);
      const conflicts = ported.patches.filter(({ status }) => status === "conflict" || status === "cascade").map(({ patch }) => patch);
      if (rebased !== undefined) expect({ conflicts, tree: ported.tree }).toEqual({ conflicts: rebased.skipped, tree: rebased.tree });
      expect(history.git("rev-parse", "refs/unfork/port^{tree}").trim()).toBe(ported.tree);
      expect(history.git("fsck", "--full", "--no-dangling", "refs/unfork/port").trim()).toBe("");
      for (const { patch, status, commit } of ported.patches) {
        if (commit !== null && status !== "empty")
          expect([patch, isPlain(history, { patch, commit }) ? "clean" : "auto"]).toEqual([patch, status]);
      }
      if (rebased?.skipped.length === 0) expect((await port(history, true)).tree).toBe(rebased.tree);
      for (const { status } of ported.patches) seen.set(status, (seen.get(status) ?? 0) + 1);
    },
  );

  it("was clean, merged, empty and in conflict among these", () => {
    expect([...seen.keys()]).toEqual(expect.arrayContaining(["clean", "auto", "empty", "conflict"]));
  });
});
