/** What the in-memory port gives is what `git rebase` gives in a work tree: the same trees, and conflicts at the same features. */
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { seededRandom } from "../../src/support/random.js";
import { type Files, fates, patchProject } from "./patch-project.js";

const LINES = 24;

/** A release and one that follows: lines changed, put in and taken out, files moved, removed and added. */
function history(random: () => number): { from: Files; to: Files } {
  const from = Object.fromEntries(Array.from({ length: 5 }, (_, file) => [`d${file % 2}/f${file}.cc`, textOf(linesOf(file))]));
  const to: Record<string, string> = { "added.cc": "new upstream\n" };
  for (const [path, text] of Object.entries(from)) {
    if (random() < 0.1) continue;
    to[random() < 0.3 ? `moved/${path}` : path] = edited(text, random, "theirs");
  }
  return { from, to };
}

function linesOf(file: number): string[] {
  return Array.from({ length: LINES }, (_, line) => `file ${file} line ${line}`);
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

function edited(text: string, random: () => number, by: string): string {
  const lines = text.trimEnd().split("\n");
  const at = Math.floor(random() * LINES);
  const choice = random();
  if (choice < 0.25) lines.splice(at, 2);
  else if (choice < 0.5) lines.splice(at, 0, `put in by ${by}`, "twice");
  else if (choice < 0.8) lines[at] = `${lines[at]} changed by ${by}`;
  return textOf(lines);
}

function features(from: Files, random: () => number) {
  return Array.from({ length: 4 }, (_, index) => {
    const paths = Object.keys(from).filter((_path, file) => file === index || random() < 0.2);
    const files = Object.fromEntries(paths.map((path) => [path, edited(String(from[path]), random, `us ${index}`)]));
    const real = Object.fromEntries(Object.entries(files).filter(([path, text]) => text !== from[path]));
    return { name: `feature-${index}`, files: Object.keys(real).length > 0 ? real : { [`extra/${index}.h`]: "ours\n" } };
  });
}

const seen = new Set<string>();

describe("a port", () => {
  it.each([1, 2, 3, 4, 5, 6])("gives the trees of git rebase (history %i)", async (seed) => {
    const random = seededRandom(seed);
    const { from, to } = history(random);
    const project = patchProject({ from, to, features: features(from, random) });
    const outcomes = fates(await project.run());
    const work = join(project.root, "work");
    execFileSync("git", ["--git-dir", project.repository, "worktree", "add", "-q", "--detach", work, "base/M2"]);
    const settings = ["user.name=a", "user.email=a@b", "merge.directoryRenames=true"].flatMap((setting) => ["-c", setting]);
    const git = (...args: string[]) => spawnSync("git", [...settings, ...args], { cwd: work }).status;
    for (const [name, outcome] of Object.entries(outcomes)) {
      seen.add(outcome.status);
      git("checkout", "-q", "--detach", `${name}/M1`);
      const rebased = git("rebase", "-q", "--onto", "base/M2", "base/M1") === 0;
      const tree = outcome.status === "conflict" ? undefined : project.git("rev-parse", `${outcome.commit ?? "base/M2"}^{tree}`).trim();
      const theirs = rebased ? execFileSync("git", ["rev-parse", "HEAD^{tree}"], { cwd: work, encoding: "utf8" }).trim() : undefined;
      expect([name, tree]).toEqual([name, theirs]);
      if (!rebased) git("rebase", "--abort");
    }
  });

  it("was clean, merged and in conflict among these", () => {
    expect([...seen]).toEqual(expect.arrayContaining(["clean", "auto", "conflict"]));
  });
});
