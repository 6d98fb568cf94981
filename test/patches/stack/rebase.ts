/** Owns what `git rebase` makes of a series, to hold a port against. */
import { spawnSync } from "node:child_process";

import type { GeneratedHistory } from "./history.js";

const SETTINGS: readonly string[] = [
  "merge.directoryRenames=true",
  "core.quotePath=false",
  "advice.skippedCherryPicks=false",
  "user.name=Somebody",
  "user.email=somebody@example.org",
];

/**
 * `git rebase` with every conflict skipped: the final tree, and the commits that were skipped. Undefined where git cannot go on
 * itself (2.39 gives a file in the way of a submodule the null id; what it checks out may differ at once by its attributes).
 */
export function rebase({ path, git }: GeneratedHistory): { tree: string; skipped: string[] } | undefined {
  const settings = SETTINGS.flatMap((setting) => ["-c", setting]);
  const run = (...args: string[]) => spawnSync("git", [...settings, ...args], { cwd: path, encoding: "latin1" });
  const skipped: string[] = [];
  git("checkout", "-q", "-f", "--detach", "tip");
  let result = run("rebase", "-q", "--onto", "new", "old");
  while (result.status !== 0) {
    const head = run("rev-parse", "--verify", "REBASE_HEAD");
    if (/invalid object 160000 0{40}|cannot rebase: You have unstaged changes|would be overwritten by merge/.test(result.stderr))
      return undefined;
    if (head.status !== 0) throw new Error(result.stderr);
    skipped.push(head.stdout.trim());
    if (skipped.length > 50) throw new Error(`rebase does not end: ${result.stderr}`);
    run("clean", "-q", "-f", "-d", "-x");
    result = run("rebase", "--skip");
  }
  return { tree: git("rev-parse", "HEAD^{tree}").trim(), skipped };
}
