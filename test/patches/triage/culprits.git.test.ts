/** The commit that a port blames is the first with which real git cannot merge the patch: each commit of upstream is tried. */
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

import type { PatchOutcome } from "../../../src/model/patch.js";
import { portAlone } from "../../../src/patches/alone/port-alone.js";
import { type GeneratedHistory, generateHistory } from "../stack/history.js";

const NEWS = 12;
const SEEDS = Array.from(
  { length: Number(process.env["UNFORK_HISTORIES"] ?? 16) },
  (_, at) => at + Number(process.env["UNFORK_SEED"] ?? 1),
);

let found = 0;

describe("a culprit", () => {
  it.each(SEEDS)("is the first commit on upstream's line with which the patch is in conflict (history %i)", async (seed) => {
    const history = generateHistory(seed, { news: NEWS, merges: false });
    const port = await portAlone({ repo: history.path, series: "old..tip", onto: "new", name: "port", dryRun: true });
    const left = new Set(port.patches.filter(({ status }) => status === "conflict" || status === "cascade").map(({ patch }) => patch));
    const line = history.git("rev-list", "--first-parent", "--reverse", "old..new").trim().split("\n");
    for (const outcome of port.patches.filter(({ status }) => status === "conflict")) {
      // What the patch builds on is in conflict, too: then there is no world that git makes by itself.
      if (outcome.evidence.some((sentence) => sentence.startsWith("it builds on"))) continue;
      // Git sees at first where the file went; the commit that moved it is named all the same.
      if (outcome.evidence.some((sentence) => sentence.includes(" moved it to "))) continue;
      for (const { file, upstreamCommit } of outcome.culprits) {
        const first = line.find((commit) => isInConflict(history, outcome, left, { commit, file }));
        expect({ patch: outcome.subject, file, commit: first }).toEqual({ patch: outcome.subject, file, commit: upstreamCommit });
        found++;
      }
    }
  });

  it("was found among these", () => {
    expect(found).toBeGreaterThan(10);
  });
});

/** The patches before it that are not in conflict on a commit of upstream, then the patch: whether the file, or what it was moved to, is in conflict. */
function isInConflict(
  history: GeneratedHistory,
  { patch }: PatchOutcome,
  left: ReadonlySet<string>,
  { commit, file }: { readonly commit: string; readonly file: string },
): boolean {
  const git = (...args: string[]) =>
    spawnSync("git", ["-c", "merge.directoryRenames=true", ...args], { cwd: history.path, encoding: "latin1" });
  git("checkout", "-q", "-f", "--detach", commit);
  const stack = history.git("rev-list", "--topo-order", "--reverse", "--no-merges", "old..tip").trim().split("\n");
  for (const earlier of stack.slice(0, stack.indexOf(patch)).filter((one) => !left.has(one))) {
    if (git("cherry-pick", "--allow-empty", "--keep-redundant-commits", "-X", "theirs", earlier).status !== 0) clear(git);
  }
  const clean = git("cherry-pick", "--allow-empty", "--keep-redundant-commits", patch).status === 0;
  const unmerged = git("ls-files", "-u", "-z").stdout;
  clear(git);
  return !clean && unmerged.includes(nameIn(file));
}

function clear(git: (...args: string[]) => unknown): void {
  git("cherry-pick", "--quit");
  git("reset", "-q", "--hard");
  git("clean", "-q", "-f", "-d", "-x");
}

/** The file's name as it is in bytes; one that is not UTF-8 is told in quotes. */
function nameIn(file: string): string {
  const name = file.slice(file.lastIndexOf("/") + 1);
  return file.startsWith('"') ? name.slice(0, -1).replace("\\351", "\xe9") : name;
}
