/**
 * Holds roots and cascades of a real series against real git: `git cherry-pick` in a clone, one patch after the other, each conflict
 * settled before the next. Settled in favour of the patch (`theirs`), or as people settled it (a branch on the new base whose commits have
 * the same subjects; a patch that is not there is left out). Prints how many of each status applied.
 * Usage: node bench/patch-triage-worlds.mjs REPO OLD..TIP ONTO [PEOPLE]
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const UNFORK = join(import.meta.dirname, "../bin/unfork.js");
const SETTINGS = ["user.name=Somebody", "user.email=somebody@example.org", "merge.directoryRenames=true", "core.editor=true"];

const [repo, series, onto, people] = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), "unfork-bench-"));
const clone = join(scratch, "clone");
try {
  execFileSync("git", ["clone", "-q", "--shared", repo, clone]);
  const port = spawnSync(
    process.execPath,
    [UNFORK, "patch", "port", "--repo", repo, "--series", series, "--onto", onto, "--dry-run", "--json"],
    {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    },
  );
  const { patches, onto: newBase } = JSON.parse(port.stdout);
  const settlement = people === undefined ? new Map() : peopleCommits();
  git("checkout", "-q", "-f", "--detach", newBase);
  const counts = {};
  for (const { patch, subject, status } of patches) {
    const applies = pick(patch);
    const key = `${status} ${applies ? "applies" : "is in conflict"}`;
    counts[key] = (counts[key] ?? 0) + 1;
    if (applies) continue;
    if (people === undefined) inFavour(patch);
    else settle(settlement.get(subject));
  }
  console.log(counts);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function git(...args) {
  return spawnSync("git", [...SETTINGS.flatMap((setting) => ["-c", setting]), ...args], {
    cwd: clone,
    encoding: "latin1",
    maxBuffer: 2 ** 28,
  });
}

function peopleCommits() {
  const args = ["-C", repo, "log", "--format=%H %s", people, `^${onto}`];
  const lines = execFileSync("git", args, { encoding: "utf8", maxBuffer: 2 ** 28 })
    .trim()
    .split("\n");
  return new Map(lines.map((line) => [line.slice(41), line.slice(0, 40)]));
}

function pick(patch, ...more) {
  return git("cherry-pick", "--allow-empty", "--keep-redundant-commits", ...more, patch).status === 0;
}

function clear() {
  git("cherry-pick", "--quit");
  git("reset", "-q", "--hard");
  git("clean", "-q", "-f", "-d", "-x");
}

function inFavour(patch) {
  clear();
  if (!pick(patch, "-X", "theirs")) settle(patch);
}

/** The files in conflict as a commit has them; without one the patch is left out. */
function settle(commit) {
  if (commit === undefined) return clear();
  const stages = git("ls-files", "-u", "-z")
    .stdout.split("\0")
    .filter((line) => line !== "");
  for (const path of new Set(stages.map((line) => line.slice(line.indexOf("\t") + 1)))) {
    const [mode, , id] = git("ls-tree", commit, "--", path).stdout.split(/\s+/);
    git("update-index", "--force-remove", "--", path);
    if (id !== undefined) git("update-index", "--add", "--cacheinfo", `${mode},${id},${path}`);
  }
  if (git("commit", "-q", "--allow-empty", "-m", "settled").status !== 0) throw new Error("a conflict could not be settled");
  clear();
}
