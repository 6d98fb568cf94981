/** Owns the two worlds that tell whose fault a conflict is, made by real git in a work tree: a slow second opinion for tests. */
import { spawnSync } from "node:child_process";

import type { GeneratedHistory } from "../stack/history.js";

const SETTINGS = ["merge.directoryRenames=true", "core.quotePath=false"].flatMap((setting) => ["-c", setting]);

type Git = (...args: string[]) => { readonly status: number | null; readonly stdout: string; readonly stderr: string };

function gitIn({ path }: GeneratedHistory): Git {
  return (...args) => spawnSync("git", [...SETTINGS, ...args], { cwd: path, encoding: "latin1" });
}

/** Commits of the stack, oldest first. */
export function stackOf(history: GeneratedHistory): string[] {
  return history.git("rev-list", "--topo-order", "--reverse", "--no-merges", "old..tip").trim().split("\n");
}

/** Patches that are in conflict when each conflict before them is settled in favour of its patch. */
export function stillInConflict(history: GeneratedHistory): string[] {
  const git = gitIn(history);
  git("checkout", "-q", "-f", "--detach", "new");
  return stackOf(history).filter((patch) => {
    if (pick(git, patch)) return false;
    reset(git);
    if (!pick(git, patch, "-X", "theirs")) settleRest(git, history.path);
    return true;
  });
}

/** Patches that are in conflict with the old base when all of `left` are missing there. */
export function inConflictApart(history: GeneratedHistory, left: readonly string[]): string[] {
  const git = gitIn(history);
  git("checkout", "-q", "-f", "--detach", "old");
  return stackOf(history).filter((patch) => {
    const head = git("rev-parse", "HEAD").stdout.trim();
    const clean = pick(git, patch);
    if (!clean || left.includes(patch)) reset(git, head);
    return !clean;
  });
}

function pick(git: Git, patch: string, ...more: string[]): boolean {
  return git("cherry-pick", "--allow-empty", "--keep-redundant-commits", ...more, patch).status === 0;
}

function reset(git: Git, to = "HEAD"): void {
  git("cherry-pick", "--quit");
  git("reset", "-q", "--hard", to);
  git("clean", "-q", "-f", "-d", "-x");
}

/** What git cannot settle by lines: the patch's file, or none where it has none. */
function settleRest(git: Git, cwd: string): void {
  const stages = git("ls-files", "-u", "-z")
    .stdout.split("\0")
    .filter((line) => line !== "");
  const paths = new Set(stages.map((line) => line.slice(line.indexOf("\t") + 1)));
  const none = "0".repeat(40);
  const lines = [...paths].map((path) => {
    const [mode = "0", id = none] = stages.find((line) => line.endsWith(`\t${path}`) && / 3\t/.test(line))?.split(" ") ?? [];
    return `0 ${none}\t${path}\0${mode === "0" ? "" : `${mode} ${id}\t${path}\0`}`;
  });
  const input = Buffer.from(lines.join(""), "latin1");
  spawnSync("git", ["update-index", "-z", "--index-info"], { cwd, input });
  const done = git("-c", "core.editor=true", "commit", "-q", "--allow-empty", "-m", "settled");
  if (done.status !== 0) throw new Error(`a conflict could not be settled: ${done.stderr}`);
  git("cherry-pick", "--quit");
  git("reset", "-q", "--hard", "HEAD");
  git("clean", "-q", "-f", "-d", "-x");
}
