/** A candidate is what `git merge` of the branches gives, the same commit each time; a clash names both features and owners. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";

import { candidateAlone } from "../../../src/patches/candidate/candidate-alone.js";
import { type FileTexts, type StackRepository, stackRepository } from "../stack/stack-repository.js";

const LINES = Array.from({ length: 20 }, (_, at) => `line ${at}`);

function text(change: Record<number, string> = {}): string {
  return LINES.map((line, at) => `${change[at] ?? line}\n`).join("");
}

interface Branch {
  readonly files: FileTexts;
  readonly on?: string;
  readonly owner?: string;
}

function withFeatures(features: Readonly<Record<string, Branch>>): StackRepository {
  const made = stackRepository({ old: { "a.c": text(), "b.c": text() }, new: { "a.c": text() }, stack: [] });
  const { git, commit } = made;
  git("branch", "base/M2", "old");
  for (const [name, { files, on, owner = `${name}-team` }] of Object.entries(features)) {
    const parent = git("rev-parse", on === undefined ? "old" : `${on}/M2`).trim();
    git("update-ref", `refs/heads/${name}/M2`, commit(files, parent, `${name}\n\nFeature: ${name}\nOwner: ${owner}`));
  }
  return made;
}

const THREE = {
  zoom: { files: { "a.c": text({ 2: "zoom" }), "b.c": text() } },
  echo: { files: { "a.c": text({ 12: "echo" }), "b.c": text({ 3: "echo" }) } },
  adapt: { files: { "a.c": text({ 2: "zoom", 3: "adapts" }), "b.c": text(), "new/c.c": "new\n" }, on: "zoom" },
};

describe("a candidate", () => {
  it("merges what others build on first, then by name, and has the tree of git merge", async () => {
    const { path, git } = withFeatures(THREE);
    const candidate = await candidateAlone({ repo: path, release: "M2", dryRun: false });
    expect(candidate.features.map(({ name, dependsOn }) => [name, dependsOn])).toEqual([
      ["zoom", []],
      ["adapt", ["zoom"]],
      ["echo", []],
    ]);
    execFileSync("git", ["checkout", "-q", "--detach", "base/M2"], { cwd: path });
    for (const name of ["zoom", "adapt", "echo"]) git("merge", "-q", "--no-ff", "--no-edit", `${name}/M2`);
    expect(git("rev-parse", "rM2^{tree}")).toBe(git("rev-parse", "HEAD^{tree}"));
    expect(git("log", "--format=%s", "--first-parent", "base/M2..rM2").trim().split("\n")).toEqual([
      "Merge echo into rM2",
      "Merge adapt into rM2",
      "Merge zoom into rM2",
    ]);
  });

  it("is the same commit in another repository with the same inputs, and when it is made again", async () => {
    const commits = await Promise.all(
      [withFeatures(THREE), withFeatures(THREE)].map(async ({ path }) => {
        await candidateAlone({ repo: path, release: "M2", dryRun: false });
        return (await candidateAlone({ repo: path, release: "M2", dryRun: false })).commit;
      }),
    );
    expect(commits[0]).toBe(commits[1]);
  });

  it("of features that clash names both with their owners and the file, and leaves the branch alone", async () => {
    const { path, git } = withFeatures({
      first: { files: { "a.c": text({ 5: "first" }), "b.c": text() }, owner: "audio team" },
      harmless: { files: { "a.c": text({ 15: "harmless" }), "b.c": text() } },
      second: { files: { "a.c": text({ 5: "second" }), "b.c": text() }, owner: "video team" },
    });
    const candidate = await candidateAlone({ repo: path, release: "M2", dryRun: false });
    expect(candidate.clashes).toEqual([
      { feature: { name: "second", owner: "video team" }, others: [{ name: "first", owner: "audio team" }], files: ["a.c"] },
    ]);
    expect([candidate.ref, git("branch", "--list", "rM2")]).toEqual([null, ""]);
  });

  it("takes the place of an earlier one, also of one that only its commit tells, as those of a project do", async () => {
    const { path, git, commit } = withFeatures(THREE);
    const made = async () => (await candidateAlone({ repo: path, release: "M2", dryRun: false })).commit;
    const first = await made();
    git("update-ref", "refs/heads/echo/M2", commit({ "a.c": text({ 12: "next" }), "b.c": text() }, git("rev-parse", "echo/M2").trim()));
    const second = await made();
    git("update-ref", "-d", "refs/notes/unfork");
    git("update-ref", "refs/heads/rM2", first);
    expect([await made(), git("rev-parse", "rM2").trim(), first === second]).toEqual([second, second, false]);
  });

  it.each([
    ["that somebody made", (git: StackRepository["git"]) => git("branch", "rM2", "new")],
    ["that stands on the base", (git: StackRepository["git"]) => git("branch", "rM2", "base/M2")],
  ])("leaves a branch of its name alone %s, and says what to do", async (_what, make) => {
    const { path, git } = withFeatures(THREE);
    make(git);
    const before = git("for-each-ref");
    await expect(candidateAlone({ repo: path, release: "M2", dryRun: false })).rejects.toThrow("is no candidate that was made here");
    expect(git("for-each-ref")).toBe(before);
  });

  it("leaves an earlier one alone that somebody worked on, or has checked out", async () => {
    const { path, git, commit } = withFeatures(THREE);
    const made = async () => await candidateAlone({ repo: path, release: "M2", dryRun: false });
    const first = (await made()).commit;
    git("update-ref", "-d", "refs/heads/zoom/M2");
    git("update-ref", "-d", "refs/heads/adapt/M2");
    git("worktree", "add", "-q", "../beside", "rM2");
    const before = git("for-each-ref");
    await expect(made()).rejects.toThrow(/rM2 is checked out in .*beside/);
    expect(git("for-each-ref")).toBe(before);
    git("worktree", "remove", "../beside");
    git("update-ref", "refs/heads/rM2", commit({ "a.c": "by hand\n" }, first));
    await expect(made()).rejects.toThrow("is no candidate that was made here");
    git("update-ref", "refs/heads/rM2", first);
    expect((await made()).commit).toBe(git("rev-parse", "rM2").trim());
  });

  it("of a release without a base names those that have one", async () => {
    const { path } = withFeatures(THREE);
    await expect(candidateAlone({ repo: path, release: "M3", dryRun: false })).rejects.toThrow("there is no branch base/M3");
  });

  it("refuses a feature that stands on another base", async () => {
    const { path, git } = withFeatures(THREE);
    git("update-ref", "refs/heads/base/M2", git("rev-parse", "new").trim());
    await expect(candidateAlone({ repo: path, release: "M2", dryRun: false })).rejects.toThrow("does not stand on the base");
  });
});
